//! What nobody may read: secrets are put wherever a request or a response can hold one, and looked for in what values,
//! errors and the log say. The API is the archive.

use std::collections::BTreeMap;
use std::error::Error as _;

use archive_client::types::{AddReaderQuery, Card, NewReader, ReaderChanges};
use archive_client::{Client, Credentials, Error, Options, RetryPolicy};

use crate::support::log::Log;
use crate::support::scripted::{Scripted, whole};

/// Part of every secret.
const SECRET: &str = "hunter2";

fn reader() -> NewReader {
    NewReader::new("Anne", None, None, BTreeMap::<String, String>::new())
        .pin(SECRET)
        .card(Card::new("2026-01-31").number(SECRET))
}

fn query() -> AddReaderQuery {
    AddReaderQuery::default().codes([SECRET, "hunter22"])
}

fn client(base_url: &str) -> Client {
    let options = Options::new(Credentials::basic("AC1", SECRET)).retries(RetryPolicy::off());
    Client::connect(options.base_url(base_url)).unwrap()
}

/// All that an error says, and its causes.
fn said(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(&format!("{cause}\n{cause:?}\n"));
        next = cause.source();
    }
    text
}

#[test]
fn values_show_stars_in_place_of_secrets() {
    let changes = ReaderChanges::new("Jane").pin(SECRET);
    let shown = format!("{:?} {:?} {changes:?}", reader(), query());
    assert_eq!(shown.matches(": ***").count(), 4, "{shown}");
    assert!(
        shown.contains(r#"name: "Anne""#) && !shown.contains(SECRET),
        "{shown}"
    );
}

#[tokio::test]
async fn errors_and_the_log_show_no_secret() {
    let log = Log::keep();
    let cookies = "Set-Cookie: session=hunter2\nset-cookie: also=hunter2\nAuthorization: hunter2\n\
                   Authentication-Info: nextnonce=hunter2\nX-Request-Id: R1";
    let envelope = r#"{"Status":{"Code":"REFUSED","Text":"No."}}"#;
    let with_cookies = |status: &str, body: &str| whole(&format!("{status}\n{cookies}"), body);
    // Too long for the lenient reader, so the parser says what is wrong with it.
    let long = format!(r#"{{"Status":"hunter2","Padding":"{}"}}"#, " ".repeat(300_000));
    let responses = vec![
        with_cookies("403 X", envelope),
        with_cookies("500 X", "\"hunter2\""),
        with_cookies("500 X", &long),
        with_cookies("200 X", "\"hunter2\""),
        with_cookies("200 X", "[\"hunter2\"]"),
        with_cookies("200 X", r#"{"Name":["hunter2"],"Guardian":null,"Labels":{}}"#),
        with_cookies("302 X\nLocation: /readers", ""),
        Vec::new(),
    ];
    let count = responses.len();
    let server = Scripted::responses(responses).await;
    let client_of_server = client(&server.base_url());
    let mut text = String::new();
    for _ in 0..count {
        let outcome = client_of_server.add_reader(&query(), None, &reader()).await;
        let error = outcome.unwrap_err();
        if let Some(headers) = error.headers() {
            assert_eq!(headers["set-cookie"], "session=hunter2");
        }
        text += &said(&error);
    }
    let nowhere = server.base_url();
    drop(server);
    let outcome = client(&nowhere).add_reader(&query(), None, &reader()).await;
    text += &said(&outcome.unwrap_err());

    assert!(text.contains("R1") && text.contains("Sensitive"), "{text}");
    assert!(!text.contains(SECRET), "{text}");
    assert!(!log.text().contains(SECRET), "{}", log.text());
}

#[tokio::test]
async fn successes_show_neither_cookies_nor_what_does_not_fit() {
    let body = r#"{"Name":"Anne","Guardian":null,"Nickname":["hunter2"],"Labels":{}}"#;
    let server = Scripted::responses(vec![whole("200 X\nSet-Cookie: session=hunter2", body)]).await;
    let client = client(&server.base_url());
    let found = client.add_reader(&query(), None, &reader()).await.unwrap();
    let shown = format!("{found:?} {:?}", found.misfits());
    assert!(shown.contains("/Nickname") && !shown.contains(SECRET), "{shown}");
    assert_eq!(found.misfits()[0].raw(), r#"["hunter2"]"#);
}
