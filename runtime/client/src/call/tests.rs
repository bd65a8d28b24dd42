//! What becomes of each kind of response. One row per kind; the bytes are canned.

use std::{error::Error as _, time::Duration};

use reqwest::StatusCode;

use crate::testing::{
    loopback::{Behaviour, responding, serving, whole},
    sample::{Client, Kettle, KettleChange, ListKettlesQuery, Refusal},
};
use crate::{
    Credentials, Defect, Error, MAX_BODY_BYTES, Options, ResponseValue, RetryPolicy, UnexpectedResponse,
};

type Outcome = Result<ResponseValue<Kettle>, Error<Refusal>>;

fn block_on<T>(future: impl Future<Output = T> + Send) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn client(base_url: &str) -> Client {
    let options = Options::new(Credentials::basic("Aladdin", "opensesame"))
        .base_url(base_url)
        .timeout(Duration::from_secs(20))
        .retries(RetryPolicy::off());
    Client::connect(options).unwrap()
}

fn call(client: &Client) -> Outcome {
    let query = ListKettlesQuery {
        count: Some(2),
        names: Some("a,b c+d&e=é".to_owned()),
        litres: Some(0.1),
    };
    let body = KettleChange {
        lid: "glass".to_owned(),
    };
    block_on(client.change_kettle("+61", &query, Some("t-1"), &body))
}

fn outcome(response: impl Into<Vec<u8>>) -> Outcome {
    let server = responding(response);
    let outcome = call(&client(&server.base_url));
    server.request();
    outcome
}

#[track_caller]
fn unexpected(outcome: Outcome) -> UnexpectedResponse {
    match outcome {
        Err(Error::UnexpectedResponse(response)) => *response,
        other => panic!("not an unexpected response: {other:?}"),
    }
}

#[test]
fn request_is_the_documented_one() {
    let server = responding(whole("200 OK", r#"{"Sid":"KE1"}"#));
    let response = call(&client(&server.base_url)).unwrap();
    assert_eq!(response.sid, "KE1");

    let request = server.request();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with(
            "PATCH /v2/Kettles/%2B61?Results_Count=2&Names=a%2Cb+c%2Bd%26e%3D%C3%A9&Litres=0.1 HTTP/1.1\r\n"
        ),
        "{head}"
    );
    assert_eq!(body, r#"{"Lid":"glass"}"#);
    let lines: Vec<_> = head.lines().collect();
    for line in [
        "authorization: Basic QWxhZGRpbjpvcGVuc2VzYW1l",
        "content-type: application/merge-patch+json",
        "accept: application/json",
        "user-agent: kettles/1",
        "x-trace: t-1",
    ] {
        assert_eq!(
            lines
                .iter()
                .filter(|sent| sent.eq_ignore_ascii_case(line))
                .count(),
            1,
            "{line} in {head}"
        );
    }
}

#[test]
fn readable_response_keeps_status_headers_and_bytes() {
    let response = outcome(whole("200 OK\r\nX-Request-Id: r-7", r#"{"Sid":"KE1","Later":1}"#)).unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.request_id(), Some("r-7"));
    assert_eq!(response.content_length(), Some(23));
    assert_eq!(response.body(), r#"{"Sid":"KE1","Later":1}"#);
    assert_eq!(
        response.into_inner(),
        Kettle {
            sid: "KE1".to_owned()
        }
    );
}

#[test]
fn byte_order_mark_is_passed_over_and_kept_in_the_bytes() {
    let response = outcome(whole("200 OK", "\u{feff}{\"Sid\":\"KE1\"}")).unwrap();
    assert_eq!(response.sid, "KE1");
    assert_eq!(response.body(), "\u{feff}{\"Sid\":\"KE1\"}");
}

#[test]
fn envelope_is_read_at_every_failing_status() {
    let body = r#"{"Status":{"ErrorCode":"KETTLE_COLD","Message":"Heat it.","Errors":[{"FieldName":"A, B|C"},{},{"FieldName":"D"}]}}"#;
    for head in [
        "400 Bad Request",
        "404 Not Found",
        "429 Slow",
        "499 ?",
        "500 Oops",
        "503 Later",
        "599 ?",
    ] {
        let error = outcome(whole(&format!("{head}\r\nX-Request-Id: r-8"), body)).unwrap_err();
        assert!(matches!(error, Error::ErrorResponse(_)), "{error:?}");
        assert_eq!(error.status().unwrap().as_str(), &head[..3]);
        assert_eq!(error.code(), Some(&"KETTLE_COLD".into()));
        assert_eq!(error.message(), Some("Heat it."));
        assert_eq!(error.fields(), ["A", "B", "C", "D"]);
        assert_eq!(error.request_id(), Some("r-8"));
        assert_eq!(error.body().unwrap(), body);
        assert!(error.source().is_none());
    }
}

#[test]
fn web_page_of_a_proxy_keeps_its_status() {
    let page = "<html>secret</html>";
    let error = unexpected(outcome(whole(
        "502 Bad Gateway\r\nContent-Type: text/html\r\nRetry-After: 3",
        page,
    )));
    assert_eq!(error.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(error.headers()["retry-after"], "3");
    assert_eq!(error.body(), page);
    assert!(matches!(error.defect(), Defect::Body(_)));
    assert!(error.source().is_some());
    let error = Error::<Refusal>::UnexpectedResponse(Box::new(error));
    assert_eq!(
        error.to_string(),
        "502 Bad Gateway: the body is not what the document describes (19 bytes of text/html)"
    );
    assert_eq!(
        (error.code(), error.message(), error.fields().len()),
        (None, None, 0)
    );
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
}

#[test]
fn empty_body_keeps_its_status() {
    let error = unexpected(outcome(whole(
        "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"k\"",
        "",
    )));
    assert_eq!(error.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(error.headers()["www-authenticate"], "Basic realm=\"k\"");
    assert!(error.body().is_empty());
    assert_eq!(error.to_string(), "401 Unauthorized: the body is empty");
}

#[test]
fn success_that_is_not_the_documented_type_is_an_unexpected_response() {
    for body in [
        "<html>",
        "{}",
        "null",
        r#"["KE1"]"#,
        r#"{"Sid":"KE1"} x"#,
        &"[".repeat(100_000),
    ] {
        let error = unexpected(outcome(whole("200 OK", body)));
        assert_eq!(
            (error.status(), error.body().as_ref()),
            (StatusCode::OK, body.as_bytes())
        );
        assert!(matches!(error.defect(), Defect::Body(_)));
    }
    let error = unexpected(outcome(whole("200 OK", r#"{"Sid":7}"#)));
    assert!(matches!(error.defect(), Defect::Member(pointer) if pointer == "/Sid"));
    assert_eq!(
        error.to_string(),
        "200 OK: the server reports success, but /Sid does not fit its type"
    );
}

#[test]
fn every_successful_status_is_a_success_if_its_body_can_be_read() {
    for head in [
        "200 OK",
        "201 Created",
        "202 Accepted",
        "206 Partial Content",
        "299 ?",
    ] {
        let response = outcome(whole(head, r#"{"Sid":"KE1"}"#)).unwrap();
        assert_eq!((response.status().as_str(), &*response.sid), (&head[..3], "KE1"));
    }
}

#[test]
fn status_that_is_not_listed_keeps_its_response() {
    let body = r#"{"Sid":"KE1"}"#;
    for head in [
        "302 Found\r\nLocation: http://127.0.0.1:9/",
        "304 Not Modified",
        "600 ?",
        "999 ?",
    ] {
        let error = unexpected(outcome(whole(head, body)));
        assert_eq!(error.status().as_str(), &head[..3]);
        assert!(matches!(error.defect(), Defect::Status), "{error:?}");
        assert!(error.source().is_none());
        if error.status() != StatusCode::NOT_MODIFIED {
            assert_eq!(error.body(), body);
        }
    }
}

#[test]
fn body_that_ends_early_keeps_what_arrived() {
    for head in ["200 OK", "500 Internal Server Error", "202 Accepted"] {
        let response =
            format!("HTTP/1.1 {head}\r\nContent-Length: 100\r\nX-Request-Id: r-9\r\n\r\n{{\"Sid\":\"K");
        let error = unexpected(outcome(response));
        assert_eq!(error.status().as_str(), &head[..3]);
        assert_eq!(error.request_id(), Some("r-9"));
        assert_eq!(error.body(), "{\"Sid\":\"K");
        assert!(matches!(error.defect(), Defect::Incomplete(_)));
        assert!(
            error
                .to_string()
                .ends_with("the body ends early, after 9 bytes: the connection was closed"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("Results_Count"), "{error:?}");
        assert!(error.source().is_some());
    }
}

#[test]
fn body_that_stalls_is_told_from_one_that_ends_early() {
    let server = serving(Behaviour::Stall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec(),
    ));
    let options = Options::new(Credentials::basic("a", "b"))
        .base_url(&server.base_url)
        .timeout(Duration::from_millis(200));
    let error = unexpected(call(&Client::connect(options).unwrap()));
    assert_eq!(
        error.to_string(),
        "200 OK: the server reports success, but the body ends early, after 1 bytes: timed out"
    );
    server.request();
}

#[test]
fn body_beyond_the_limit_is_cut_there() {
    let mut announced = b"HTTP/1.1 500 Oops\r\nContent-Length: 9000000\r\n\r\n".to_vec();
    announced.resize(announced.len() + 9_000_000, b' ');
    let mut unannounced = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    unannounced.resize(unannounced.len() + 9_000_000, b' ');
    for response in [announced, unannounced] {
        let error = unexpected(outcome(response));
        assert!(matches!(error.defect(), Defect::TooLong));
        assert_eq!(error.body().len(), MAX_BODY_BYTES);
        assert!(
            error
                .to_string()
                .ends_with("the body is longer than 8388608 bytes")
        );
    }
}

#[test]
fn response_without_content_is_not_read() {
    let server = responding("HTTP/1.1 204 No Content\r\nX-Request-Id: r-1\r\n\r\n");
    let response = block_on(client(&server.base_url).delete_kettle("KE 1")).unwrap();
    assert_eq!(
        (response.status(), response.request_id()),
        (StatusCode::NO_CONTENT, Some("r-1"))
    );
    assert!(response.body().is_empty());
    let request = server.request();
    assert!(
        request.starts_with("DELETE /v2/Kettles/KE%201 HTTP/1.1"),
        "{request}"
    );
}

#[test]
fn query_without_members_leaves_no_trace() {
    let server = responding(whole("200 OK", r#"{"Sid":"KE1"}"#));
    let (query, body) = (ListKettlesQuery::default(), KettleChange { lid: String::new() });
    block_on(client(&server.base_url).change_kettle("KE1", &query, None, &body)).unwrap();
    let request = server.request();
    assert!(
        request.starts_with("PATCH /v2/Kettles/KE1 HTTP/1.1\r\n"),
        "{request}"
    );
}

#[test]
fn number_that_is_not_finite_is_an_invalid_request() {
    let query = ListKettlesQuery {
        litres: Some(f64::NAN),
        ..ListKettlesQuery::default()
    };
    let body = KettleChange { lid: String::new() };
    let failed = block_on(client("http://127.0.0.1:9").change_kettle("KE1", &query, None, &body));
    assert!(matches!(failed, Err(Error::InvalidRequest(_))), "{failed:?}");
}

#[test]
fn header_parameter_that_cannot_be_sent_is_an_invalid_request() {
    let body = KettleChange { lid: String::new() };
    let query = ListKettlesQuery::default();
    let failed = block_on(client("http://127.0.0.1:9").change_kettle("KE1", &query, Some("a\nb"), &body));
    assert!(matches!(failed, Err(Error::InvalidRequest(_))));
}
