//! The programs of the README: the client calls the server, whose requests are counted. Runs their code, not a copy
//! of it.

use fonedynamics_client::Method;
use fonedynamics_client::types::{ErrorCode, NewMessage};

use crate::support::log::Log;
use crate::support::served::Served;

// Their `main` functions are not called here, and as programs they have no one to hide things from.
#[allow(dead_code, unreachable_pub)]
#[path = "../../examples/consumer.rs"]
mod consumer;
#[allow(dead_code, unreachable_pub)]
#[path = "../../examples/metrics.rs"]
mod metrics;
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

#[tokio::test]
async fn metrics_count_requests_by_operation_and_code() {
    let requests = metrics::Requests::default();
    let _log = Log::keep_with(requests.clone());
    let served = Served::router(fonedynamics_server::router(server::Messages)).await;
    let client = served.client("AC1");
    let sent = message(r#"{"To": "+61400000000", "Text": "Hello"}"#);
    for _ in 0..2 {
        consumer::send(&client, &sent).await.unwrap();
    }
    client.get_call("CA1").await.unwrap_err();
    client.request(Method::GET, "/nowhere").send().await.unwrap_err();
    let counts = requests.counts().into_iter();
    let counts: Vec<_> = counts
        .map(|((operation, code), count)| format!("{operation} {code} {count}"))
        .collect();
    assert_eq!(
        counts,
        [
            " PARAMETER_INVALID 1",
            "getCall INTERNAL_SERVER_ERROR 1",
            "sendMessage  2"
        ]
    );
}
