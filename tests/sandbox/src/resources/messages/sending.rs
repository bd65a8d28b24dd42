//! Accepts messages.

use fonedynamics_server::types::{
    BatchEntry, BatchResult, Message, MessageDetails, NewMessage, NewMessageBatch,
};
use fonedynamics_server::{Context, Failure, HandlerResult, codes, operations};
use rusqlite::{OptionalExtension as _, Transaction, named_params};

use crate::permissions::Caller;
use crate::resources::identifier;
use crate::resources::invalid::Invalid;
use crate::resources::messages::leases::lease;
use crate::resources::messages::record::message;
use crate::resources::messages::segments::segments;
use crate::resources::messages::settling::settle;

/// How far ahead a message can be scheduled, in seconds.
const FUTURE: i64 = 14 * 24 * 60 * 60;

/// How far past the time can be for which a message is scheduled, in seconds. One second less is still sent at once.
const PAST: i64 = 60 * 60;

/// What one message is refused for.
type Refused = Failure<operations::SendMessage>;

pub(crate) fn send(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NewMessage,
    now: i64,
) -> HandlerResult<MessageDetails, operations::SendMessage> {
    settle(state, now)?;
    check_values(body, now)?;
    let sends_messages = sends_messages(state, caller, property_sid)?;
    let sends_messages = sends_messages.ok_or_else(|| Failure::at(codes::PropertyNotFound, "PropertySid"))?;
    check_sender(state, caller, property_sid, body)??;
    if !sends_messages {
        return Err(Failure::new(codes::Forbidden).message(DISABLED));
    }
    let message = store(state, caller, property_sid, body, now)?;
    Ok(MessageDetails::new(message))
}

/// The messages are accepted in their order. One that is refused is not stored, and does not keep the others back.
pub(crate) fn send_batch(
    state: &Transaction<'_>,
    context: &Context<Caller>,
    property_sid: &str,
    body: &NewMessageBatch,
    now: i64,
) -> HandlerResult<BatchResult, operations::SendMessageBatch> {
    settle(state, now)?;
    let caller = &context.caller;
    match sends_messages(state, caller, property_sid)? {
        None => return Err(Failure::at(codes::PropertyNotFound, "PropertySid")),
        Some(false) => return Err(Failure::new(codes::Forbidden).message(DISABLED)),
        Some(true) => {}
    }
    let mut entries = Vec::new();
    for body in &body.messages {
        let checked = match check_values(body, now) {
            Ok(()) => check_sender(state, caller, property_sid, body)?,
            refused => refused,
        };
        entries.push(match checked {
            Ok(()) => accepted(store(state, caller, property_sid, body, now)?),
            Err(failure) => {
                let (code, message) = context.entry(failure);
                BatchEntry::default().error_code(code).message(message)
            }
        });
    }
    Ok(BatchResult(entries))
}

/// What a caller reads of a project that cannot send messages.
const DISABLED: &str = "Text messages are not enabled for the project, or it is not active.";

/// Whether a project can send messages. Nothing if the caller does not see it.
fn sends_messages(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
) -> rusqlite::Result<Option<bool>> {
    let found = state.query_row(
        "SELECT sends_messages FROM projects
         WHERE sid = :sid AND sid IN (SELECT value FROM json_each(:projects))",
        named_params! {":sid": property_sid, ":projects": caller.projects},
        |row| row.get(0),
    );
    found.optional()
}

/// What the document says of senders and times beyond the form of the values.
fn check_values(body: &NewMessage, now: i64) -> Result<(), Refused> {
    let mut invalid = Invalid::default();
    if let Sender::Name(name) = sender(body)
        && !name.contains(|character: char| character.is_ascii_alphabetic())
    {
        invalid.add(
            "From",
            "a phone number, a name with at least one letter, or blank",
        );
    }
    if let Some(time) = body.schedule
        && (time > now + FUTURE || time <= now - PAST)
    {
        invalid.add("Schedule", "less than an hour past and at most 14 days ahead");
    }
    invalid.finish()
}

/// Who a request says that a message is from.
enum Sender<'a> {
    Leased,
    Name(&'a str),
    Number(&'a str),
}

fn sender(body: &NewMessage) -> Sender<'_> {
    match body.from.as_deref().unwrap_or_default() {
        blank if blank.trim().is_empty() => Sender::Leased,
        number if number.starts_with('+') => Sender::Number(number),
        name => Sender::Name(name),
    }
}

/// A number must be one of the project, active, and able to send messages. One of another project of the account belongs
/// to that project also for a caller that does not see it, as in a purchase.
fn check_sender(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NewMessage,
) -> rusqlite::Result<Result<(), Refused>> {
    let Sender::Number(number) = sender(body) else {
        return Ok(Ok(()));
    };
    let found = state
        .query_row(
            "SELECT property_sid = :property, status IS 'Active', ',' || capabilities || ',' LIKE '%,SMS,%'
             FROM numbers JOIN projects ON projects.sid = property_sid
             WHERE number = :number AND account_sid = :account",
            named_params! {":property": property_sid, ":number": number, ":account": caller.account},
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let mut invalid = Invalid::default();
    match found {
        None => return Ok(Err(Failure::at(codes::NumberNotFound, "From"))),
        Some((false, ..)) => {
            return Ok(Err(Failure::at(codes::NumberBelongsToDifferentProperty, "From")));
        }
        Some((true, false, _)) => invalid.add("From", "a number that is active"),
        Some((true, true, false)) => invalid.add("From", "a number with the capability SMS"),
        Some((true, true, true)) => {}
    }
    Ok(invalid.finish())
}

/// Stores a message that was checked.
fn store(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NewMessage,
    now: i64,
) -> rusqlite::Result<Message> {
    let from = match sender(body) {
        Sender::Number(number) => number.to_owned(),
        // The United States, Canada and the others with this prefix have no named senders.
        Sender::Name(name) if !body.to.starts_with("+1") => name.to_owned(),
        Sender::Name(_) | Sender::Leased => lease(state, property_sid, &body.to, now)?,
    };
    state.query_row(
        "INSERT INTO messages (sid, account_sid, property_sid, sender, recipient, text, delivery_receipt, segments,
                               status, direction, scheduled, created, external_id)
         VALUES (:sid, :account, :property, :from, :to, :text, :delivery_receipt, :segments,
                 'Processing', 'Transmit', :scheduled, :now, :external_id)
         RETURNING *",
        named_params! {
            ":sid": identifier::sid("MG"),
            ":account": caller.account,
            ":property": property_sid,
            ":from": from,
            ":to": body.to,
            ":text": body.text,
            ":delivery_receipt": body.delivery_receipt.unwrap_or(true),
            ":segments": i64::try_from(segments(&body.text)).unwrap_or(i64::MAX),
            ":scheduled": body.schedule,
            ":now": now,
            ":external_id": body.external_id,
        },
        message,
    )
}

/// The entry of a message that was accepted.
fn accepted(message: Message) -> BatchEntry {
    let mut entry = BatchEntry::default();
    entry.message_sid = message.message_sid;
    entry.account_sid = message.account_sid;
    entry.property_sid = message.property_sid;
    entry.from = message.from;
    entry.to = message.to;
    entry.text = message.text;
    entry.delivery_receipt = message.delivery_receipt;
    entry.num_segments = message.num_segments;
    entry.status = message.status;
    entry.direction = message.direction;
    entry.scheduled = message.scheduled;
    entry.created = message.created;
    entry.external_id = message.external_id;
    entry
}
