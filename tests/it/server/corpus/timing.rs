//! Probes that take their time, and what happens to connections on which no request waits for a response.

use std::time::Duration;

use super::{stack, strict};
use crate::support::credentials::AUTHORIZED;
use crate::support::probe::{Probe, Step, get, open_post};

use crate::support::served::Served;

const JSON: &str = "Content-Type: application/json\r\n";

pub(super) fn probes() -> Vec<Probe> {
    let probe = |name: &str, text: &str| Probe::new("timing", name).send_text(text);
    let announced = open_post("/v2/Properties", &format!("{JSON}Content-Length: 4000\r\n\r\n"));
    let chunked = open_post(
        "/v2/Properties",
        &format!("{JSON}Transfer-Encoding: chunked\r\n\r\n"),
    );
    vec![
        probe("first byte and no more", "G"),
        probe("line without end", "GET /v2/Calls/CA1 HTTP/1.1"),
        probe("head without end", "GET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\n"),
        probe(
            "head without end, in version 1.0",
            "GET /v2/Calls/CA1 HTTP/1.0\r\nHost: a\r\n",
        ),
        probe("line byte by byte", "GET /").dribble(b"a"),
        probe("header by header", "GET / HTTP/1.1\r\n").dribble(b"A: 1\r\n"),
        probe("body that does not come", &announced),
        probe("body byte by byte", &announced).dribble(b" "),
        probe("chunks that do not come", &format!("{chunked}1\r\n")),
        probe("chunk by chunk", &chunked).dribble(b"1\r\n \r\n"),
        probe("handler that takes long", &get("/v2/Calls/SLOW", "")),
    ]
}

/// What a connection brings until it is closed, as text.
async fn said(probe: Probe) -> String {
    let served = Served::server(stack::whole().idle_timeout(Duration::from_millis(700))).await;
    probe.text(served.address).await
}

/// A request that leaves the connection open.
fn keep() -> String {
    format!("GET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\n{AUTHORIZED}\r\n\r\n")
}

/// Takes the first of two responses away.
#[track_caller]
fn behind_a_call(text: &str) -> &str {
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    let (head, rest) = text.split_once("\r\n\r\n").unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    &rest[length.parse().unwrap()..]
}

#[tokio::test]
async fn connection_without_a_request_is_closed_without_a_response() {
    assert_eq!(said(Probe::new("", "silence")).await, "");
    assert_eq!(said(Probe::new("", "lines").send_text("\r\n\r\n")).await, "");
    assert_eq!(said(Probe::new("", "end").finish()).await, "");
}

#[tokio::test]
async fn head_is_not_given_the_time_that_silence_is_given() {
    let patient = stack::whole().idle_timeout(Duration::from_secs(60));
    let served = Served::server(patient).await;
    let first = Probe::of("GET /").text(served.address).await;
    let behind = Probe::of(&format!("{}GET /", keep())).text(served.address).await;
    for text in [&first, behind_a_call(&behind)] {
        let response = strict::read(text.as_bytes()).unwrap().to_string();
        assert_eq!(response, "1.1 400 PARAMETER_INVALID, close");
    }
}

#[tokio::test]
async fn connection_that_is_idle_after_a_response_is_closed() {
    let text = said(Probe::new("", "idle").send_text(&keep())).await;
    assert_eq!(behind_a_call(&text), "");
}

#[tokio::test]
async fn second_request_gets_a_response_like_the_first() {
    let pause = || Step::Pause(Duration::from_millis(100));
    let endless = keep() + "GET /v2/Calls/CA1 HTTP/1.1\r\n";
    let malformed = keep() + "GET /v2/Calls/CA1 HTTP/7.0\r\n\r\n";
    let half = format!("{}GET /v2", keep());
    for probe in [
        Probe::new("", "behind").send_text(&malformed),
        Probe::new("", "after")
            .send_text(&keep())
            .step(pause())
            .send_text("\0\r\n\r\n"),
        Probe::new("", "endless behind").send_text(&endless),
        Probe::new("", "endless after")
            .send_text(&keep())
            .step(pause())
            .send_text("GET /"),
        Probe::new("", "breaks off").send_text(&half).finish(),
    ] {
        let name = probe.name.clone();
        let text = said(probe).await;
        let response = strict::read(behind_a_call(&text).as_bytes());
        let response = response.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(response.to_string(), "1.1 400 PARAMETER_INVALID, close", "{name}");
    }
}

#[tokio::test]
async fn body_that_comes_after_its_response_is_no_second_request() {
    let strange = "POST /v2/Properties HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n";
    let probe = Probe::new("", "late body").send_text(strange);
    // Slower than a head may be.
    let probe = probe.dribble(b"x").send_text(&get("/v2/Calls/CA1", ""));
    let served = Served::server(stack::whole().idle_timeout(Duration::from_secs(60))).await;
    let text = probe.text(served.address).await;
    let (first, second) = text.split_at(text.rfind("HTTP/1.1").unwrap());
    let first = strict::read(
        first
            .replace("\r\n\r\n", "\r\nconnection: kept\r\n\r\n")
            .as_bytes(),
    );
    assert_eq!(first.unwrap().to_string(), "1.1 401 UNAUTHORIZED, kept");
    assert!(second.starts_with("HTTP/1.1 200 OK"), "{second}");
}

#[tokio::test]
async fn leave_to_send_is_given_and_followed_by_the_response() {
    let request = open_post(
        "/v2/Properties",
        &format!("{JSON}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"),
    );
    let probe = Probe::new("", "leave").send_text(&request);
    let text = said(probe.step(Step::Pause(Duration::from_millis(50))).send_text("{}")).await;
    let rest = text.strip_prefix("HTTP/1.1 100 Continue\r\n\r\n").unwrap();
    let response = strict::read(rest.as_bytes()).unwrap().to_string();
    assert_eq!(
        response,
        "1.1 400 PARAMETER_REQUIRED [Name MainDomain TimeZone], close"
    );
}
