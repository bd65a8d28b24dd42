//! Call flows: reads and writes rows.

use fonedynamics_server::types::{FlowPage, ListFlowsQuery};
use fonedynamics_server::{HandlerResult, operations};
use rusqlite::Transaction;

use crate::permissions::Caller;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &ListFlowsQuery,
) -> HandlerResult<FlowPage, operations::ListFlows> {
    Err("not written yet".into())
}
