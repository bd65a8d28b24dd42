//! The link from failing responses to the error reference, and what the reference says of other statuses.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use fonedynamics_contract::{Envelope as _, Fault};
use fonedynamics_server::{boundary, router, server, types};
use serde_json::Value;
use xtask::faults::FAULTS;

use crate::support::credentials::{AUTHORIZED, UNAUTHORIZED};
use crate::support::probe::{Probe, get as get_text};
use crate::support::raw::{JSON, Request, Response};
use crate::support::recorder::Recorder;
use crate::support::served::Served;

const PAGE: &str = "https://docs.example.com/errors.html";

fn request<'r>(line: &'r str, headers: &'r [&'r str]) -> Request<'r> {
    let body = b"";
    Request { line, headers, body }
}

fn code(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    body["ResponseStatus"]["ErrorCode"].as_str().unwrap().to_owned()
}

#[track_caller]
fn assert_linked(response: &Response) {
    let link = format!("<{PAGE}#{}>; rel=\"help\"", code(&response.body));
    assert_eq!(response.header("link"), Some(link.as_str()), "{response}");
}

#[tokio::test]
async fn every_failing_response_links_to_its_code() {
    let routes = router(Recorder::default()).route("/gone", get(StatusCode::GONE));
    let served = Served::server(server(routes).help(PAGE)).await;
    let failing = [
        request("GET /nowhere", &[]),
        request("GET /gone", &[]),
        request("GET /v2/Properties", &[]),
        request("GET /v2/Properties", &[UNAUTHORIZED]),
        request("DELETE /v2/Properties", &[AUTHORIZED]),
        request("POST /v2/Properties", &[AUTHORIZED, JSON]),
        request("GET /v2/Properties?Results_Count=x", &[AUTHORIZED]),
        // These never reach the router.
        request("GET /v2/Properties", &["Host: another"]),
    ];
    for request in failing {
        assert_linked(&request.send(served.address).await);
    }
    for text in [
        "no HTTP\r\n\r\n",
        &get_text("/", &format!("X: {}\r\n", "x".repeat(70_000))),
    ] {
        let text = Probe::of(text).finish().text(served.address).await;
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let link = format!("link: <{PAGE}#{}>; rel=\"help\"", code(body));
        assert!(head.contains(&link), "{text}");
    }
    let success = request("GET /v2/Properties", &[AUTHORIZED])
        .send(served.address)
        .await;
    assert_eq!(
        (success.status.as_str(), success.header("link")),
        ("200 OK", None)
    );
}

#[tokio::test]
async fn nothing_is_linked_unless_it_is_said_where_to() {
    let served = Served::router(router(Recorder::default())).await;
    let response = request("GET /nowhere", &[]).send(served.address).await;
    assert_eq!(response.header("link"), None);
    let nowhere = boundary().help("https://docs.example.com/\n");
    let served = Served::router(router(Recorder::default()).layer(nowhere)).await;
    let response = request("GET /nowhere", &[]).send(served.address).await;
    assert_eq!(response.header("link"), None);
}

#[tokio::test]
async fn boundary_links_too_and_two_links_are_one() {
    let inside = router(Recorder::default()).layer(boundary().help(PAGE));
    let served = Served::server(server(inside.clone())).await;
    assert_linked(&request("GET /nowhere", &[]).send(served.address).await);
    let served = Served::server(server(inside).help("https://elsewhere.example.com/")).await;
    assert_linked(&request("GET /nowhere", &[]).send(served.address).await);
}

#[tokio::test]
async fn statuses_of_others_become_the_codes_that_the_reference_says() {
    for known in FAULTS {
        let fault = Fault::ALL
            .into_iter()
            .find(|fault| fault.name() == known.name)
            .unwrap();
        for status in known.elsewhere {
            let status = StatusCode::from_u16(*status).unwrap();
            let served = Served::router(Router::new().route("/", get(status))).await;
            let response = request("GET /", &[]).send(served.address).await;
            let expected = types::ErrorResponse::code_of_fault(fault);
            assert_eq!(code(&response.body), expected.as_str(), "{status}");
            assert!(response.body.contains(known.message), "{status}: {response}");
        }
    }
}
