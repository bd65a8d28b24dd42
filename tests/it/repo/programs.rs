//! The two programs of the README, talking to each other. Runs their code, not a copy of it.

use fonedynamics_client::types::ErrorCode;

use crate::support::credentials::USER;
use crate::support::recorder::Recorder;
use crate::support::served::Served;

// Their `main` functions are not called here, and as programs they have no one to hide things from.
#[allow(dead_code, unreachable_pub)]
#[path = "../../examples/consumer.rs"]
mod consumer;
#[allow(dead_code, unreachable_pub)]
#[path = "../../examples/server.rs"]
mod server;

#[tokio::test]
async fn consumer_and_server_of_the_readme_understand_each_other() {
    let served = Served::router(fonedynamics_server::router(server::Addresses)).await;
    let client = served.client("AC1");
    let office = consumer::remove_address(&client, "OFFICE").await.unwrap();
    assert_eq!(office, "Link its numbers to another address first.");
    let warehouse = consumer::remove_address(&client, "WAREHOUSE").await.unwrap();
    assert_eq!(warehouse, "The address is gone.");

    let error = client.remove_address("OFFICE").await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::AddressCannotBeDeleted));
    assert_eq!(
        (error.status().unwrap().as_u16(), error.fields()),
        (403, vec!["AddressSid"])
    );
}

#[tokio::test]
async fn consumer_of_the_readme_knows_that_an_address_can_be_unknown() {
    let recorder = Recorder::default();
    recorder.raise(&ErrorCode::AddressNotFound);
    let served = Served::router(recorder.router()).await;
    let said = consumer::remove_address(&served.client(USER), "NOWHERE")
        .await
        .unwrap();
    assert_eq!(said, "There was no such address.");
}

#[tokio::test]
async fn consumer_of_the_readme_passes_on_what_it_does_not_expect() {
    let served = Served::router(fonedynamics_server::router(server::Addresses)).await;
    let client = served.client_as("AC1", "wrong");
    let error = consumer::remove_address(&client, "OFFICE").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: UNAUTHORIZED: Credentials are missing or wrong."
    );
}
