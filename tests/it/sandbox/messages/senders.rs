//! From whom a message comes.

use fonedynamics_client::Client;
use fonedynamics_client::types::{NewMessage, NewOnlineLogin, NewProject, NumberPurchase};
use fonedynamics_sandbox::Sandbox;

use super::super::callers::{PROJECTS, account, failure, login};
use super::{DAY, NUMBERS, advance, hello, send};

/// The sender that a message gets.
async fn sender(client: &Client, property_sid: &str, message: &NewMessage) -> String {
    send(client, property_sid, message).await.from.unwrap()
}

#[tokio::test]
async fn sender_that_is_a_number_is_one_of_the_project_that_can_send() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    assert_eq!(
        sender(&client, PROJECTS[0], &hello().from(NUMBERS[0])).await,
        NUMBERS[0]
    );
    // No address in Great Britain makes this one active.
    let pending = NumberPurchase::new("+442079460123");
    client.purchase_number(PROJECTS[0], &pending).await.unwrap();
    for (number, expected) in [
        (NUMBERS[1], "NUMBER_BELONGS_TO_DIFFERENT_PROPERTY at From"),
        (NUMBERS[2], "NUMBER_NOT_FOUND at From"),
        ("+61255505678", "NUMBER_NOT_FOUND at From"),
        ("+611800975707", "PARAMETER_INVALID at From"),
        ("+442079460123", "PARAMETER_INVALID at From"),
        ("123", "PARAMETER_INVALID at From"),
    ] {
        let refused = client.send_message(PROJECTS[0], &hello().from(number)).await;
        assert_eq!(failure(refused), expected, "{number}");
    }
    // Also for a login that sees the first project alone.
    let scopes = NewOnlineLogin::new("lee@example.com", "p", "Lee", "New", "ManageSms");
    client
        .create_online_login(PROJECTS[0], &scopes.enabled(true))
        .await
        .unwrap();
    let lee = login(&sandbox, "lee@example.com", "p");
    assert_eq!(
        sender(&lee, PROJECTS[0], &hello().from(NUMBERS[0])).await,
        NUMBERS[0]
    );
    let refused = lee.send_message(PROJECTS[0], &hello().from(NUMBERS[1])).await;
    assert_eq!(failure(refused), "NUMBER_BELONGS_TO_DIFFERENT_PROPERTY at From");
}

#[tokio::test]
async fn name_is_kept_where_there_are_named_senders() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let named = hello().from("Example 1");
    assert_eq!(sender(&client, PROJECTS[0], &named).await, "Example 1");
    let leased = sender(&client, PROJECTS[0], &hello()).await;
    assert!(leased.starts_with("+614915"), "{leased}");
    for blank in ["", "   "] {
        assert_eq!(sender(&client, PROJECTS[0], &hello().from(blank)).await, leased);
    }
    let american = NewMessage::new("+12125550199", "Hello");
    let leased = sender(&client, PROJECTS[0], &american).await;
    assert_eq!(
        sender(&client, PROJECTS[0], &american.clone().from("Example 1")).await,
        leased
    );
    assert_eq!(
        sender(&client, PROJECTS[0], &american.from(NUMBERS[0])).await,
        NUMBERS[0]
    );
}

#[tokio::test]
async fn leased_number_is_that_of_one_project_for_one_recipient_for_30_days() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let mut projects = Vec::new();
    for name in ["1", "2", "3", "4", "5", "6"] {
        let project = NewProject::new(name, "example.com", "UTC").sms_enabled(true);
        let created = client.create_project(&project).await.unwrap();
        projects.push(created.property.property_sid.clone().unwrap());
    }
    let mut leased = vec![sender(&client, &projects[0], &hello()).await];
    // Another recipient has leases of its own.
    let to_another = NewMessage::new("+61491570157", "Hello");
    assert_eq!(sender(&client, &projects[1], &to_another).await, leased[0]);
    for project in &projects[1..5] {
        leased.push(sender(&client, project, &hello()).await);
    }
    let mut distinct = leased.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 5);
    for (project, number) in projects.iter().zip(&leased) {
        assert_eq!(sender(&client, project, &hello()).await, *number);
    }
    // The first to end gives way to the sixth, and then the second to the first.
    assert_eq!(sender(&client, &projects[5], &hello()).await, leased[0]);
    assert_eq!(sender(&client, &projects[0], &hello()).await, leased[1]);
    advance(&sandbox, 30 * DAY - 100);
    assert_eq!(sender(&client, &projects[0], &hello()).await, leased[1]);
    advance(&sandbox, 100);
    assert_eq!(sender(&client, &projects[3], &hello()).await, leased[0]);
}
