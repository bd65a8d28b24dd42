//! Projects: reads and writes rows.

use fonedynamics_server::types::{
    CreatedProject, ListProjectsQuery, NewProject, ProjectChanges, ProjectDetails, ProjectPage,
};
use fonedynamics_server::{HandlerResult, operations};
use rusqlite::Transaction;

use crate::permissions::Caller;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    query: &ListProjectsQuery,
) -> HandlerResult<ProjectPage, operations::ListProjects> {
    Err("not written yet".into())
}

pub(crate) fn create(
    state: &Transaction<'_>,
    caller: &Caller,
    body: &NewProject,
) -> HandlerResult<CreatedProject, operations::CreateProject> {
    Err("not written yet".into())
}

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
) -> HandlerResult<ProjectDetails, operations::GetProject> {
    Err("not written yet".into())
}

pub(crate) fn update(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &ProjectChanges,
    now: i64,
) -> HandlerResult<(), operations::UpdateProject> {
    Err("not written yet".into())
}
