//! Finds messages. Changes none, except that it lets the time that has gone by take effect.

use fonedynamics_server::types::{FindMessagesQuery, MessageDetails, MessagePage};
use fonedynamics_server::{Failure, HandlerResult, codes, operations};
use rusqlite::{OptionalExtension as _, Transaction, named_params};

use crate::permissions::Caller;
use crate::resources::messages::record::message;
use crate::resources::messages::settling::settle;
use crate::resources::page::Page;

/// The dates are those at which messages were created. The earliest message is the first.
pub(crate) fn find(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &FindMessagesQuery,
    now: i64,
) -> HandlerResult<MessagePage, operations::FindMessages> {
    if !caller.sees_project(state, property_sid)? {
        return Err(Failure::at(codes::PropertyNotFound, "PropertySid"));
    }
    settle(state, now)?;
    let page = Page::new(query.results_count, 200, query.results_skip);
    let mut statement = state.prepare(
        "SELECT * FROM messages
         WHERE property_sid = :property
           AND created >= :from AND created < :to
           AND (:status IS NULL OR status = :status)
           AND (:direction IS NULL OR direction = :direction)
         ORDER BY created, id LIMIT :count OFFSET :skip",
    )?;
    let found = statement.query_map(
        named_params! {
            ":property": property_sid,
            ":from": query.date_from,
            ":to": query.date_to,
            ":status": query.status.as_ref().map(|status| status.as_str()),
            ":direction": query.direction.as_ref().map(|direction| direction.as_str()),
            ":count": page.count,
            ":skip": page.skip,
        },
        message,
    )?;
    Ok(MessagePage::new(found.collect::<Result<Vec<_>, _>>()?))
}

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    message_sid: &str,
    now: i64,
) -> HandlerResult<MessageDetails, operations::GetMessage> {
    settle(state, now)?;
    let found = state
        .query_row(
            "SELECT * FROM messages
             WHERE sid = :sid AND property_sid IN (SELECT value FROM json_each(:projects))",
            named_params! {":sid": message_sid, ":projects": caller.projects},
            message,
        )
        .optional()?;
    let message = found.ok_or_else(|| {
        let expected = "MessageSid must be the identifier of a message.";
        Failure::at(codes::ParameterInvalid, "MessageSid").message(expected)
    })?;
    Ok(MessageDetails::new(message))
}
