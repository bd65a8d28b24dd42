//! The two programs of the README: the client calls the server. Runs their code, not a copy of it.

use fonedynamics_client::types::{ErrorCode, NewMessage};

use crate::support::served::Served;

// Their `main` functions are not called here, and as programs they have no one to hide things from.
#[allow(dead_code, unreachable_pub)]
#[path = "../../examples/consumer.rs"]
mod consumer;
#[allow(dead_code, unreachable_pub)]
#[path = "../../examples/server.rs"]
mod server;

fn message(text: &str) -> NewMessage {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn consumer_and_server_of_the_readme_understand_each_other() {
    let served = Served::router(fonedynamics_server::router(server::Messages)).await;
    let client = served.client("AC1");
    let sent = message(r#"{"To": "+61400000000", "Text": "Hello"}"#);
    assert_eq!(consumer::send(&client, &sent).await.unwrap(), "MG1");
    let no_number = message(r#"{"To": "0400 000 000", "Text": "Hello"}"#);
    assert_eq!(
        consumer::send(&client, &no_number).await.unwrap(),
        "correct [\"To\"]"
    );

    // What the consumer does not expect is passed on.
    let office = message(r#"{"To": "+61400000000", "From": "+61255501234", "Text": "Hello"}"#);
    let error = consumer::send(&client, &office).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::NumberBelongsToDifferentProperty));
    assert_eq!(error.fields(), ["From"]);
    let unknown_caller = served.client_as("AC1", "wrong");
    let error = consumer::send(&unknown_caller, &sent).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: UNAUTHORIZED: Credentials are missing or wrong."
    );
}
