//! What is retried, how often and how soon.

use std::time::{Duration, Instant};

use fonedynamics_client::types::{AddressPage, ProjectChanges};
use fonedynamics_client::{Client, Error, ResponseValue, RetryPolicy};

use crate::support::scripted::{Scripted, whole};

fn address() -> Vec<u8> {
    whole("200 OK", r#"{"AddressSid":"AD1"}"#)
}

/// Retries without the waits between them.
fn at_once() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::ZERO)
}

fn patient(server: &Scripted) -> Client {
    server.client_with(|options| options.retries(at_once()))
}

/// How often a call was sent that gets some status at first, and whether it succeeded.
async fn sent(head: &str, call: impl AsyncFn(&Client) -> bool) -> (usize, bool) {
    let server = Scripted::responses(vec![whole(head, ""), whole(head, ""), address()]).await;
    let succeeded = call(&patient(&server)).await;
    (server.lines().len(), succeeded)
}

#[tokio::test]
async fn passing_failures_of_idempotent_methods_are_retried() {
    for status in [500, 502, 503, 504] {
        let head = format!("{status} X");
        let get = async |client: &Client| client.get_address("AD1").await.is_ok();
        assert_eq!(sent(&head, get).await, (3, true), "{status}");
        let delete = async |client: &Client| client.remove_address("AD1").await.is_ok();
        assert_eq!(sent(&head, delete).await, (3, true), "{status}");
        let patch = async |client: &Client| {
            let changes = ProjectChanges::default();
            client.update_project("PR1", &changes).await.is_ok()
        };
        assert_eq!(sent(&head, patch).await, (1, false), "{status}");
    }
}

#[tokio::test]
async fn what_the_caller_has_to_change_is_never_retried() {
    for status in [400, 401, 403] {
        for head in [format!("{status} X"), format!("{status} X\nRetry-After: 0")] {
            let server = Scripted::responses(vec![whole(&head, "")]).await;
            let error = patient(&server).get_address("AD1").await.unwrap_err();
            assert_eq!(server.lines().len(), 1, "{head}");
            assert!(!error.is_retryable(), "{head}");
        }
    }
    for head in [
        "404 X",
        "408 X",
        "429 X",
        "501 X",
        "302 X\nRetry-After: 0",
        "599 X",
    ] {
        let server = Scripted::responses(vec![whole(head, "")]).await;
        patient(&server).get_address("AD1").await.unwrap_err();
        assert_eq!(server.lines().len(), 1, "{head}");
    }
}

#[tokio::test]
async fn response_with_retry_after_is_retried_whatever_the_method() {
    for status in [404, 429, 500, 503] {
        let head = format!("{status} X\nRetry-After: 0");
        let patch = async |client: &Client| {
            // It gets what no PATCH gets in the end, which is seen by the count.
            let changes = ProjectChanges::default();
            client.update_project("PR1", &changes).await.is_ok()
        };
        assert_eq!(sent(&head, patch).await.0, 3, "{status}");
    }
}

#[tokio::test]
async fn retry_after_is_waited_for_in_full() {
    let server = Scripted::responses(vec![whole("503 X\nRetry-After: 1", ""), address()]).await;
    let begun = Instant::now();
    let response = patient(&server).get_address("AD1").await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(response.attempts(), 2);
}

#[tokio::test]
async fn retry_after_beyond_the_budget_is_given_back_at_once() {
    for wait in ["3600", "99999999999999999999999"] {
        let head = format!("503 X\nRetry-After: {wait}");
        let server = Scripted::responses(vec![whole(&head, "")]).await;
        let begun = Instant::now();
        let error = patient(&server).get_address("AD1").await.unwrap_err();
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        assert_eq!((server.lines().len(), error.attempts()), (1, 1));
        assert!(error.retry_after().unwrap() >= Duration::from_secs(3600));
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn retry_after_as_a_date_is_measured_from_the_date_of_the_response() {
    let head = "503 X\nDate: Wed, 21 Oct 2015 07:28:00 GMT\nRetry-After: Wed, 21 Oct 2015 07:28:01 GMT";
    let server = Scripted::responses(vec![whole(head, ""), address()]).await;
    let begun = Instant::now();
    patient(&server).get_address("AD1").await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn connection_that_ends_without_a_response_is_retried() {
    let server = Scripted::responses(vec![Vec::new(), Vec::new(), address()]).await;
    let response = patient(&server).get_address("AD1").await.unwrap();
    assert_eq!(response.attempts(), 3);

    let server = Scripted::responses(vec![Vec::new()]).await;
    let error = patient(&server).get_address("AD1").await.unwrap_err();
    assert_eq!((server.lines().len(), error.attempts()), (3, 3));
    assert!(matches!(error, Error::Transport(_)));

    let server = Scripted::responses(vec![Vec::new(), address()]).await;
    let changes = ProjectChanges::default();
    let error = patient(&server)
        .update_project("PR1", &changes)
        .await
        .unwrap_err();
    assert_eq!((server.lines().len(), error.is_retryable()), (1, false));
}

#[tokio::test]
async fn retry_is_the_same_request() {
    let server = Scripted::responses(vec![whole("429 X\nRetry-After: 0", ""), whole("204 X", "")]).await;
    let changes = ProjectChanges {
        name: Some("New".to_owned()),
        ..ProjectChanges::default()
    };
    patient(&server).update_project("PR1", &changes).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
    assert!(requests[0].ends_with(r#"{"Name":"New"}"#), "{}", requests[0]);
}

#[tokio::test]
async fn response_without_content_knows_its_attempts() {
    let server = Scripted::responses(vec![whole("429 X\nRetry-After: 0", ""), whole("204 X", "")]).await;
    let changes = ProjectChanges::default();
    let response = patient(&server).update_project("PR1", &changes).await.unwrap();
    assert_eq!((response.attempts(), server.lines().len()), (2, 2));
}

#[tokio::test]
async fn nothing_is_sent_again_when_that_is_off() {
    for response in [whole("503 X\nRetry-After: 0", ""), Vec::new()] {
        let server = Scripted::responses(vec![response]).await;
        let error = server.client().get_address("AD1").await.unwrap_err();
        assert_eq!((server.lines().len(), error.attempts()), (1, 1));
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn clones_of_a_client_share_what_they_may_spend() {
    let server = Scripted::responses(vec![whole("503 X", "")]).await;
    let client = patient(&server);
    for _ in 0..20 {
        client.clone().get_address("AD1").await.unwrap_err();
    }
    // Twenty calls, and ten retries in all.
    assert_eq!(server.lines().len(), 30);
}

#[tokio::test]
async fn calls_that_need_no_retry_earn_one() {
    // Ten retries use the budget up, the next call gets none, five good calls earn one again.
    let mut responses = vec![whole("503 X", ""); 16];
    responses.extend(std::iter::repeat_n(address(), 5));
    responses.push(whole("503 X", ""));
    responses.push(address());
    let server = Scripted::responses(responses).await;
    let client = patient(&server);
    for _ in 0..5 {
        assert_eq!(client.get_address("AD1").await.unwrap_err().attempts(), 3);
    }
    assert_eq!(client.get_address("AD1").await.unwrap_err().attempts(), 1);
    for _ in 0..5 {
        assert_eq!(client.get_address("AD1").await.unwrap().attempts(), 1);
    }
    assert_eq!(client.get_address("AD1").await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn call_that_is_given_up_while_it_waits_is_not_retried() {
    let server = Scripted::responses(vec![whole("503 X\nRetry-After: 1", ""), address()]).await;
    let client = patient(&server);
    let call = client.get_address("AD1");
    assert!(
        tokio::time::timeout(Duration::from_millis(500), call)
            .await
            .is_err()
    );
    tokio::time::sleep(Duration::from_millis(1000)).await;
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn no_attempt_begins_after_the_total_time() {
    let server = Scripted::responses(vec![whole("503 X", "")]).await;
    let retries = RetryPolicy::default()
        .max_attempts(1000)
        .base_delay(Duration::from_millis(400))
        .max_total_time(Duration::from_millis(300));
    let client = server.client_with(|options| options.retries(retries));
    let begun = Instant::now();
    client.get_address("AD1").await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn calls_can_be_spawned_with_their_retries() {
    let server = Scripted::responses(vec![whole("502 X", ""), whole("200 OK", r#"{"Addresses":[]}"#)]).await;
    let client = patient(&server);
    let task = tokio::spawn(async move { client.list_addresses("AC1", &Default::default()).await });
    let page: ResponseValue<AddressPage> = task.await.unwrap().unwrap();
    assert_eq!((page.attempts(), page.addresses.len()), (2, 0));
}
