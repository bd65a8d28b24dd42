//! Responses that no server of ours gives: unknown codes, and those of whatever is between client and server.

use std::fmt::Write as _;

use fonedynamics_client::Error;
use fonedynamics_client::types::ErrorCode;

use crate::support::scripted::{Scripted, whole};
use crate::support::snapshot;

const ENVELOPE: &str = r#"{"ResponseStatus":{"ErrorCode":"CODE_OF_TOMORROW","Message":"Not yet.","Errors":[{"FieldName":"A;B"},{"FieldName":null}],"Hint":7}}"#;
const PAGE: &str = "<html><body>Come back later.</body></html>";

#[tokio::test]
async fn status_headers_and_body_survive_whatever_responds() {
    let mut table = String::new();
    for status in [
        "400 Bad Request",
        "404 Not Found",
        "429 Too Many Requests",
        "502 Bad Gateway",
        "301 Moved",
    ] {
        for (media_type, body) in [
            ("application/json", ENVELOPE),
            ("text/html", PAGE),
            ("text/plain", ""),
        ] {
            let head = format!("{status}\nContent-Type: {media_type}\nRetry-After: 120\nX-Request-Id: r-1");
            let served = Scripted::responses(vec![whole(&head, body)]).await;
            let error = served.client().get_address("AD1").await.unwrap_err();

            assert_eq!(error.status().unwrap().as_str(), &status[..3]);
            assert_eq!(error.headers().unwrap()["retry-after"], "120");
            assert_eq!(error.headers().unwrap()["content-type"], media_type);
            assert_eq!(error.request_id(), Some("r-1"));
            assert_eq!(error.body().unwrap(), body);
            let code = error.code().map(ErrorCode::as_str);
            let (message, fields) = (error.message(), error.fields());
            writeln!(table, "{error}\n    {code:?} {message:?} {fields:?}").unwrap();
            assert_eq!(served.requests().len(), 1, "nothing is retried or followed");
        }
    }
    snapshot("client/responses", table.trim_end());
}

#[tokio::test]
async fn unknown_code_keeps_its_text() {
    let served = Scripted::responses(vec![whole("403 Forbidden", ENVELOPE)]).await;
    let error = served.client().get_address("AD1").await.unwrap_err();
    let code = error.code().unwrap();
    assert!(!code.is_known());
    assert_eq!((code.as_str(), code.status()), ("CODE_OF_TOMORROW", None));
    assert!(*code == "CODE_OF_TOMORROW");
    assert_eq!(error.fields(), ["A", "B"]);
}

#[tokio::test]
async fn unknown_members_and_values_of_a_response_are_kept() {
    let body = r#"{"Number":"+61255501234","Status":"Parked","Colour":"red"}"#;
    let served = Scripted::responses(vec![whole("200 OK", body)]).await;
    let number = served.client().get_number("+61255501234").await.unwrap();
    assert_eq!(number.status.as_ref().unwrap().as_str(), "Parked");
    assert_eq!(number.extra["Colour"], "red");
    assert_eq!(serde_json::to_string(&*number).unwrap(), body);
}

#[tokio::test]
async fn successful_response_that_is_no_json_is_an_error_with_everything_that_arrived() {
    let served = Scripted::responses(vec![whole("200 OK\nContent-Type: text/html", PAGE)]).await;
    let error = served.client().get_address("AD1").await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedResponse(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.code(), None);
    assert_eq!(error.body().unwrap(), PAGE);
}

#[tokio::test]
async fn no_response_is_an_error_without_a_status() {
    let served = Scripted::responses(vec![Vec::new()]).await;
    let error = served.client().get_address("AD1").await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!((error.status(), error.code(), error.body()), (None, None, None));
}

#[tokio::test]
async fn response_may_be_compressed_or_pretend_to_be() {
    const COMPRESSED: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x72\x4c\x49\x29\x4a\x2d\x2e\x0e\xce\x4c\x51\xb2\x52\x72\x74\x31\x54\xaa\x05\x00\xf7\x90\x16\x07\x14\x00\x00\x00";
    let response = |body: &[u8]| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let torn = &COMPRESSED[..20];
    let server = Scripted::responses(vec![
        response(COMPRESSED),
        response(br#"{"AddressSid":"AD1"}"#),
        response(torn),
    ])
    .await;
    let client = server.client();
    for _ in 0..2 {
        let address = client.get_address("AD1").await.unwrap();
        assert_eq!(address.address_sid.as_deref(), Some("AD1"));
        assert_eq!(address.body(), r#"{"AddressSid":"AD1"}"#);
    }
    let error = client.get_address("AD1").await.unwrap_err();
    assert_eq!(error.body().unwrap(), torn);
    assert!(server.requests()[0].contains("accept-encoding: gzip"));
}
