//! What is different about some calls, and what a hook sees of their attempts.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fonedynamics_client::reqwest::Method;
use fonedynamics_client::types::ProjectChanges;
use fonedynamics_client::{CallOptions, Error, RetryPolicy};

use crate::support::credentials::AUTHORIZATION;
use crate::support::scripted::{Scripted, client, listen, whole};

fn at_once() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::ZERO)
}

#[tokio::test]
async fn headers_of_some_calls_are_sent_with_each_attempt() {
    let server = Scripted::responses(vec![whole("429 X\nRetry-After: 0", ""), whole("204 X", "")]).await;
    let client = server.client_with(|options| options.retries(at_once()));
    let options = CallOptions::new()
        .idempotency_key("order-17")
        .header("Accept", "application/vnd.kettle")
        .header("Authorization", "Bearer x");
    let changes = ProjectChanges::default();
    client
        .with(options)
        .update_project("PR1", &changes)
        .await
        .unwrap();
    client.update_project("PR1", &changes).await.unwrap();
    let requests = server.requests();
    assert_eq!((requests.len(), &requests[0]), (3, &requests[1]));
    for line in [
        "idempotency-key: order-17",
        "accept: application/vnd.kettle",
        &format!("authorization: {AUTHORIZATION}"),
    ] {
        assert_eq!(requests[0].matches(line).count(), 1, "{line} in {}", requests[0]);
    }
    assert!(!requests[0].contains("Bearer"), "{}", requests[0]);
    assert!(!requests[2].contains("order-17"), "{}", requests[2]);
}

#[tokio::test]
async fn idempotency_key_changes_nothing_about_retries() {
    let server = Scripted::responses(vec![whole("500 X", "")]).await;
    let client = server.client_with(|options| options.retries(at_once()));
    let client = client.with(CallOptions::new().idempotency_key("order-17"));
    let error = client.request(Method::POST, "/").send().await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
}

#[tokio::test]
async fn header_that_cannot_be_sent_is_an_invalid_request() {
    let server = Scripted::responses(vec![whole("200 X", "{}")]).await;
    for (name, value) in [("X-A", "a\nb"), ("X A", "a"), ("", "a")] {
        let client = server.client().with(CallOptions::new().header(name, value));
        let error = client.get_address("AD1").await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn retries_of_some_calls_come_out_of_the_budget_of_the_client() {
    let server = Scripted::responses(vec![whole("503 X", "")]).await;
    let client = server.client_with(|options| options.retries(at_once()));
    let often = client.with(CallOptions::new().retries(at_once().max_attempts(9)));
    let once = often.with(CallOptions::new().retries(RetryPolicy::off()));
    let mut attempts = Vec::new();
    for client in [&once, &often, &client, &client] {
        attempts.push(client.get_address("AD1").await.unwrap_err().attempts());
    }
    // Ten retries in all: eight and two.
    assert_eq!(attempts, [1, 9, 3, 1]);
}

#[tokio::test]
async fn timeout_of_some_calls_is_that_of_each_attempt() {
    let (_listener, address) = listen().await;
    let client = client(&format!("http://{address}"), |options| options.retries(at_once()));
    let client = client.with(CallOptions::new().timeout(Duration::from_millis(100)));
    let begun = Instant::now();
    let error = client.get_address("AD1").await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(
        begun.elapsed() >= Duration::from_millis(300),
        "{:?}",
        begun.elapsed()
    );
    assert!(error.to_string().ends_with("timed out"), "{error}");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn hook_sees_each_attempt_and_nothing_secret() {
    let server = Scripted::responses(vec![
        whole("503 X\nRetry-After: 0\nX-Request-Id: r-1", ""),
        Vec::new(),
        whole("200 X", "{}"),
    ])
    .await;
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&seen);
    let client = server.client_with(|options| {
        options.retries(at_once()).on_attempt(move |attempt| {
            assert!(attempt.elapsed() < Duration::from_secs(10));
            let id = attempt.headers().and_then(|headers| headers.get("x-request-id"));
            let error = attempt.error().map(|error| format!("{error} {error:?}"));
            assert!(error.is_none_or(|error| !error.contains("secret")));
            kept.lock().unwrap().push(format!(
                "{} {} {}: {:?} {} {:?}",
                attempt.operation_id(),
                attempt.method(),
                attempt.number(),
                attempt.status().map(|status| status.as_u16()),
                id.is_some(),
                attempt.retry_in(),
            ));
        })
    });
    let call = client.request(Method::GET, "/?secret");
    call.send().await.unwrap();
    client.get_address("AD1").await.unwrap();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "raw GET 1: Some(503) true Some(0ns)",
            "raw GET 2: None false Some(0ns)",
            "raw GET 3: Some(200) false None",
            "getAddress GET 1: Some(200) false None",
        ]
    );
}
