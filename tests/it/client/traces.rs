//! The span of a call: what it says, and what it never says.

use std::time::Duration;

use fonedynamics_client::RetryPolicy;
use fonedynamics_client::types::ListAddressesQuery;

use crate::support::credentials::PASSWORD;
use crate::support::log::Log;
use crate::support::scripted::{Scripted, whole};
use crate::support::snapshot;

#[tokio::test]
async fn span_names_the_call_and_its_outcome_and_nothing_that_is_secret() {
    const BODY: &str = r#"{"ResponseStatus":{"ErrorCode":"ADDRESS_NOT_FOUND","Message":"secret text"}}"#;
    let log = Log::keep();
    let server = Scripted::responses(vec![whole("503 X", "secret page"), whole("400 X", BODY)]).await;
    let retries = RetryPolicy::default().base_delay(Duration::ZERO);
    let client = server.client_with(|options| options.retries(retries));
    let query = ListAddressesQuery::default().city("secret city");
    client.list_addresses("secret-account", &query).await.unwrap_err();
    let broken = Scripted::responses(vec![Vec::new()]).await;
    broken.client().get_address("secret-address").await.unwrap_err();

    let text = log.text();
    let without_times = |line: &str| line.split(" time.busy").next().unwrap().to_owned();
    let lines: Vec<_> = text.lines().map(without_times).collect();
    snapshot("client/traces", &lines.join("\n"));
    for hidden in ["secret", PASSWORD, "QUMx"] {
        assert!(!text.contains(hidden), "{text}");
    }
}

#[tokio::test]
async fn span_ends_when_the_response_was_read() {
    let log = Log::keep();
    let server = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let response = server.client().get_address("AD1").await.unwrap();
    assert!(log.text().contains("close"), "{}", log.text());
    drop(response);
}
