//! When a message is sent, and what becomes of it.

use fonedynamics_client::types::{MessageStatus, ProjectChanges};
use fonedynamics_sandbox::Sandbox;

use super::super::callers::{PROJECTS, account, failure};
use super::{DAY, HOUR, advance, change, hello, now, read, send};

#[tokio::test]
async fn message_is_scheduled_from_an_hour_past_to_14_days_ahead() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let now = now(&client).await;
    // The clock goes on while this test runs.
    for wrong in [now + 14 * DAY + 60, now - HOUR, i64::MAX, i64::MIN, 0] {
        let refused = client.send_message(PROJECTS[0], &hello().schedule(wrong)).await;
        let message = refused.as_ref().unwrap_err().message().unwrap().to_owned();
        assert_eq!(
            message,
            "Schedule must be less than an hour past and at most 14 days ahead."
        );
        assert_eq!(failure(refused), "PARAMETER_INVALID at Schedule");
    }
    let ahead = send(&client, PROJECTS[0], &hello().schedule(now + 14 * DAY)).await;
    let past = send(&client, PROJECTS[0], &hello().schedule(now - HOUR + 60)).await;
    assert_eq!(past.scheduled, Some(now - HOUR + 60));
    advance(&sandbox, 10);
    assert_eq!(
        read(&client, &past).await.submitted,
        Some(past.created.unwrap() + 2)
    );
    advance(&sandbox, 14 * DAY - 60);
    assert_eq!(
        read(&client, &ahead).await.status,
        Some(MessageStatus::Processing)
    );
    advance(&sandbox, 60);
    let ahead = read(&client, &ahead).await;
    assert_eq!(
        (ahead.submitted, ahead.scheduled),
        (Some(now + 14 * DAY + 2), Some(now + 14 * DAY))
    );
}

#[tokio::test]
async fn message_is_submitted_and_delivered_as_time_goes() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let due = now(&client).await + HOUR;
    let with = send(&client, PROJECTS[0], &hello().schedule(due)).await;
    let without = send(
        &client,
        PROJECTS[0],
        &hello().schedule(due).delivery_receipt(false),
    )
    .await;
    advance(&sandbox, HOUR - 100);
    assert_eq!(read(&client, &with).await, with);
    advance(&sandbox, 110);
    let without = read(&client, &without).await;
    assert_eq!(
        (without.status, without.delivered),
        (Some(MessageStatus::Submitted), None)
    );
    assert_eq!(without.submitted, Some(due + 2));
    let with = read(&client, &with).await;
    assert_eq!(
        (with.status, with.error_code),
        (Some(MessageStatus::Delivered), None)
    );
    assert_eq!((with.submitted, with.delivered), (Some(due + 2), Some(due + 5)));
}

#[tokio::test]
async fn message_whose_project_cannot_send_when_it_is_due_fails() {
    for off in [
        ProjectChanges::default().sms_enabled(false),
        ProjectChanges::default().active(false),
    ] {
        for looks_in_between in [true, false] {
            let sandbox = Sandbox::start().await.unwrap();
            let client = account(&sandbox);
            let start = now(&client).await;
            let mut messages = Vec::new();
            for hours in [1, 2, 3] {
                messages.push(send(&client, PROJECTS[0], &hello().schedule(start + hours * HOUR)).await);
            }
            // The first and the last are due while the project can send, the second while it cannot.
            for changed in [
                off.clone(),
                ProjectChanges::default().sms_enabled(true).active(true),
            ] {
                advance(&sandbox, HOUR + HOUR / 4);
                if looks_in_between {
                    read(&client, &messages[0]).await;
                }
                change(&client, changed).await;
            }
            advance(&sandbox, HOUR);
            let [first, second, last] = &messages[..] else {
                unreachable!()
            };
            for delivered in [first, last] {
                let message = read(&client, delivered).await;
                assert_eq!(message.status, Some(MessageStatus::Delivered));
                assert_eq!(message.submitted, Some(delivered.scheduled.unwrap() + 2));
            }
            let failed = read(&client, second).await;
            assert_eq!(
                (failed.status, failed.submitted),
                (Some(MessageStatus::Failed), None)
            );
            assert_eq!(failed.error_code.as_deref(), Some("UNDELIVERABLE"));
        }
    }
}

#[tokio::test]
async fn message_that_was_due_before_its_project_was_switched_off_is_delivered() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let sent = send(&client, PROJECTS[0], &hello()).await;
    let seen = read(&client, &sent).await;
    // When it will be submitted is known, and not told before.
    assert_eq!(
        seen.submitted.is_some(),
        seen.status == Some(MessageStatus::Submitted)
    );
    change(&client, ProjectChanges::default().active(false)).await;
    advance(&sandbox, 5);
    assert_eq!(read(&client, &sent).await.status, Some(MessageStatus::Delivered));
}
