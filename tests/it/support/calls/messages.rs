//! Calls of the operations on messages.

use std::time::SystemTime;

use fonedynamics_client::Client;
use fonedynamics_client::types::{FindMessagesQuery, MessageDirection};
use fonedynamics_server::operations;
use serde_json::json;

use super::{Call, JSON};
use crate::support::examples;

/// One call of each operation.
pub(super) fn all() -> Vec<Call> {
    vec![
        Call::of(
            &operations::SEND_MESSAGE,
            "/v2/Properties/PR1/Messages",
            async |client: Client| {
                client
                    .send_message("PR1", &examples::typed_request("NewMessage", "namedSender"))
                    .await
            },
        )
        .with(json!("PR1"))
        .body(JSON, "NewMessage", "namedSender")
        .responds("MessageDetails"),
        Call::of(
            &operations::FIND_MESSAGES,
            "/v2/Properties/PR1/Messages?Date_From=0&Date_To=1772086400&Status=Delivered&Direction=Transmit",
            async |client: Client| {
                let query = FindMessagesQuery::new(SystemTime::UNIX_EPOCH, 1_772_086_400)
                    .status("Delivered")
                    .direction(MessageDirection::Transmit);
                client.find_messages("PR1", &query).await
            },
        )
        .with(json!("PR1"))
        .with(json!({
            "Date_From": 0, "Date_To": 1_772_086_400, "Status": "Delivered", "Direction": "Transmit",
            "Results_Skip": 0,
        }))
        .responds("MessagePage"),
        Call::of(
            &operations::SEND_MESSAGE_BATCH,
            "/v2/Properties/PR1/BatchMessages",
            async |client: Client| {
                client
                    .send_message_batch("PR1", &examples::typed_request("NewMessageBatch", "two"))
                    .await
            },
        )
        .with(json!("PR1"))
        .body(JSON, "NewMessageBatch", "two")
        .responds("BatchResult"),
        Call::of(
            &operations::GET_MESSAGE,
            "/v2/Messages/MG1",
            async |client: Client| client.get_message("MG1").await,
        )
        .with(json!("MG1"))
        .responds("MessageDetails"),
    ]
}
