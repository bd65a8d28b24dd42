//! What counts as a success, and what becomes of one that cannot be read: never the server's failure, and never
//! a reason to send the request again.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use fonedynamics_client::reqwest::{self, Method, redirect};
use fonedynamics_client::types::{NewProject, ProjectChanges};
use fonedynamics_client::{
    Category, Client, Credentials, Defect, Error, Options, RetryPolicy, TransportFailure,
};

use crate::support::http::http_client_builder;
use crate::support::scripted::{Scripted, listen, whole};
use crate::support::snapshot;

fn shown(result: Result<(), Error>) -> &'static str {
    match result {
        Ok(()) => "Ok",
        Err(error) => {
            assert!(!error.is_retryable(), "{error}");
            assert_eq!(error.attempts(), 1, "{error}");
            match error.category() {
                Category::Unconfirmed => {
                    assert!(
                        error.to_string().contains("the server reports success"),
                        "{error}"
                    );
                    "Unconfirmed"
                }
                _ => "another",
            }
        }
    }
}

#[tokio::test]
async fn every_successful_status_is_a_success_if_its_body_can_be_read() {
    let response: Arc<Mutex<Vec<u8>>> = Arc::default();
    let current = Arc::clone(&response);
    let server = Scripted::by(move |_, _| current.lock().unwrap().clone()).await;
    let client = server.client_with(|options| options.retries(RetryPolicy::default()));
    let project = NewProject::new("Shop", "shop.example", "UTC");
    let changes = ProjectChanges::default();
    let mut table = format!(
        "{:<7} {:<11} {:<11} {:<11} {:<11} no content\n",
        "status", "body", "optional", "required", "page"
    );
    for status in [200, 201, 202, 203, 204, 205, 206, 207, 226, 299] {
        for (name, body) in [
            ("fits", r#"{"Property":{"PropertySid":"PR1"},"Addresses":[]}"#),
            ("no members", "{}"),
            ("no JSON", "<html>"),
            ("nothing", ""),
        ] {
            if matches!(status, 204 | 205) && !body.is_empty() {
                continue;
            }
            *response.lock().unwrap() = whole(&format!("{status} X"), body);
            let optional = shown(client.get_address("AD1").await.map(drop));
            let required = shown(client.create_project(&project).await.map(drop));
            let page = shown(client.list_addresses("AC1", &Default::default()).await.map(drop));
            let nothing = shown(client.update_project("PR1", &changes).await.map(drop));
            writeln!(
                table,
                "{status:<7} {name:<11} {optional:<11} {required:<11} {page:<11} {nothing}"
            )
            .unwrap();
        }
    }
    snapshot("client/successes", table.trim_end());
}

/// An HTTP client of the consumer's own, which follows redirects.
fn following() -> reqwest::Client {
    let builder = http_client_builder().redirect(redirect::Policy::limited(5));
    builder.build().unwrap()
}

/// A server that redirects each request but those to `/target`.
async fn redirecting(status: u16, location: &str, target: &'static str) -> Scripted {
    let head = format!("{status} X\nLocation: {location}");
    Scripted::by(move |_, request| match request.contains(" /target ") {
        true => whole(target, r#"{"Property":{"PropertySid":"PR1"}}"#),
        false => whole(&head, ""),
    })
    .await
}

#[tokio::test]
async fn success_behind_a_redirect_is_none_unless_the_method_was_get() {
    for status in [301, 302, 303] {
        let server = redirecting(status, "/target", "200 X").await;
        let client = server.client_with(|options| options.http_client(following()));
        client.request(Method::GET, "/").send().await.unwrap();
        let error = client.request(Method::POST, "/").send().await.unwrap_err();
        assert_eq!(
            (error.category(), error.is_retryable(), error.attempts()),
            (Category::Unconfirmed, false, 1)
        );
        assert!(
            matches!(&error, Error::UnexpectedResponse(response) if matches!(response.defect(), Defect::Redirected))
        );
        assert_eq!(
            error.to_string(),
            "200 OK: the server reports success, but a redirect was followed, perhaps with another method"
        );
        let lines = ["GET /", "GET /target", "POST /", "GET /target"];
        assert_eq!(server.lines(), lines.map(|line| format!("{line} HTTP/1.1")));
    }
}

#[tokio::test]
async fn request_that_was_redirected_is_not_sent_again() {
    let server = redirecting(303, "/target", "503 X\nRetry-After: 0").await;
    let error = server
        .client_with(|options| options.http_client(following()))
        .request(Method::POST, "/")
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));

    let (listener, address) = listen().await;
    drop(listener);
    let server = redirecting(303, &format!("http://{address}/target"), "200 X").await;
    let error = server
        .client_with(|options| options.http_client(following()))
        .request(Method::POST, "/")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Transport(failure) if failure.failure() == TransportFailure::NotConnected)
    );
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirect_to_another_host() {
    for credentials in [Credentials::basic("AC1", "secret"), Credentials::bearer("secret")] {
        let other = Scripted::responses(vec![whole("200 X", "{}")]).await;
        let target = format!("http://localhost:{}/target", other.address.port());
        let server = redirecting(307, &target, "200 X").await;
        let options = Options::new(credentials).base_url(server.base_url());
        let client = Client::connect(options.http_client(following())).unwrap();
        client.get_address("AD1").await.unwrap();
        assert!(server.requests()[0].contains("authorization: B"));
        assert!(
            !other.requests()[0].contains("authorization"),
            "{:?}",
            other.requests()
        );
    }
}
