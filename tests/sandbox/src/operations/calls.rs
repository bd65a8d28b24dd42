//! Records of calls: reads and writes rows.

use fonedynamics_server::types::{Call, CallPage, ListAccountCallsQuery, ListPropertyCallsQuery};
use fonedynamics_server::{HandlerResult, operations};
use rusqlite::Transaction;

use crate::permissions::Caller;

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    call_sid: &str,
    now: i64,
) -> HandlerResult<Call, operations::GetCall> {
    Err("not written yet".into())
}

pub(crate) fn list_of_project(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &ListPropertyCallsQuery,
    now: i64,
) -> HandlerResult<CallPage, operations::ListPropertyCalls> {
    Err("not written yet".into())
}

pub(crate) fn list_of_account(
    state: &Transaction<'_>,
    caller: &Caller,
    account_sid: &str,
    query: &ListAccountCallsQuery,
    now: i64,
) -> HandlerResult<CallPage, operations::ListAccountCalls> {
    Err("not written yet".into())
}
