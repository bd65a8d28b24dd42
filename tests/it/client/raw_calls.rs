//! Calls that the document does not cover: the same credentials, retries and errors.

use std::collections::BTreeMap;

use fonedynamics_client::reqwest::Method;
use fonedynamics_client::reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use fonedynamics_client::types::ErrorCode;
use fonedynamics_client::{Category, Error, RetryPolicy};
use serde_json::{Value, json};

use crate::support::credentials::AUTHORIZATION;
use crate::support::scripted::{Scripted, whole};

#[tokio::test]
async fn raw_call_is_an_ordinary_request() {
    let server = Scripted::responses(vec![whole("201 Created\nX-Request-Id: r-1", r#"{"Sid":"X1"}"#)]).await;
    let response = server
        .client()
        .request(Method::POST, "/v2/Things?Kind=a%2Fb")
        .query(&BTreeMap::from([("Limit", 3)]))
        .json(&json!({ "Name": "n" }))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), response.request_id()),
        (201, Some("r-1"))
    );
    assert_eq!(response["Sid"], "X1");
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with("POST /v2/Things?Kind=a%2Fb&Limit=3 HTTP/1.1\r\n"),
        "{head}"
    );
    for line in [
        &format!("authorization: {AUTHORIZATION}"),
        "content-type: application/json",
        "accept: application/json",
    ] {
        assert_eq!(
            head.lines().filter(|sent| *sent == line).count(),
            1,
            "{line} in {head}"
        );
    }
    assert_eq!(body, r#"{"Name":"n"}"#);
}

#[tokio::test]
async fn headers_of_a_raw_call_replace_others_but_not_the_credentials() {
    let server = Scripted::responses(vec![whole("204 No Content", "")]).await;
    let headers = HeaderMap::from_iter([
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/json-patch+json"),
        ),
        (
            "authorization".parse().unwrap(),
            HeaderValue::from_static("Bearer x"),
        ),
    ]);
    let client = server.client();
    let call = || client.request(Method::PATCH, "/v2/Things/1").json(&json!({}));
    assert_eq!(*call().send().await.unwrap(), Value::Null);
    call().headers(headers).send().await.unwrap();
    let requests = server.requests();
    assert!(
        requests[0].contains("content-type: application/merge-patch+json"),
        "{requests:?}"
    );
    let request = &requests[1];
    assert!(
        request.contains("content-type: application/json-patch+json"),
        "{request}"
    );
    assert!(
        request.contains(AUTHORIZATION) && !request.contains("Bearer"),
        "{request}"
    );
    assert_eq!(request.matches("content-type:").count(), 1, "{request}");
}

#[tokio::test]
async fn raw_call_fails_like_any_other() {
    let body =
        r#"{"responseStatus":{"errorCode":"FORBIDDEN","message":"No.","errors":[{"fieldName":"To"}]}}"#;
    let server = Scripted::responses(vec![whole("418 X", body)]).await;
    let error = server
        .client()
        .request(Method::GET, "/v2/Things")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::Forbidden));
    assert_eq!(error.field("to"), Some("To"));

    let server = Scripted::responses(vec![whole("200 OK", body)]).await;
    let error = server
        .client()
        .request(Method::GET, "/v2/Things")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::Forbidden));
    assert_eq!(error.status().unwrap(), 200);

    let server = Scripted::responses(vec![whole("200 OK", "<html>")]).await;
    let error = server
        .client()
        .request(Method::GET, "/v2/Things")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::UnexpectedResponse(_)), "{error:?}");
    assert_eq!(error.body().unwrap(), "<html>");
}

#[tokio::test]
async fn raw_call_can_give_the_bytes() {
    let recording = [0_u8, 255, 1, 254];
    let server = Scripted::responses(vec![whole("200 OK\nContent-Type: audio/wav", recording)]).await;
    let response = server
        .client()
        .request(Method::GET, "/v2/Recording")
        .send_for_bytes()
        .await
        .unwrap();
    assert_eq!(response.headers()["content-type"], "audio/wav");
    assert_eq!(response.as_ref(), &recording[..]);
}

#[tokio::test]
async fn bytes_of_a_raw_call_are_whole_or_an_error() {
    let server =
        Scripted::responses(vec![b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nRIFF".to_vec()]).await;
    let client = server.client();
    let error = client.request(Method::GET, "/v2/Recording").send_for_bytes();
    let error = error.await.unwrap_err();
    assert_eq!(error.category(), Category::Unconfirmed);
    assert_eq!(error.body().unwrap(), "RIFF");
}

#[tokio::test]
async fn raw_call_is_retried_where_others_are() {
    let server = Scripted::responses(vec![whole("503 X", ""), whole("200 OK", "7")]).await;
    let client = server.client_with(|options| options.retries(RetryPolicy::default()));
    let response = client.request(Method::GET, "/v2/Things").send().await.unwrap();
    assert_eq!((response.attempts(), response.as_ref()), (2, &json!(7)));
}

#[tokio::test]
async fn raw_call_cannot_lead_elsewhere() {
    let server = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let client = server.client();
    for path in [
        "@other.example/",
        ".other.example/",
        "https://other.example/",
        "v2",
        "",
        "/v2#x",
        "/v2/A\r\nB",
        "/v2/A/../B",
        "/v2/A/%2e%2e",
        "\\v2\\A",
        "/v2 ",
    ] {
        let error = client.request(Method::GET, path).send().await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{path}: {error:?}");
    }
    assert_eq!(server.requests().len(), 0);
    client
        .request(Method::GET, "//other.example/x")
        .send()
        .await
        .unwrap();
    assert_eq!(server.lines(), ["GET //other.example/x HTTP/1.1"]);
}

#[tokio::test]
async fn query_of_a_raw_call_is_a_flat_struct_or_pairs() {
    #[derive(serde::Serialize)]
    struct Filter<T> {
        filter: T,
    }
    let server = Scripted::by(|_, _| whole("200 OK", "{}")).await;
    let client = server.client();
    let call = || client.request(Method::GET, "/v2/Things");

    call()
        .query(&Filter {
            filter: Some("a b&c"),
        })
        .send()
        .await
        .unwrap();
    call().query(&Filter { filter: None::<u8> }).send().await.unwrap();
    call().query(&[("id", 1), ("id", 2)]).send().await.unwrap();
    call().query(&Filter { filter: f64::NAN }).send().await.unwrap();
    let sent = server.requests();
    let lines: Vec<_> = sent
        .iter()
        .map(|request| request.lines().next().unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /v2/Things?filter=a+b%26c HTTP/1.1",
            "GET /v2/Things HTTP/1.1",
            "GET /v2/Things?id=1&id=2 HTTP/1.1",
            "GET /v2/Things?filter=NaN HTTP/1.1",
        ]
    );

    let nested = Filter {
        filter: Filter { filter: 1 },
    };
    let error = call().query(&nested).send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    let error = call().query(&Filter { filter: [1, 2] }).send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert_eq!(server.requests().len(), 4, "nothing more was sent");
}
