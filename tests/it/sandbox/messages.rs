//! Text messages: which are accepted, and how they are found.

mod senders;
mod times;

use std::time::Duration;

use fonedynamics_client::Client;
use fonedynamics_client::types::{
    FindMessagesQuery, Message, MessageDirection, MessageStatus, NewMessage, NewMessageBatch, ProjectChanges,
};
use fonedynamics_sandbox::Sandbox;

use super::callers::{OTHER_PROJECT, PROJECTS, account, assert_alike, failure, login, tenant};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Numbers of the first project, of the second, and of the other tenant.
const NUMBERS: [&str; 3] = ["+61255501234", "+61370101234", "+61870101234"];

fn hello() -> NewMessage {
    NewMessage::new("+61491570156", "Hello")
}

async fn send(client: &Client, property_sid: &str, message: &NewMessage) -> Message {
    client
        .send_message(property_sid, message)
        .await
        .unwrap()
        .into_inner()
        .message
}

async fn read(client: &Client, message: &Message) -> Message {
    let sid = message.message_sid.as_deref().unwrap();
    client.get_message(sid).await.unwrap().into_inner().message
}

async fn find(client: &Client, property_sid: &str, query: FindMessagesQuery) -> Vec<Message> {
    client
        .find_messages(property_sid, &query)
        .await
        .unwrap()
        .into_inner()
        .messages
}

/// The time of the sandbox.
async fn now(client: &Client) -> i64 {
    send(client, PROJECTS[0], &hello()).await.created.unwrap()
}

fn advance(sandbox: &Sandbox, seconds: i64) {
    sandbox.advance(Duration::from_secs(seconds.try_into().unwrap()));
}

async fn change(client: &Client, change: ProjectChanges) {
    client.update_project(PROJECTS[0], &change).await.unwrap();
}

#[tokio::test]
async fn accepted_message_says_what_became_of_each_member() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let short = send(&client, PROJECTS[0], &hello()).await;
    assert_eq!(read(&client, &short).await.message_sid, short.message_sid);
    assert_eq!(
        (
            short.account_sid.as_deref(),
            short.property_sid.as_deref(),
            short.to.as_deref(),
            short.text.as_deref()
        ),
        (
            Some(Sandbox::ACCOUNT_SID),
            Some(PROJECTS[0]),
            Some("+61491570156"),
            Some("Hello")
        )
    );
    assert_eq!(
        (short.delivery_receipt, short.num_segments, short.external_id),
        (Some(true), Some(1), None)
    );
    assert_eq!(short.status, Some(MessageStatus::Processing));
    assert_eq!(short.direction, Some(MessageDirection::Transmit));
    assert_eq!(
        (short.scheduled, short.submitted, short.delivered),
        (None, None, None)
    );

    let message = NewMessage::new("+61491570157", "€".repeat(81))
        .from(NUMBERS[0])
        .external_id("order-8");
    let long = send(&client, PROJECTS[0], &message.delivery_receipt(false)).await;
    assert_eq!(
        (long.from.as_deref(), long.external_id.as_deref()),
        (Some(NUMBERS[0]), Some("order-8"))
    );
    assert_eq!((long.delivery_receipt, long.num_segments), (Some(false), Some(2)));
}

#[tokio::test]
async fn messages_of_projects_that_a_caller_does_not_see_are_missing() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let robin = login(&sandbox, "robin@example.com", "robin-password");
    let query = FindMessagesQuery::new(0, i64::MAX);
    for (caller, hidden) in [(&client, "none"), (&client, OTHER_PROJECT), (&robin, PROJECTS[1])] {
        let refused = caller.find_messages(hidden, &query).await;
        assert_eq!(failure(refused), "PROPERTY_NOT_FOUND at PropertySid");
    }
    for hidden in ["none", OTHER_PROJECT] {
        let refused = client.send_message(hidden, &hello()).await;
        assert_eq!(failure(refused), "PROPERTY_NOT_FOUND at PropertySid");
        let refused = client
            .send_message_batch(hidden, &NewMessageBatch::new([hello()]))
            .await;
        assert_eq!(failure(refused), "PROPERTY_NOT_FOUND at PropertySid");
    }
    let sent = send(&client, PROJECTS[1], &hello()).await.message_sid.unwrap();
    for caller in [robin, tenant(&sandbox)] {
        assert_alike(
            "PARAMETER_INVALID at MessageSid",
            client.get_message("none").await,
            caller.get_message(&sent).await,
        );
    }
    let received = client
        .get_message("MGW8L5P456VI1GQJ0EQ4KWWK4AXI71H9")
        .await
        .unwrap();
    assert_eq!(received.message.status, Some(MessageStatus::Received));
}

#[tokio::test]
async fn project_sends_once_messages_are_enabled_and_it_is_active() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let batch = NewMessageBatch::new([hello()]);
    for off in [
        ProjectChanges::default().sms_enabled(false),
        ProjectChanges::default().active(false),
    ] {
        change(&client, off).await;
        assert_eq!(
            failure(client.send_message(PROJECTS[0], &hello()).await),
            "FORBIDDEN"
        );
        assert_eq!(
            failure(client.send_message_batch(PROJECTS[0], &batch).await),
            "FORBIDDEN"
        );
        // Whatever the caller must change comes first.
        let refused = client
            .send_message(PROJECTS[0], &hello().from("+61491570158"))
            .await;
        assert_eq!(failure(refused), "NUMBER_NOT_FOUND at From");
        change(&client, ProjectChanges::default().sms_enabled(true).active(true)).await;
        send(&client, PROJECTS[0], &hello()).await;
        client.send_message_batch(PROJECTS[0], &batch).await.unwrap();
    }
}

#[tokio::test]
async fn batch_reports_each_message_in_its_order() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let start = now(&client).await;
    let batch = NewMessageBatch::new([
        hello().external_id("1"),
        hello().from(NUMBERS[1]),
        hello().from(NUMBERS[2]),
        hello().schedule(start + 15 * DAY),
        hello().from("123").schedule(0),
        hello().from("Example").external_id("2"),
    ]);
    let result = client
        .send_message_batch(PROJECTS[0], &batch)
        .await
        .unwrap()
        .into_inner();
    let told: Vec<_> = result
        .iter()
        .map(|entry| match entry.clone().into_result() {
            Ok(entry) => entry.external_id.unwrap(),
            Err(failed) => format!("{} {}", failed.code(), failed.message().unwrap()),
        })
        .collect();
    assert_eq!(
        told,
        [
            "1",
            "NUMBER_BELONGS_TO_DIFFERENT_PROPERTY The number in From belongs to another project.",
            "NUMBER_NOT_FOUND No phone number matches From.",
            "PARAMETER_INVALID Schedule must be less than an hour past and at most 14 days ahead.",
            "PARAMETER_INVALID From must be a phone number, a name with at least one letter, or blank.",
            "2",
        ]
    );
    let stored = find(&client, PROJECTS[0], FindMessagesQuery::new(start, start + HOUR)).await;
    let stored: Vec<_> = stored
        .iter()
        .flat_map(|message| message.external_id.as_deref())
        .collect();
    assert_eq!(stored, ["1", "2"]);
    // Of the wrong shape, one fails all.
    let batch = NewMessageBatch::new([hello(), NewMessage::new("0400 000 000", "Hello")]);
    let refused = client.send_message_batch(PROJECTS[0], &batch).await;
    assert_eq!(failure(refused), "INVALID_PHONENUMBER_FORMAT at Messages[1].To");
    assert_eq!(
        find(&client, PROJECTS[0], FindMessagesQuery::new(start, start + HOUR))
            .await
            .len(),
        3
    );
}

#[tokio::test]
async fn messages_are_found_by_date_status_and_direction() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let all = FindMessagesQuery::new(0, i64::MAX);
    let sids = |messages: Vec<Message>| -> Vec<String> {
        messages
            .into_iter()
            .flat_map(|message| message.message_sid)
            .collect()
    };
    let sent = send(&client, PROJECTS[0], &hello()).await;
    let (first, reply) = (
        "MGBPX76VIBL30MSWRQIDAQQ7VR8I1G5J",
        "MGW8L5P456VI1GQJ0EQ4KWWK4AXI71H9",
    );
    let last = sent.message_sid.clone().unwrap();
    assert_eq!(
        sids(find(&client, PROJECTS[0], all.clone()).await),
        [first, reply, &last]
    );
    let page = all.clone().results_count(1).results_skip(1);
    assert_eq!(sids(find(&client, PROJECTS[0], page).await), [reply]);
    assert!(
        find(&client, PROJECTS[0], all.clone().results_count(0))
            .await
            .is_empty()
    );

    let received = all.clone().direction(MessageDirection::Receive);
    assert_eq!(sids(find(&client, PROJECTS[0], received).await), [reply]);
    advance(&sandbox, 5);
    let delivered = all.clone().status(MessageStatus::Delivered);
    assert_eq!(
        sids(find(&client, PROJECTS[0], delivered.clone()).await),
        [first, &last]
    );
    assert!(
        find(
            &client,
            PROJECTS[0],
            delivered.direction(MessageDirection::Receive)
        )
        .await
        .is_empty()
    );

    let created = sent.created.unwrap();
    assert_eq!(
        sids(find(&client, PROJECTS[0], FindMessagesQuery::new(created, created + 1)).await),
        [last]
    );
    for (from, to) in [
        (created - HOUR, created),
        (created + 1, created + HOUR),
        (created, created),
    ] {
        assert!(
            find(&client, PROJECTS[0], FindMessagesQuery::new(from, to))
                .await
                .is_empty()
        );
    }
}
