//! Call flows of projects.

use fonedynamics_server::types::{Flow, FlowPage, ListFlowsQuery};
use fonedynamics_server::{Failure, HandlerResult, codes, operations};
use rusqlite::{Row, Transaction, named_params};

use crate::permissions::Caller;
use crate::resources::page::Page;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &ListFlowsQuery,
) -> HandlerResult<FlowPage, operations::ListFlows> {
    if !caller.sees_project(state, property_sid)? {
        return Err(Failure::at(codes::PropertyNotFound, "PropertySid"));
    }
    let page = Page::new(query.results_count, 50, query.results_skip);
    let mut statement = state
        .prepare("SELECT * FROM flows WHERE property_sid = :project ORDER BY id LIMIT :count OFFSET :skip")?;
    let found = statement.query_map(
        named_params! {":project": property_sid, ":count": page.count, ":skip": page.skip},
        flow,
    )?;
    Ok(FlowPage::new(found.collect::<Result<Vec<_>, _>>()?))
}

/// A flow without its `Type`, whose values are not public.
fn flow(row: &Row<'_>) -> rusqlite::Result<Flow> {
    let mut flow = Flow::default();
    flow.property_sid = row.get("property_sid")?;
    flow.config_id = row.get("config_id")?;
    flow.revision = row.get("revision")?;
    flow.name = row.get("name")?;
    flow.last_updated = row.get("last_updated")?;
    Ok(flow)
}
