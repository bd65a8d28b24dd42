//! Projects, which paths and identifiers call properties.

use fonedynamics_server::types::{
    CreatedProject, ListProjectsQuery, NewProject, Project, ProjectChanges, ProjectDetails, ProjectPage,
};
use fonedynamics_server::{Failure, HandlerResult, codes, operations};
use rusqlite::{OptionalExtension as _, Row, Transaction, named_params};

use crate::permissions::Caller;
use crate::resources::identifier;
use crate::resources::messages::settle;
use crate::resources::page::Page;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    query: &ListProjectsQuery,
) -> HandlerResult<ProjectPage, operations::ListProjects> {
    let total = state.query_row(
        "SELECT count(*) FROM projects WHERE sid IN (SELECT value FROM json_each(:projects))",
        named_params! {":projects": caller.projects},
        |row| row.get(0),
    )?;
    let page = Page::new(query.results_count, 50, query.results_skip);
    let mut statement = state.prepare(
        "SELECT * FROM projects WHERE sid IN (SELECT value FROM json_each(:projects))
         ORDER BY id LIMIT :count OFFSET :skip",
    )?;
    let found = statement.query_map(
        named_params! {":projects": caller.projects, ":count": page.count, ":skip": page.skip},
        project,
    )?;
    let mut projects = ProjectPage::new(found.collect::<Result<Vec<_>, _>>()?).total_count(total);
    projects.next_page_token = page.next(total);
    Ok(projects)
}

pub(crate) fn create(
    state: &Transaction<'_>,
    caller: &Caller,
    body: &NewProject,
) -> HandlerResult<CreatedProject, operations::CreateProject> {
    if !is_time_zone(state, &body.time_zone)? {
        return Err(Failure::at(codes::UnknownTimeZone, "TimeZone"));
    }
    let stored = state.query_row(
        "INSERT INTO projects (sid, account_sid, name, main_domain, time_zone, sms_enabled, call_recording_enabled,
                               integrations_enabled, active)
         VALUES (:sid, :account, :name, :main_domain, :time_zone, :sms_enabled, :call_recording_enabled,
                 :integrations_enabled, :active)
         RETURNING *",
        named_params! {
            ":sid": identifier::sid("S"),
            ":account": caller.account,
            ":name": body.name,
            ":main_domain": body.main_domain,
            ":time_zone": body.time_zone,
            ":sms_enabled": body.sms_enabled.unwrap_or(false),
            ":call_recording_enabled": body.call_recording_enabled.unwrap_or(false),
            ":integrations_enabled": body.integrations_enabled.unwrap_or(false),
            ":active": body.active.unwrap_or(true),
        },
        project,
    )?;
    Ok(CreatedProject::new(stored))
}

/// The project is in the member `Property`, as creating one returns it.
pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
) -> HandlerResult<ProjectDetails, operations::GetProject> {
    let found = find(state, caller, property_sid)?;
    let project = found.ok_or_else(|| Failure::at(codes::PropertyNotFound, "PropertySid"))?;
    Ok(ProjectDetails::default().property(project))
}

/// Every member can be cleared. One that was is absent when the project is read, and a boolean then counts as its
/// default.
pub(crate) fn update(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &ProjectChanges,
    now: i64,
) -> HandlerResult<(), operations::UpdateProject> {
    if let Some(time_zone) = body.time_zone.value()
        && !is_time_zone(state, time_zone)?
    {
        return Err(Failure::at(codes::UnknownTimeZone, "TimeZone"));
    }
    let found = find(state, caller, property_sid)?;
    let old = found.ok_or_else(|| Failure::at(codes::PropertyNotFound, "PropertySid"))?;
    // What becomes of messages that are due by now is decided by what the project was until now.
    settle(state, now)?;
    let new = body.clone();
    state.execute(
        "UPDATE projects
         SET name = :name, main_domain = :main_domain, time_zone = :time_zone, sms_enabled = :sms_enabled,
             call_recording_enabled = :call_recording_enabled, integrations_enabled = :integrations_enabled,
             active = :active
         WHERE sid = :sid",
        named_params! {
            ":sid": property_sid,
            ":name": new.name.into_change().unwrap_or(old.name),
            ":main_domain": new.main_domain.into_change().unwrap_or(old.main_domain),
            ":time_zone": new.time_zone.into_change().unwrap_or(old.time_zone),
            ":sms_enabled": new.sms_enabled.into_change().unwrap_or(old.sms_enabled),
            ":call_recording_enabled":
                new.call_recording_enabled.into_change().unwrap_or(old.call_recording_enabled),
            ":integrations_enabled": new.integrations_enabled.into_change().unwrap_or(old.integrations_enabled),
            ":active": new.active.into_change().unwrap_or(old.active),
        },
    )?;
    Ok(())
}

/// The project with this identifier, if the caller may use it.
fn find(state: &Transaction<'_>, caller: &Caller, property_sid: &str) -> rusqlite::Result<Option<Project>> {
    let found = state.query_row(
        "SELECT * FROM projects WHERE sid = :sid AND sid IN (SELECT value FROM json_each(:projects))",
        named_params! {":sid": property_sid, ":projects": caller.projects},
        project,
    );
    found.optional()
}

/// Whether Windows has a time zone with this id, in exactly these letters.
fn is_time_zone(state: &Transaction<'_>, name: &str) -> rusqlite::Result<bool> {
    state.query_row(
        "SELECT EXISTS (SELECT * FROM time_zones WHERE name = :name)",
        named_params! {":name": name},
        |row| row.get(0),
    )
}

fn project(row: &Row<'_>) -> rusqlite::Result<Project> {
    let mut project = Project::default();
    project.account_sid = row.get("account_sid")?;
    project.property_sid = row.get("sid")?;
    project.name = row.get("name")?;
    project.main_domain = row.get("main_domain")?;
    project.time_zone = row.get("time_zone")?;
    project.sms_enabled = row.get("sms_enabled")?;
    project.call_recording_enabled = row.get("call_recording_enabled")?;
    project.integrations_enabled = row.get("integrations_enabled")?;
    project.active = row.get("active")?;
    Ok(project)
}
