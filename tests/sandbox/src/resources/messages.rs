//! Text messages: reads and writes rows.

use fonedynamics_server::types::{
    BatchResult, FindMessagesQuery, MessageDetails, MessagePage, NewMessage, NewMessageBatch,
};
use fonedynamics_server::{Context, HandlerResult, operations};
use rusqlite::Transaction;

use crate::permissions::Caller;

pub(crate) fn send(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NewMessage,
    now: i64,
) -> HandlerResult<MessageDetails, operations::SendMessage> {
    Err("not written yet".into())
}

pub(crate) fn find(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &FindMessagesQuery,
    now: i64,
) -> HandlerResult<MessagePage, operations::FindMessages> {
    Err("not written yet".into())
}

pub(crate) fn send_batch(
    state: &Transaction<'_>,
    context: &Context<Caller>,
    property_sid: &str,
    body: &NewMessageBatch,
    now: i64,
) -> HandlerResult<BatchResult, operations::SendMessageBatch> {
    Err("not written yet".into())
}

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    message_sid: &str,
    now: i64,
) -> HandlerResult<MessageDetails, operations::GetMessage> {
    Err("not written yet".into())
}
