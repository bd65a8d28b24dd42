//! What is retried, how often and how soon.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use fonedynamics_client::reqwest::Method;
use fonedynamics_client::types::{AddressPage, ProjectChanges};
use fonedynamics_client::{Category, Client, Error, ResponseValue, RetryBudget, RetryPolicy};

use crate::support::scripted::{Scripted, client, listen, whole};
use crate::support::snapshot;

fn address() -> Vec<u8> {
    whole("200 OK", r#"{"AddressSid":"AD1"}"#)
}

/// Retries without the waits between them.
fn at_once() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::ZERO)
}

/// A budget that is never spent.
fn unlimited() -> RetryBudget {
    RetryBudget::new(0, 0)
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

/// What `Retry-After` says, and whether it can be read.
const WAITS: [(&str, &str); 8] = [
    ("none", ""),
    ("0", "\nRetry-After: 0"),
    ("past", "\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
    (
        "dated",
        "\nDate: Wed, 21 Oct 2015 07:28:00 GMT\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT",
    ),
    ("soon", "\nRetry-After: soon"),
    ("empty", "\nRetry-After: "),
    ("-1", "\nRetry-After: -1"),
    ("0.5", "\nRetry-After: 0.5"),
];

#[tokio::test]
async fn attempts_are_those_of_the_one_policy() {
    let response: Arc<Mutex<Vec<u8>>> = Arc::default();
    let current = Arc::clone(&response);
    let server = Scripted::by(move |_, _| current.lock().unwrap().clone()).await;
    let client = server.client_with(|options| options.retries(at_once()).retry_budget(unlimited()));
    let mut table = String::from("status");
    for (wait, _) in WAITS {
        write!(table, "  {wait:<5}").unwrap();
    }
    let mut rows: Vec<(Method, Vec<String>)> = Vec::new();
    let mut seen = 0;
    for name in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST", "PATCH", "MOVE"] {
        let method = Method::from_bytes(name.as_bytes()).unwrap();
        let mut lines = Vec::new();
        for status in [
            300, 301, 302, 304, 307, 400, 401, 403, 404, 405, 408, 409, 410, 413, 421, 425, 428, 429, 451,
            500, 501, 502, 503, 504, 505, 507, 529, 599,
        ] {
            let mut line = format!("{status:<6}");
            for (wait, header) in WAITS {
                *response.lock().unwrap() = whole(&format!("{status} X{header}"), "");
                let error = client.request(method.clone(), "/").send().await.unwrap_err();
                let arrived = server.lines().len() - seen;
                seen += arrived;
                let given = format!("{name} {status} {wait}");
                assert_eq!(error.attempts() as usize, arrived, "{given}");
                // What the client does is what the error says.
                assert_eq!(error.is_retryable(), arrived > 1, "{given}");
                let built = Error::from_parts(
                    error.status().unwrap(),
                    error.headers().unwrap().clone(),
                    Vec::new(),
                );
                assert_eq!(built.with_method(&method).is_retryable(), arrived > 1, "{given}");
                write!(line, "  {arrived:<5}").unwrap();
            }
            lines.push(line.trim_end().to_owned());
        }
        rows.push((method, lines));
    }
    for (method, lines) in &rows {
        // Methods of one kind have one table.
        let same = |other: &&(Method, Vec<String>)| other.1 == *lines;
        let (first, _) = rows.iter().find(same).unwrap();
        if first == method {
            let names: Vec<_> = rows
                .iter()
                .filter(same)
                .map(|(method, _)| method.as_str())
                .collect();
            write!(table, "\n\n{}\n{}", names.join(", "), lines.join("\n")).unwrap();
        }
    }
    snapshot("client/retries", table.trim_end());
}

#[tokio::test]
async fn retried_calls_succeed_in_the_end() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
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
        let later = format!("{head}\nRetry-After: 0");
        let expected = match status {
            429 | 503 => (3, true),
            _ => (1, false),
        };
        assert_eq!(sent(&later, patch).await, expected, "{status}");
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
#[expect(clippy::disallowed_methods, reason = "the local clock is what is tested")]
async fn retry_after_as_a_date_without_a_date_is_measured_from_the_local_clock() {
    let server = Scripted::by(|number, _| match number {
        0 => {
            let then = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
            whole(&format!("429 X\nRetry-After: {then}"), "")
        }
        _ => whole("204 X", ""),
    })
    .await;
    let begun = Instant::now();
    let changes = ProjectChanges::default();
    patient(&server).update_project("PR1", &changes).await.unwrap();
    // The date has no fractions of a second.
    assert!(
        begun.elapsed() >= Duration::from_millis(900),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn refused_connection_is_retried_whatever_the_method() {
    let (listener, address) = listen().await;
    drop(listener);
    let client = client(&format!("http://{address}"), |options| options.retries(at_once()));
    for method in [Method::GET, Method::POST, Method::PATCH] {
        let error = client.request(method, "/").send().await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (3, true));
    }
}

#[tokio::test]
async fn server_that_never_responds_has_the_attempts_of_the_policy() {
    let (listener, address) = listen().await;
    let accepted: Arc<Mutex<Vec<_>>> = Arc::default();
    let kept = Arc::clone(&accepted);
    let task = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            kept.lock().unwrap().push(stream);
        }
    });
    let client = client(&format!("http://{address}"), |options| {
        options.timeout(Duration::from_millis(200))
    });
    for (method, attempts) in [(Method::GET, 3), (Method::POST, 1)] {
        let error = client.request(method, "/").send().await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (attempts, attempts > 1));
    }
    task.abort();
    assert_eq!(accepted.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn success_that_ends_early_is_retried_where_that_cannot_harm() {
    let early = b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{".to_vec();
    let server = Scripted::responses(vec![early.clone(), address()]).await;
    let response = patient(&server).get_address("AD1").await.unwrap();
    assert_eq!(response.attempts(), 2);

    let server = Scripted::responses(vec![early]).await;
    for (method, attempts) in [(Method::GET, 3), (Method::POST, 1)] {
        let error = patient(&server).request(method, "/").send().await.unwrap_err();
        assert_eq!(error.category(), Category::Unconfirmed);
        assert_eq!((error.attempts(), error.is_retryable()), (attempts, attempts > 1));
    }
    assert_eq!(server.lines().len(), 4);
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
    let changes = ProjectChanges::default().name("New");
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
    for (response, policy) in [
        (whole("503 X\nRetry-After: 0", ""), RetryPolicy::off()),
        (Vec::new(), RetryPolicy::default().max_attempts(1)),
    ] {
        let server = Scripted::responses(vec![response]).await;
        let client = server.client_with(|options| options.retries(policy));
        let error = client.get_address("AD1").await.unwrap_err();
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
async fn failures_earn_no_retries() {
    let server = Scripted::by(|_, request| match request.starts_with("POST /missing") {
        true => whole("404 X", ""),
        false => whole("503 X", ""),
    })
    .await;
    let client = patient(&server);
    for _ in 0..5 {
        client.get_address("AD1").await.unwrap_err();
    }
    for _ in 0..60 {
        for path in ["/", "/missing"] {
            client.request(Method::POST, path).send().await.unwrap_err();
        }
    }
    assert_eq!(client.get_address("AD1").await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn budget_can_be_set_and_shared_by_clients() {
    let server = Scripted::responses(vec![whole("503 X", "")]).await;
    let budget = RetryBudget::new(3, 1);
    let connect = || server.client_with(|options| options.retries(at_once()).retry_budget(budget.clone()));
    let mut attempts = Vec::new();
    for client in [connect(), connect(), connect()] {
        attempts.push(client.get_address("AD1").await.unwrap_err().attempts());
    }
    assert_eq!(attempts, [3, 2, 1]);
}

#[tokio::test]
async fn calls_that_succeed_earn_retries() {
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
