//! Every body that is known to break clients, at every status that matters, through the real client.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use fonedynamics_client::Error;
use fonedynamics_client::types::{ErrorCode, NewProject};

use crate::support::scripted::{Scripted, whole};
use crate::support::snapshot;

const JSON: &str = "application/json";
const STATUSES: [u16; 8] = [200, 400, 401, 403, 404, 429, 500, 502];

/// What a body is called, its media type and its bytes.
type Body = (&'static str, &'static str, Vec<u8>);

/// The envelope with these members.
fn status(members: &str) -> Vec<u8> {
    format!(r#"{{"ResponseStatus":{{{members}}}}}"#).into_bytes()
}

fn bodies() -> Vec<Body> {
    const CODE: &str = r#""ErrorCode":"PARAMETER_INVALID","Message":"Bad.""#;
    let with = |members: &str| status(&format!("{CODE},{members}"));
    let plain = |text: &str| text.as_bytes().to_vec();
    let utf_16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    vec![
        ("ours", JSON, with(r#""Errors":[{"FieldName":"To"}]"#)),
        (
            "the documented success",
            JSON,
            plain(r#"{"Property":{"PropertySid":"PR1"}}"#),
        ),
        ("Errors absent", JSON, status(CODE)),
        ("Errors null", JSON, with(r#""Errors":null"#)),
        ("Errors empty", JSON, with(r#""Errors":[]"#)),
        ("FieldName null", JSON, with(r#""Errors":[{"FieldName":null}]"#)),
        ("entry without members", JSON, with(r#""Errors":[{}]"#)),
        (
            "several entries",
            JSON,
            with(r#""Errors":[{"FieldName":"Messages[2].To"},{"FieldName":"From"}]"#),
        ),
        (
            "names joined",
            JSON,
            with(r#""Errors":[{"FieldName":"To, Numbers|From;Text"}]"#),
        ),
        (
            "entry with more members",
            JSON,
            with(r#""Errors":[{"FieldName":"To","Message":"No.","Meta":{}}]"#),
        ),
        (
            "camel case",
            JSON,
            plain(
                r#"{"responseStatus":{"errorCode":"PARAMETER_INVALID","message":"Bad.","errors":[{"fieldName":"To"}]}}"#,
            ),
        ),
        (
            "lower case",
            JSON,
            plain(
                r#"{"responsestatus":{"errorcode":"PARAMETER_INVALID","message":"Bad.","errors":[{"fieldname":"To"}]}}"#,
            ),
        ),
        (
            "upper case",
            JSON,
            plain(
                r#"{"RESPONSESTATUS":{"ERRORCODE":"PARAMETER_INVALID","MESSAGE":"Bad.","ERRORS":[{"FIELDNAME":"To"}]}}"#,
            ),
        ),
        (
            "inner members in camel case",
            JSON,
            status(r#""errorCode":"PARAMETER_INVALID","message":"Bad.","errors":[{"fieldName":"To"}]"#),
        ),
        (
            "ErrorCode null",
            JSON,
            status(r#""ErrorCode":null,"Message":"Bad.""#),
        ),
        ("ErrorCode absent", JSON, status(r#""Message":"Bad.""#)),
        (
            "ErrorCode empty",
            JSON,
            status(r#""ErrorCode":"","Message":"Bad.""#),
        ),
        (
            "ErrorCode a number",
            JSON,
            status(r#""ErrorCode":17,"Message":"Bad.""#),
        ),
        (
            "ErrorCode an object",
            JSON,
            status(r#""ErrorCode":{"Code":1},"Message":"Bad.""#),
        ),
        (
            "ErrorCode not known yet",
            JSON,
            status(r#""ErrorCode":"CODE_OF_TOMORROW","Message":"Bad.""#),
        ),
        (
            "Message absent",
            JSON,
            status(r#""ErrorCode":"PARAMETER_INVALID""#),
        ),
        (
            "Message null",
            JSON,
            status(r#""ErrorCode":"PARAMETER_INVALID","Message":null"#),
        ),
        (
            "Message a number",
            JSON,
            status(r#""ErrorCode":"PARAMETER_INVALID","Message":5"#),
        ),
        ("Errors a text", JSON, with(r#""Errors":"To""#)),
        ("Errors one object", JSON, with(r#""Errors":{"FieldName":"To"}"#)),
        (
            "Errors of texts",
            JSON,
            with(r#""Errors":["To",{"FieldName":"From"}]"#),
        ),
        ("FieldName a number", JSON, with(r#""Errors":[{"FieldName":3}]"#)),
        (
            "more members",
            JSON,
            with(r#""StackTrace":"at x","Meta":{"a":1}"#),
        ),
        (
            "a member twice",
            JSON,
            status(r#""ErrorCode":"FORBIDDEN","ErrorCode":"PARAMETER_INVALID","Message":"Bad.""#),
        ),
        ("ResponseStatus empty", JSON, status("")),
        ("ResponseStatus null", JSON, plain(r#"{"ResponseStatus":null}"#)),
        (
            "ResponseStatus a text",
            JSON,
            plain(r#"{"ResponseStatus":"PARAMETER_INVALID"}"#),
        ),
        ("an empty object", JSON, plain("{}")),
        (
            "no ResponseStatus around it",
            JSON,
            format!("{{{CODE}}}").into_bytes(),
        ),
        ("null", JSON, plain("null")),
        ("a list", JSON, plain("[]")),
        ("a text in quotes", JSON, plain("\"PARAMETER_INVALID\"")),
        ("an empty body", JSON, Vec::new()),
        ("white space", JSON, plain(" \r\n ")),
        ("as problem+json", "application/problem+json", status(CODE)),
        ("as text/plain", "text/plain; charset=utf-8", status(CODE)),
        (
            "with a byte order mark",
            JSON,
            [b"\xef\xbb\xbf".to_vec(), status(CODE)].concat(),
        ),
        (
            "with something behind it",
            JSON,
            [status(CODE), b"\n<!-- cached -->".to_vec()].concat(),
        ),
        ("cut off", JSON, status(CODE)[..40].to_vec()),
        (
            "not UTF-8",
            JSON,
            status("\"ErrorCode\":\"PARAMETER_INVALID\",\"Message\":\"Caf\u{0}\"")
                .iter()
                .map(|byte| if *byte == 0 { 0xe9 } else { *byte })
                .collect(),
        ),
        (
            "UTF-16",
            JSON,
            utf_16(r#"{"ResponseStatus":{"ErrorCode":"PARAMETER_INVALID"}}"#),
        ),
        ("plain text", "text/plain", plain("Service unavailable")),
        (
            "a web page",
            "text/html",
            plain("<html><body>Bad gateway</body></html>"),
        ),
        (
            "XML",
            "application/xml",
            plain("<ErrorCode>PARAMETER_INVALID</ErrorCode>"),
        ),
        (
            "random bytes",
            "application/octet-stream",
            vec![0, 159, 146, 150, 255, 0],
        ),
        ("deep nesting", JSON, "[".repeat(5000).into_bytes()),
    ]
}

/// What became of one response: `value`, `envelope` or `bytes`, and what is known of the error.
fn outcome(result: Result<(), Error>) -> (&'static str, String) {
    match result {
        Ok(()) => ("value", String::new()),
        Err(error) => {
            let kind = match &error {
                Error::ErrorResponse(_) => "envelope",
                Error::UnexpectedResponse(_) => "bytes",
                other => panic!("{other:?}"),
            };
            let code = error.code().map_or("-", ErrorCode::as_str);
            let message = error.message().unwrap_or("-");
            let fields = error.fields().join(" ");
            (
                kind,
                format!("{code:<18} {message:<6} {fields}").trim_end().to_owned(),
            )
        }
    }
}

#[tokio::test]
async fn every_body_at_every_status_gives_what_can_be_known() {
    let response: Arc<Mutex<Vec<u8>>> = Arc::default();
    let current = Arc::clone(&response);
    let server = Scripted::by(move |_, _| current.lock().unwrap().clone()).await;
    let client = server.client();
    let project = NewProject::new("Shop", "shop.example", "UTC");
    let mut table = format!(
        "{:<29} {:<9} {:<9} {:<9} {:<18} {:<6} fields\n",
        "body", "200", "200 open", "failing", "code", "text"
    );
    for (name, media_type, body) in bodies() {
        let mut cells = Vec::new();
        for status in STATUSES {
            let head = format!("{status} X\nContent-Type: {media_type}\nX-Request-Id: r-{status}");
            *response.lock().unwrap() = whole(&head, &body);
            let result = client.create_project(&project).await;
            if let Err(error) = &result {
                assert_eq!(error.status().unwrap().as_u16(), status, "{name}");
                assert_eq!(error.body().unwrap(), &body, "{name}");
                assert_eq!(error.headers().unwrap()["content-type"], media_type, "{name}");
                assert_eq!(error.request_id(), Some(format!("r-{status}").as_str()), "{name}");
                assert_eq!(error.to_string().lines().count(), 1, "{name}");
                assert!(!format!("{error:?}").contains("hunter2"), "{name}");
            }
            cells.push(outcome(result.map(drop)));
        }
        // A type without required members takes any object, and so almost any envelope.
        *response.lock().unwrap() = whole(&format!("200 X\nContent-Type: {media_type}"), &body);
        let open = outcome(client.get_address("AD1").await.map(drop));
        let (of_success, failing) = (&cells[0], &cells[1]);
        for cell in &cells[1..] {
            assert_eq!(cell, failing, "{name} is read in one way at every failing status");
        }
        for success in [of_success, &open] {
            if success.0 == "envelope" {
                assert_eq!(success, failing, "{name}");
            }
        }
        let row = format!(
            "{name:<29} {:<9} {:<9} {:<9} {}",
            of_success.0, open.0, failing.0, failing.1
        );
        writeln!(table, "{}", row.trim_end()).unwrap();
    }
    snapshot("client/bodies", table.trim_end());
}
