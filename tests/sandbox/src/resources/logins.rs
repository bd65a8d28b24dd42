//! Online logins: reads and writes rows.

use fonedynamics_server::types::{
    CreatedOnlineLogin, ListOnlineLoginsQuery, NewOnlineLogin, OnlineLoginChanges, OnlineLoginDetails,
    OnlineLoginPage,
};
use fonedynamics_server::{HandlerResult, operations};
use rusqlite::Transaction;

use crate::permissions::Caller;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    query: &ListOnlineLoginsQuery,
) -> HandlerResult<OnlineLoginPage, operations::ListOnlineLogins> {
    Err("not written yet".into())
}

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    online_login_sid: &str,
) -> HandlerResult<OnlineLoginDetails, operations::GetOnlineLogin> {
    Err("not written yet".into())
}

pub(crate) fn update(
    state: &Transaction<'_>,
    caller: &Caller,
    online_login_sid: &str,
    body: &OnlineLoginChanges,
) -> HandlerResult<(), operations::UpdateOnlineLogin> {
    Err("not written yet".into())
}

pub(crate) fn create(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NewOnlineLogin,
    now: i64,
) -> HandlerResult<CreatedOnlineLogin, operations::CreateOnlineLogin> {
    Err("not written yet".into())
}
