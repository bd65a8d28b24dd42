//! A stored message as the API shows it.

use fonedynamics_server::types::{Message, MessageDirection, MessageStatus};
use rusqlite::Row;

/// The message of a row of the table.
pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let status: String = row.get("status")?;
    let direction: String = row.get("direction")?;
    let mut message = Message::default();
    message.message_sid = row.get("sid")?;
    message.account_sid = row.get("account_sid")?;
    message.property_sid = row.get("property_sid")?;
    message.from = row.get("sender")?;
    message.to = row.get("recipient")?;
    message.text = row.get("text")?;
    message.delivery_receipt = row.get("delivery_receipt")?;
    message.num_segments = row.get("segments")?;
    message.status = Some(MessageStatus::from(status.as_str()));
    message.direction = Some(MessageDirection::from(direction.as_str()));
    message.scheduled = row.get("scheduled")?;
    message.created = row.get("created")?;
    message.submitted = row.get("submitted")?;
    message.delivered = row.get("delivered")?;
    message.received = row.get("received")?;
    message.error_code = row.get("error_code")?;
    message.external_id = row.get("external_id")?;
    if message.status == Some(MessageStatus::Processing) {
        // Known already, and still to come.
        message.submitted = None;
    }
    Ok(message)
}
