//! Layers with a state of their own around a router that is served: a limit holds from request to request.
//!
//! What they respond is folded into the envelope, as everywhere: 429 is what the document says of it, and an error of a layer is 500.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::error_handling::HandleErrorLayer;
use axum::http::StatusCode;
use axum::middleware::map_request;
use axum::routing::get;
use axum::{BoxError, Router, extract};
use fonedynamics_server::{boundary, server};
use http_body_util::Limited;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower::buffer::BufferLayer;

use crate::support::credentials::AUTHORIZED;
use crate::support::probe::{Probe, open_post};
use crate::support::raw::{JSON, Request};
use crate::support::recorder::Recorder;
use crate::support::served::Served;

/// Longer than the test.
const PERIOD: Duration = Duration::from_secs(3600);

async fn status(served: &Served, line: &str) -> String {
    let request = Request {
        line,
        headers: &[AUTHORIZED],
        body: b"",
    };
    request.send(served.address).await.status
}

async fn too_many(_: BoxError) -> StatusCode {
    StatusCode::TOO_MANY_REQUESTS
}

#[tokio::test]
async fn rate_limit_counts_the_requests_of_all_connections() {
    let limit = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(too_many))
        .layer(BufferLayer::new(16))
        .load_shed()
        .rate_limit(5, PERIOD);
    let router = Recorder::default().router().layer(limit);
    let served = Served::router(router).await;
    let mut statuses = Vec::new();
    for _ in 0..10 {
        statuses.push(status(&served, "GET /v2/Calls/CA1").await);
    }
    let expected = [["200 OK"; 5], ["403 Forbidden"; 5]].concat();
    assert_eq!(statuses, expected);
}

#[tokio::test]
async fn limit_of_a_layer_on_a_body_without_length_is_one_on_its_size() {
    let limit =
        map_request(async |request: extract::Request| request.map(|body| Body::new(Limited::new(body, 10))));
    let router = fonedynamics_server::router(Recorder::default()).layer(limit);
    let served = Served::router(router).await;
    let chunks = "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"Name\": 1}\r\n0\r\n\r\n";
    let request = open_post("/v2/Properties", &format!("{JSON}\r\n{chunks}"));
    let text = Probe::of(&request).text(served.address).await;
    assert!(text.contains("The body is larger"), "{text}");
}

#[tokio::test]
async fn concurrency_limit_sheds_what_is_beyond_it() {
    let gate = Arc::new(Semaphore::new(0));
    let (waiting, arrived) = (Arc::clone(&gate), Arc::new(Semaphore::new(0)));
    let arrivals = Arc::clone(&arrived);
    let handler = move || async move {
        arrivals.add_permits(1);
        waiting.acquire().await.unwrap().forget();
    };
    let limit = ServiceBuilder::new()
        .layer(boundary())
        .load_shed()
        .concurrency_limit(2);
    let router = Router::new().route("/slow", get(handler)).layer(limit);
    let served = Arc::new(Served::server(server(router)).await);
    let slow = |served: &Arc<Served>| {
        let served = Arc::clone(served);
        tokio::spawn(async move { status(&served, "GET /slow").await })
    };
    let (first, second) = (slow(&served), slow(&served));
    arrived.acquire_many(2).await.unwrap().forget();
    assert_eq!(status(&served, "GET /slow").await, "500 Internal Server Error");
    gate.add_permits(2);
    assert_eq!(
        [first.await.unwrap(), second.await.unwrap()],
        ["200 OK", "200 OK"]
    );
    gate.add_permits(1);
    assert_eq!(
        status(&served, "GET /slow").await,
        "200 OK",
        "there is room again"
    );
}
