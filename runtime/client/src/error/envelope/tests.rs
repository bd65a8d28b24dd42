//! What becomes of envelopes that are not quite what the document says. Needs no server.

use std::time::Duration;

use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, HeaderValue, RETRY_AFTER},
};

use fonedynamics_contract::Envelope as _;

use super::exact;
use crate::testing::sample::Refusal;
use crate::{Category, Error};

fn error(status: u16, body: impl Into<Vec<u8>>) -> Error<Refusal> {
    Error::from_parts(
        StatusCode::from_u16(status).unwrap(),
        HeaderMap::new(),
        body.into(),
    )
}

/// Code, message and parameters, as far as a body has them.
#[track_caller]
fn known(body: impl Into<Vec<u8>>) -> (Option<String>, Option<String>, Vec<String>) {
    let body = body.into();
    let error = error(418, body.clone());
    assert_eq!(
        (error.status().unwrap().as_u16(), error.body().unwrap().as_ref()),
        (418, &body[..])
    );
    (
        error.code().map(ToString::to_string),
        error.message().map(str::to_owned),
        error.fields().into_iter().map(str::to_owned).collect(),
    )
}

fn all(code: &str, message: &str, fields: &[&str]) -> (Option<String>, Option<String>, Vec<String>) {
    let fields = fields.iter().map(|name| (*name).to_owned()).collect();
    (Some(code.to_owned()), Some(message.to_owned()), fields)
}

const NOTHING: (Option<String>, Option<String>, Vec<String>) = (None, None, Vec::new());

#[test]
fn members_in_another_case_are_the_members() {
    for body in [
        r#"{"status":{"errorCode":"COLD","message":"Heat it.","errors":[{"fieldName":"Lid"}]}}"#,
        r#"{"STATUS":{"errorcode":"COLD","MESSAGE":"Heat it.","errors":[{"fieldname":"Lid"}]}}"#,
        r#"{"Status":{"ErrorCode":"COLD","message":"Heat it.","Errors":[{"fieldName":"Lid"}]}}"#,
    ] {
        assert_eq!(known(body), all("COLD", "Heat it.", &["Lid"]), "{body}");
    }
}

#[test]
fn envelope_as_documented_is_read_without_repair() {
    for body in [
        r#"{"Status":{"ErrorCode":"COLD","Message":"Heat it."}}"#,
        r#"{"Other":[{}],"Status":{"Message":"Heat it.","ErrorCode":"COLD","Errors":null}} "#,
        r#"{"Status":{"ErrorCode":"COLD","Message":"Heat it.","Errors":[{"FieldName":"Lid"},{}]}}"#,
    ] {
        let read: Refusal = exact::read(body.as_bytes()).unwrap();
        assert_eq!(read.message(), Some("Heat it."), "{body}");
    }
    for body in [
        r#"{"status":{"ErrorCode":"COLD"}}"#,
        r#"{"Status":{"errorcode":"COLD"}}"#,
        r#"{"Status":{"ErrorCode":"COLD","Errors":[{"fieldName":"Lid"}]}}"#,
        r#"{"Status":["COLD","Heat it."]}"#,
        r#"[{"ErrorCode":"COLD"}]"#,
        r#"{"Status":{"ErrorCode":"COLD","ErrorCode":"WARM"}}"#,
        r#"{"Status":{"ErrorCode":"COLD","Errors":[["Lid"]]}}"#,
        r#"{"Status":{"ErrorCode":"COLD"}}{}"#,
    ] {
        assert!(exact::read::<Refusal>(body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn exact_spelling_wins_over_another_case() {
    let body = r#"{"Status":{"errorcode":"WARM","ErrorCode":"COLD","Message":"Heat it.","MESSAGE":7}}"#;
    assert_eq!(known(body), all("COLD", "Heat it.", &[]));
    let body = r#"{"Status":{"ErrorCode":null,"errorCode":"COLD","Message":"Heat it."}}"#;
    assert_eq!(known(body), all("COLD", "Heat it.", &[]));
}

#[test]
fn number_for_a_code_or_a_message_is_its_digits() {
    let body = r#"{"Status":{"ErrorCode":17,"Message":42}}"#;
    assert_eq!(known(body), all("17", "42", &[]));
}

#[test]
fn member_of_the_wrong_type_takes_nothing_else_with_it() {
    for (body, expected) in [
        (
            r#"{"Status":{"ErrorCode":"COLD","Message":["a"]}}"#,
            (Some("COLD".to_owned()), None, vec![]),
        ),
        (
            r#"{"Status":{"ErrorCode":{},"Message":"m"}}"#,
            (None, Some("m".to_owned()), vec![]),
        ),
        (
            r#"{"Status":{"ErrorCode":true,"Message":"m"}}"#,
            (None, Some("m".to_owned()), vec![]),
        ),
        (
            r#"{"Status":{"ErrorCode":"COLD","Message":"m","Errors":"Lid"}}"#,
            all("COLD", "m", &[]),
        ),
        (
            r#"{"Status":{"ErrorCode":"COLD","Message":"m","Errors":{"FieldName":"Lid"}}}"#,
            all("COLD", "m", &["Lid"]),
        ),
        (
            r#"{"Status":{"ErrorCode":"COLD","Message":"m","Errors":[null,7,"x",{"FieldName":8},{"FieldName":"Lid"}]}}"#,
            all("COLD", "m", &["8", "Lid"]),
        ),
    ] {
        assert_eq!(known(body), expected, "{body}");
    }
}

#[test]
fn what_surrounds_an_envelope_does_not_hide_it() {
    let body = r#"{"Status":{"ErrorCode":"COLD","Message":"m"}}"#;
    assert_eq!(known(format!("\u{feff}{body}")), all("COLD", "m", &[]));
    assert_eq!(known(format!("  {body}\n\0")), all("COLD", "m", &[]));
    assert_eq!(known(format!("{body}<!-- proxy -->")), all("COLD", "m", &[]));
    let latin = b"{\"Status\":{\"ErrorCode\":\"COLD\",\"Message\":\"Caf\xe9\"}}";
    assert_eq!(known(latin.as_slice()), all("COLD", "Caf\u{fffd}", &[]));
    let surrogate = r#"{"Status":{"ErrorCode":"COLD","Message":"\ud83d"}}"#;
    assert_eq!(known(surrogate), all("COLD", "\u{fffd}", &[]));
    let twice = r#"{"Status":{"ErrorCode":"WARM","ErrorCode":"COLD","Message":"m"}}"#;
    assert_eq!(known(twice), all("COLD", "m", &[]));
}

#[test]
fn no_code_is_made_up() {
    for body in [
        "",
        "null",
        "{}",
        "[]",
        "\"COLD\"",
        r#"{"Status":null}"#,
        r#"{"Status":"COLD"}"#,
        r#"{"Status":{}}"#,
        r#"{"Status":{"ErrorCode":null}}"#,
        r#"{"ErrorCode":"COLD"}"#,
        r#"{"Status":{"ErrorCode":"COLD","#,
        r#"[["COLD"]]"#,
        r#"[{"ErrorCode":"COLD"}]"#,
        r#"{"Status":["COLD","m"]}"#,
        "<html>COLD</html>",
        "\u{0}\u{0}",
    ] {
        assert_eq!(known(body), NOTHING, "{body}");
    }
}

#[test]
fn envelope_is_one_at_every_status_but_needs_a_code_to_undo_a_success() {
    let (code, none) = (r#"{"Status":{"ErrorCode":"COLD"}}"#, r#"{"Status":{}}"#);
    for status in [100, 199, 200, 204, 302, 400, 404, 429, 502, 599, 700, 999] {
        assert!(matches!(error(status, code), Error::ErrorResponse(_)), "{status}");
        let success = (200..300).contains(&status);
        assert_eq!(
            matches!(error(status, none), Error::UnexpectedResponse(_)),
            success,
            "{status}"
        );
    }
}

#[test]
fn body_that_is_too_long_to_be_read_twice_keeps_everything_but_its_code() {
    let long = format!(
        r#"{{"status":{{"errorCode":"COLD","message":"{}"}}}}"#,
        "x".repeat(300_000)
    );
    assert_eq!(known(long), NOTHING);
    let long = format!(
        r#"{{"Status":{{"ErrorCode":"COLD","Message":"{}"}}}}"#,
        "x".repeat(300_000)
    );
    assert_eq!(known(long).0.as_deref(), Some("COLD"));
}

#[test]
fn arrays_are_no_envelopes_however_long_they_are() {
    for array in [
        r#"[["COLD","Put on more.",[]]]"#,
        r#"{"Status":["COLD","Put on more.",[]]}"#,
        r#"{"Status":{"ErrorCode":"COLD","Message":"m","Errors":[["Lid"]]}}"#,
    ] {
        let long = format!("{array}{}", " ".repeat(300_000));
        assert_eq!(known(long), NOTHING, "{array}");
    }
}

#[test]
fn field_is_found_in_any_case() {
    let body = r#"{"Status":{"ErrorCode":"COLD","Errors":[{"FieldName":"To,Numbers"},{"FieldName":"Messages[2].Lid"}]}}"#;
    let error = error(400, body);
    assert_eq!(error.field("numbers"), Some("Numbers"));
    assert_eq!(error.field("messages[2].lid"), Some("Messages[2].Lid"));
    assert_eq!(error.field("Lid"), None);
    assert_eq!(error.field(""), None);
}

#[test]
fn category_follows_the_status_unless_the_document_gives_the_code_another() {
    let expected = [
        (401, Category::Authentication),
        (403, Category::Forbidden),
        (400, Category::Request),
        (404, Category::Request),
        (429, Category::RateLimited),
        (499, Category::Request),
        (500, Category::Server),
        (503, Category::Server),
        (599, Category::Server),
        (200, Category::Unconfirmed),
        (201, Category::Unconfirmed),
        (302, Category::Server),
        (999, Category::Server),
    ];
    for (status, category) in expected {
        assert_eq!(error(status, "").category(), category, "{status}");
    }
    assert_eq!(
        Error::<Refusal>::InvalidRequest(String::new()).category(),
        Category::Request
    );
    for status in [200, 400, 403, 500] {
        let known = error(status, r#"{"Status":{"ErrorCode":"LOCKED"}}"#);
        assert_eq!(known.category(), Category::Forbidden, "{status}");
    }
}

#[test]
fn retryable_is_what_may_pass_and_cannot_harm() {
    let mut later = HeaderMap::new();
    later.insert(RETRY_AFTER, HeaderValue::from_static("2"));
    let retryable = |status: u16, headers: &HeaderMap, method: &Method| {
        let status = StatusCode::from_u16(status).unwrap();
        Error::<Refusal>::from_parts(status, headers.clone(), "")
            .with_method(method)
            .is_retryable()
    };
    let now = HeaderMap::new();
    let unreadable = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("soon"))]);
    for status in [
        200, 302, 400, 401, 403, 404, 408, 425, 429, 500, 501, 502, 503, 504, 599,
    ] {
        let passing = matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504);
        for method in [
            Method::GET,
            Method::HEAD,
            Method::PUT,
            Method::DELETE,
            Method::OPTIONS,
        ] {
            for headers in [&now, &later, &unreadable] {
                assert_eq!(
                    retryable(status, headers, &method),
                    passing,
                    "{status} {method} {headers:?}"
                );
            }
        }
        for method in [Method::POST, Method::PATCH, Method::from_bytes(b"MOVE").unwrap()] {
            for headers in [&now, &unreadable] {
                assert!(
                    !retryable(status, headers, &method),
                    "{status} {method} {headers:?}"
                );
            }
            assert_eq!(
                retryable(status, &later, &method),
                matches!(status, 429 | 503),
                "{status} {method}"
            );
        }
    }
    assert!(!error(503, "").is_retryable(), "the method is not known");
    assert!(!Error::<Refusal>::InvalidRequest(String::new()).is_retryable());
}

#[test]
fn wait_and_attempts_are_those_of_the_response() {
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("90"));
    let error = Error::<Refusal>::from_parts(StatusCode::SERVICE_UNAVAILABLE, headers, "");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
    assert_eq!(error.attempts(), 1);
    assert_eq!(Error::<Refusal>::InvalidRequest(String::new()).attempts(), 0);
}
