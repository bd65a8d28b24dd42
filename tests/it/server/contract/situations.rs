//! The situations in which a server's framework, and not its handler, has to respond: all of them over a
//! socket, as a table.
//!
//! The API is the archive, which documents a constraint of each kind and a code of its own for each violation.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use super::archive::{self, Archive};
use super::oracle::Oracle;
use crate::support::credentials::AUTHORIZED;
use crate::support::probe::Probe;
use crate::support::raw::{JSON, Request};
use crate::support::{read, snapshot};

const ORIGIN: &str = "X-Origin: shop";
const ADD: &str = "POST /shelves/7/books";

/// The members of a book that is right.
const BOOK: &str =
    r#""Title":"Emma","Genre":"Novel","Authors":[{"Name":"Jane","Email":"jane@archive.example"}]"#;

/// A situation: what it is called, the request's method and target, and what else differs from a request
/// that is right.
struct Situation {
    name: &'static str,
    line: String,
    headers: Vec<&'static str>,
    body: Vec<u8>,
}

fn adding(name: &'static str, body: impl Into<Vec<u8>>) -> Situation {
    Situation {
        name,
        line: ADD.to_owned(),
        headers: vec![AUTHORIZED, JSON, ORIGIN],
        body: body.into(),
    }
}

/// A book with one more member.
fn with(name: &'static str, member: &str) -> Situation {
    adding(name, format!("{{{BOOK},{member}}}"))
}

fn asking(name: &'static str, line: &str) -> Situation {
    Situation {
        name,
        line: line.to_owned(),
        headers: vec![AUTHORIZED],
        body: Vec::new(),
    }
}

fn on_shelf(name: &'static str, shelf: &str) -> Situation {
    Situation {
        line: format!("POST /shelves/{shelf}/books"),
        ..adding(name, format!("{{{BOOK}}}"))
    }
}

/// A reader with these members, beside those that are required.
fn reading(name: &'static str, members: &str) -> Situation {
    Situation {
        line: "POST /readers".to_owned(),
        ..adding(name, format!(r#"{{"Name":"Anne","Kind":null,{members}}}"#))
    }
}

fn patching(name: &'static str, body: &str) -> Situation {
    Situation {
        line: "PATCH /readers/Anne".to_owned(),
        headers: vec![AUTHORIZED, "Content-Type: application/merge-patch+json"],
        ..adding(name, body)
    }
}

fn situations() -> Vec<Situation> {
    let without = |situation: Situation, left_out: &str| Situation {
        headers: situation
            .headers
            .iter()
            .copied()
            .filter(|header| *header != left_out)
            .collect(),
        ..situation
    };
    let book = format!("{{{BOOK}}}");
    vec![
        without(adding("no credentials", book.clone()), AUTHORIZED),
        without(adding("bad JSON and no credentials", "{"), AUTHORIZED),
        Situation {
            headers: vec!["Authorization: Bearer c2VjcmV0=x", JSON, ORIGIN],
            ..adding("malformed token", book.clone())
        },
        adding("malformed JSON", "{\"Title\":"),
        adding("empty body", ""),
        adding("JSON array for object", "[]"),
        adding("missing body field", r#"{"Title":"Emma","Authors":[]}"#),
        adding("integer for string", book.replace("\"Emma\"", "7")),
        adding("string too long", book.replace("Emma", "Sense and Sensibility")),
        adding("string too short", book.replace("Emma", "")),
        with("pattern mismatch", r#""Isbn":"12""#),
        with("two fields wrong", r#""Signed":"yes","Copies":"many""#),
        with("array too long", r#""Tags":["a","b","c","d","e"]"#),
        with("duplicate array items", r#""Tags":["a","b","a"]"#),
        with("array item too long", r#""Tags":["short","much too long"]"#),
        with("bad time", r#""Printed":"1815-12-23T00:00:00Z""#),
        with("null for a non-nullable optional", r#""Signed":null"#),
        reading("absent for a required nullable", r#""Labels":{}"#),
        reading("null for a required map", r#""Guardian":null,"Labels":null"#),
        reading(
            "map value too short",
            r#""Guardian":null,"Labels":{"red":"","a.b":"b"}"#,
        ),
        reading(
            "day that does not exist",
            r#""Guardian":null,"Labels":{},"Born":"2026-02-29""#,
        ),
        reading(
            "time without an offset",
            r#""Guardian":null,"Labels":{},"Joined":"2026-01-31T09:30:00""#,
        ),
        reading("key that is no UUID", r#""Guardian":null,"Labels":{},"Key":"7""#),
        patching("null for a required patch member", r#"{"By":null}"#),
        patching("null in an array of a patch", r#"{"By":"Jane","Genres":[null]}"#),
        patching("wrong type of a nullable", r#"{"By":"Jane","Home":{"Street":7}}"#),
        with("body integer above maximum", r#""Copies":1001"#),
        with("body integer negative", r#""Copies":-1"#),
        asking("missing query parameter", "GET /books"),
        asking("query parameter wrong type", "GET /books?Since=then"),
        asking("query out of range", "GET /books?Since=1800&Limit=101"),
        asking("query enum unknown", "GET /books?Since=1800&Genre=Opera"),
        asking("query pattern mismatch", "GET /books?Since=1800&Title=a%20b"),
        on_shelf("path parameter wrong type", "top"),
        on_shelf("path parameter below minimum", "0"),
        on_shelf("path parameter beyond int64", "9223372036854775808"),
        asking("unknown route", "GET /films"),
        asking("trailing slash", "GET /books/?Since=1800"),
        asking("wrong method", "PATCH /books"),
        Situation {
            headers: vec![AUTHORIZED, "Content-Type: text/plain", ORIGIN],
            ..adding("wrong content type", book.clone())
        },
        without(adding("absent content type", book.clone()), JSON),
        with("body of 3 MiB", &format!("\"Notes\":\"{}\"", "x".repeat(3 << 20))),
        adding("invalid UTF-8 in JSON", b"{\"Title\":\"\xff\"}".to_vec()),
        on_shelf("bad percent-escape in path", "%zz"),
        on_shelf("panic in handler", &archive::PANICS.to_string()),
        on_shelf("handler returns an internal error", &archive::FAILS.to_string()),
        lending("a wrong item in a list of a header", &["X-Readers: Emma , x"], ""),
        lending(
            "a list of headers too long",
            &["X-Readers: Emma,Jane", "X-Readers: Fanny"],
            "",
        ),
        lending(
            "optional body of another type",
            &["X-Readers: Emma", "Content-Type: text/plain"],
            "{}",
        ),
        lending("optional body without a type", &["X-Readers: Emma"], "{}"),
        lending("optional body without members", &["X-Readers: Emma", JSON], "{}"),
    ]
}

fn lending(name: &'static str, headers: &[&'static str], body: &str) -> Situation {
    Situation {
        name,
        line: "POST /loans".to_owned(),
        headers: [&[AUTHORIZED], headers].concat(),
        body: body.into(),
    }
}

async fn serve() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(archive_server::serve(listener, archive_server::router(Archive)));
    address
}

/// The status and the body of the response to a situation.
async fn send(address: SocketAddr, situation: &Situation) -> (String, String) {
    let request = Request {
        line: &situation.line,
        headers: &situation.headers,
        body: &situation.body,
    };
    let response = request.send(address).await;
    (response.status[..3].to_owned(), response.body)
}

#[tokio::test]
async fn every_situation_gets_a_response_within_the_contract() {
    super::hush();
    let oracle = Oracle::new(&read("tests/fixtures/good/archive.yaml"));
    let address = serve().await;
    let mut table = String::new();
    let situations = situations();
    for situation in &situations {
        let (status, body) = send(address, situation).await;
        let envelope: serde_json::Value = serde_json::from_str(&body).unwrap();
        let failure = &envelope["Status"];
        let code = failure["Code"].as_str().unwrap();
        assert_eq!(
            status,
            oracle.status_of(code).to_string(),
            "{}: {body}",
            situation.name
        );
        let names: Vec<&str> = failure["Items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| item["Name"].as_str().unwrap())
            .collect();
        let text = failure["Text"].as_str().unwrap();
        writeln!(
            table,
            "{:34} {status} {code:16} {:20} {text}",
            situation.name,
            names.join(" ")
        )
        .unwrap();
    }
    assert_eq!(situations.len(), 51);
    snapshot("server/situations", table.trim_end());
}

#[tokio::test]
async fn what_is_right_is_accepted_however_odd_it_looks() {
    let address = serve().await;
    let right = [
        adding("a book", format!("{{{BOOK}}}")),
        adding(
            "a text that looks like markup",
            format!("{{{BOOK}}}").replace("Emma", "<b>Emma</b>"),
        ),
        reading(
            "null where it is a value",
            r#""Guardian":null,"Labels":{},"Key":null,"Favourites":null"#,
        ),
        patching(
            "null that removes",
            r#"{"By":"Jane","Home":{"Street":null},"Genres":null}"#,
        ),
        with("members that nobody knows", r#""Colour":"red","Colour":null"#),
        asking(
            "a query that nobody knows",
            "GET /books?Since=1800&Colour=red&Colour=blue",
        ),
        lending("no body", &["X-Readers: Emma"], ""),
        lending(
            "no body and another media type",
            &["X-Readers: Emma", "Content-Type: text/plain"],
            "",
        ),
        lending(
            "a list in several headers",
            &["X-Readers: ,Emma\t,", "X-Readers: Jane"],
            "",
        ),
        lending(
            "a body that is optional",
            &["X-Readers: Emma", JSON],
            r#"{"Weeks":3}"#,
        ),
    ];
    for situation in &right {
        let (status, body) = send(address, situation).await;
        assert_eq!(status, "200", "{}: {body}", situation.name);
    }
    let empty = "X-Readers: Emma\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    let request = format!("POST /loans HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{AUTHORIZED}\r\n{empty}");
    let response = Probe::of(&request).text(address).await;
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    let request = format!("GET /books?Since=1800 HTTP/1.0\r\n{AUTHORIZED}\r\n\r\n");
    let response = Probe::of(&request).text(address).await;
    assert!(
        response.starts_with("HTTP/1.0 200 OK\r\n") && response.ends_with("\r\n\r\n[]"),
        "{response}"
    );
}
