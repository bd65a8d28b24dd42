//! What routes and layers of others respond, and what becomes of it.

use std::convert::Infallible;
use std::io;

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use fonedynamics_contract::{Envelope as _, Fault};
use tower::{Layer as _, ServiceExt as _, service_fn};

use super::{Boundary, Exempt, fault_of};
use crate::request::request_id::RequestId;
use crate::router_tests::contract::ErrorResponse;
use crate::router_tests::operations::Mute;
use crate::router_tests::{BOOKS, FullResponse, bare, check, request, router, send_to, whole, with};

fn boundary() -> Boundary<ErrorResponse> {
    Boundary::new()
}

/// A router whose only route responses with a status and these headers, within a boundary.
fn foreign(status: u16, headers: &'static [(&'static str, &'static str)]) -> Router {
    let response = move || async move {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response.body(Body::from("what another route says")).unwrap()
    };
    Router::new().route("/", get(response)).layer(boundary())
}

async fn response_of(status: u16, headers: &'static [(&'static str, &'static str)]) -> FullResponse {
    send_to(foreign(status, headers), bare("GET", "/", "")).await
}

#[test]
fn every_status_folds_into_one_of_four() {
    for status in 400..=999 {
        let fault = fault_of(StatusCode::from_u16(status).unwrap());
        let code = ErrorResponse::code_of_fault(fault);
        let expected = match status {
            401 | 407 => 401,
            402 | 403 | 409 | 410 | 412 | 423 | 424 | 425 | 429 | 451 => 403,
            400..=407 | 409..=499 => 400,
            _ => 500,
        };
        assert_eq!(ErrorResponse::status_of(&code), Some(expected), "{status}");
    }
}

#[tokio::test]
async fn failing_response_of_a_foreign_route_becomes_the_envelope() {
    for status in (400..=599).chain([600, 999]) {
        let response = response_of(status, &[]).await;
        let fault = fault_of(StatusCode::from_u16(status).unwrap());
        let code = ErrorResponse::code_of_fault(fault);
        let expected = ErrorResponse::status_of(&code).unwrap();
        check(&response, expected, &code.to_string(), fault.message(), &[]);
    }
}

#[tokio::test]
async fn response_that_does_not_fail_passes_with_a_request_id() {
    for status in [200, 204, 301, 304] {
        let response = response_of(status, &[("ETag", "\"1\""), ("Content-Type", "text/plain")]).await;
        assert_eq!(response.status.as_u16(), status);
        assert_eq!(response.body, "what another route says");
        assert_eq!(response.header("ETag"), "\"1\"");
        assert_eq!(response.header("X-Request-Id").len(), 32);
    }
}

#[tokio::test]
async fn headers_of_the_failure_stay_and_those_of_its_body_go() {
    let response = response_of(
        429,
        &[
            ("Retry-After", "7"),
            ("Allow", "GET"),
            ("X-Request-Id", "theirs"),
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Private-Network", "true"),
            ("Vary", "Origin"),
            ("Vary", "Accept"),
            ("Connection", "close"),
            ("Content-Type", "text/html"),
            ("Content-Length", "20"),
            ("Content-Encoding", "gzip"),
            ("Content-Language", "en"),
            ("Transfer-Encoding", "chunked"),
            ("ETag", "\"1\""),
            ("Last-Modified", "yesterday"),
            ("WWW-Authenticate", "Basic realm=\"theirs\""),
            ("X-Cause", "hunter2"),
        ],
    )
    .await;
    let mut headers: Vec<_> = response
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort_unstable();
    assert_eq!(
        headers,
        [
            "access-control-allow-origin: *",
            "access-control-allow-private-network: true",
            "allow: GET",
            "connection: close",
            "content-length: 95",
            "content-type: application/json",
            "retry-after: 7",
            "vary: Accept",
            "vary: Origin",
            "x-request-id: theirs",
        ]
    );
}

#[tokio::test]
async fn foreign_401_keeps_its_challenge_or_gets_ours() {
    let message = "Credentials are missing or wrong.";
    let response = response_of(401, &[]).await;
    check(&response, 401, "UNKNOWN_CALLER", message, &[]);
    let response = response_of(407, &[("Proxy-Authenticate", "Basic")]).await;
    check(&response, 401, "UNKNOWN_CALLER", message, &[]);

    let theirs = &[
        ("WWW-Authenticate", "Bearer"),
        ("WWW-Authenticate", "Basic realm=\"x\""),
    ];
    let response = response_of(401, theirs).await;
    let challenges: Vec<_> = response.headers.get_all("WWW-Authenticate").iter().collect();
    assert_eq!(challenges, ["Bearer", "Basic realm=\"x\""]);

    let named = Router::new()
        .route("/", get(|| async { StatusCode::UNAUTHORIZED }))
        .layer(boundary().realm("books"));
    let response = send_to(named, bare("GET", "/", "")).await;
    assert_eq!(response.header("WWW-Authenticate"), "Basic realm=\"books\"");
}

#[tokio::test]
async fn head_gets_a_response_with_the_same_headers_and_no_body() {
    let response = send_to(foreign(404, &[]), bare("HEAD", "/", "")).await;
    assert_eq!((response.status.as_u16(), response.body.as_str()), (400, ""));
    let get = response_of(404, &[]).await;
    assert_eq!(response.header("Content-Length"), get.body.len().to_string());
}

#[tokio::test]
async fn responses_of_ours_pass_as_they_are() {
    let bounded = router().layer(boundary().realm("another"));
    for request in [
        || request("POST", BOOKS, "{}"),
        || bare("POST", BOOKS, ""),
        || bare("BREW", BOOKS, ""),
        || request("POST", "/shelves/missing/books", r#"{"Title":"Ulysses"}"#),
    ] {
        let plain = send_to(router(), with(request(), "X-Request-Id", "a")).await;
        let layered = send_to(bounded.clone(), with(request(), "X-Request-Id", "a")).await;
        assert_eq!(format!("{layered:?}"), format!("{plain:?}"));
    }
}

#[tokio::test]
async fn response_of_ours_with_another_status_is_the_response_of_a_foreign_route() {
    let spoil = axum::middleware::map_response(|mut response: Response| async {
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        response
    });
    let spoilt = router().layer(spoil).layer(boundary());
    let response = send_to(spoilt, bare("GET", "/", "")).await;
    check(&response, 500, "SERVER_BROKEN", Fault::Unavailable.message(), &[]);
}

#[tokio::test]
async fn exempt_response_passes_as_it_is() {
    let health = || async { (StatusCode::SERVICE_UNAVAILABLE, Extension(Exempt), "full") };
    let own = Router::new().route("/health", get(health)).layer(boundary());
    let response = send_to(own, bare("GET", "/health", "")).await;
    assert_eq!((response.status.as_u16(), response.body.as_str()), (503, "full"));
}

#[tokio::test]
async fn panics_and_errors_of_layers_are_responses() {
    let panics = service_fn(async |_: Request| -> Result<Response, Infallible> { panic!("hunter2") });
    let response = boundary()
        .layer(panics)
        .oneshot(bare("GET", "/", ""))
        .await
        .unwrap();
    let response = whole(response).await;
    check(&response, 500, "SERVER_BROKEN", Fault::Panic.message(), &[]);

    let fails = service_fn(async |_: Request| Err::<Response, _>(io::Error::other("hunter2")));
    let response = boundary()
        .layer(fails)
        .oneshot(bare("GET", "/", ""))
        .await
        .unwrap();
    let response = whole(response).await;
    check(&response, 500, "SERVER_BROKEN", Fault::Unavailable.message(), &[]);
}

#[tokio::test]
async fn layers_and_handlers_see_one_request_id() {
    let seen = |request: Request| async move {
        let id = request.extensions().get::<RequestId>();
        id.map(RequestId::as_str).unwrap_or_default().to_owned()
    };
    let own = Router::new().route("/", get(seen)).layer(boundary());
    let response = send_to(own, bare("GET", "/", "")).await;
    assert_eq!(response.header("X-Request-Id"), response.body);
}

#[tokio::test]
async fn error_of_a_layer_that_panics_when_it_is_logged_gets_a_response() {
    let layer = service_fn(|_: Request| async { Err::<Response, _>(Mute) });
    let response = whole(
        boundary()
            .layer(layer)
            .oneshot(bare("GET", "/", ""))
            .await
            .unwrap(),
    )
    .await;
    let message = Fault::Unavailable.message();
    check(&response, 500, "SERVER_BROKEN", message, &[]);
}
