//! Phone numbers: reads and writes rows.

use fonedynamics_server::types::{
    ListAccountNumbersQuery, ListPropertyNumbersQuery, Number, NumberConfiguration, NumberPage,
    NumberPurchase, PurchasedNumber,
};
use fonedynamics_server::{HandlerResult, operations};
use rusqlite::Transaction;

use crate::permissions::Caller;

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    number: &str,
) -> HandlerResult<Number, operations::GetNumber> {
    Err("not written yet".into())
}

pub(crate) fn configure(
    state: &Transaction<'_>,
    caller: &Caller,
    number: &str,
    body: &NumberConfiguration,
) -> HandlerResult<Number, operations::ConfigureNumber> {
    Err("not written yet".into())
}

pub(crate) fn list_of_project(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &ListPropertyNumbersQuery,
) -> HandlerResult<NumberPage, operations::ListPropertyNumbers> {
    Err("not written yet".into())
}

pub(crate) fn purchase(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NumberPurchase,
) -> HandlerResult<PurchasedNumber, operations::PurchaseNumber> {
    Err("not written yet".into())
}

pub(crate) fn list_of_account(
    state: &Transaction<'_>,
    caller: &Caller,
    account_sid: &str,
    query: &ListAccountNumbersQuery,
) -> HandlerResult<NumberPage, operations::ListAccountNumbers> {
    Err("not written yet".into())
}
