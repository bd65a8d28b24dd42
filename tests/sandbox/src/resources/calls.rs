//! Records of calls to the numbers of projects. A call is there once it has begun: those that begin later come in as the
//! clock moves. Nothing else changes a call.

use fonedynamics_server::types::{Call, CallPage, ListAccountCallsQuery, ListPropertyCallsQuery};
use fonedynamics_server::{Endpoint, Failure, HandlerResult, Lists, codes, operations};
use rusqlite::types::Value as Column;
use rusqlite::{OptionalExtension as _, Row, Transaction, named_params};
use serde_json::{Value, json};

use crate::permissions::Caller;
use crate::resources::filter::any_of;
use crate::resources::page::Page;

/// The members of a call that the document does not name, and their columns. No public page shows the members of a call;
/// these have the names of the filters, where there is one.
const FURTHER_MEMBERS: [(&str, &str); 12] = [
    ("PropertySid", "property_sid"),
    ("From", "caller"),
    ("To", "number"),
    ("Endpoint", "endpoint"),
    ("DateStart", "started"),
    ("Duration", "duration"),
    ("Disposition", "disposition"),
    ("Prompts_keys", "prompts_keys"),
    ("Attribution_Source", "attribution_source"),
    ("Attribution_Medium", "attribution_medium"),
    ("Attribution_Campaign", "attribution_campaign"),
    ("Attribution_Content", "attribution_content"),
];

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    call_sid: &str,
    now: i64,
) -> HandlerResult<Call, operations::GetCall> {
    let found = state
        .query_row(
            "SELECT * FROM calls
             WHERE sid = :sid AND property_sid IN (SELECT value FROM json_each(:projects)) AND started <= :now",
            named_params! {":sid": call_sid, ":projects": caller.projects, ":now": now},
            call,
        )
        .optional()?;
    found.ok_or_else(|| Failure::at(codes::CallNotFound, "CallSid"))
}

pub(crate) fn list_of_project(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &ListPropertyCallsQuery,
    now: i64,
) -> HandlerResult<CallPage, operations::ListPropertyCalls> {
    let after = after(query.token.as_deref())?;
    if !caller.sees_project(state, property_sid)? {
        return Err(Failure::at(codes::PropertyNotFound, "PropertySid"));
    }
    let projects = json!([property_sid]).to_string();
    Ok(list(state, &projects, query, after, now)?)
}

pub(crate) fn list_of_account(
    state: &Transaction<'_>,
    caller: &Caller,
    account_sid: &str,
    query: &ListAccountCallsQuery,
    now: i64,
) -> HandlerResult<CallPage, operations::ListAccountCalls> {
    let after = after(query.token.as_deref())?;
    if account_sid != caller.account {
        return Err(Failure::at(codes::AccountNotFound, "AccountSid"));
    }
    // Both lists have the same filters.
    let query: ListPropertyCallsQuery = serde_json::from_value(serde_json::to_value(query)?)?;
    Ok(list(state, &caller.projects, &query, after, now)?)
}

/// The calls of some projects, earliest first, those of one second in the order in which they were stored.
///
/// What no public page says: the response gives its token in a member `Token`; an alternative of `Prompts_keys` also
/// matches a call in which further keys were pressed afterwards; and `Unique`, unless it is `All`, keeps the first call of
/// each caller to each project.
fn list(
    state: &Transaction<'_>,
    projects: &str,
    query: &ListPropertyCallsQuery,
    after: Option<i64>,
    now: i64,
) -> rusqlite::Result<CallPage> {
    let page = Page::new(query.results_count, 200, query.results_skip);
    let mut statement = state.prepare(
        "SELECT * FROM calls
         WHERE property_sid IN (SELECT value FROM json_each(:projects))
           AND started <= :now
           AND (:after IS NULL OR started > :after)
           AND (:after IS NOT NULL OR :date_from IS NULL OR started >= :date_from)
           AND (:after IS NOT NULL OR :date_to IS NULL OR started < :date_to)
           AND (:disposition IS NULL OR disposition IN (SELECT value FROM json_each(:disposition)))
           AND (:number IS NULL OR number IN (SELECT value FROM json_each(:number)))
           AND (:endpoint IS NULL OR endpoint IN (SELECT value FROM json_each(:endpoint)))
           AND (:source IS NULL OR attribution_source IN (SELECT value FROM json_each(:source)))
           AND (:medium IS NULL OR attribution_medium IN (SELECT value FROM json_each(:medium)))
           AND (:campaign IS NULL OR attribution_campaign IN (SELECT value FROM json_each(:campaign)))
           AND (:content IS NULL OR attribution_content IN (SELECT value FROM json_each(:content)))
           AND (:keys IS NULL OR EXISTS (
               SELECT * FROM json_each(:keys)
               WHERE substr(prompts_keys || ',', 1, length(value) + 1) = value || ','
           ))
           AND (coalesce(:unique, 'All') = 'All' OR NOT EXISTS (
               SELECT * FROM calls AS earlier
               WHERE earlier.property_sid = calls.property_sid AND earlier.caller = calls.caller
                 AND (earlier.started, earlier.id) < (calls.started, calls.id)
           ))
         ORDER BY started, id LIMIT :count OFFSET :skip",
    )?;
    let alternatives = query.prompts_keys.as_deref().unwrap_or_default().split(';');
    let alternatives: Vec<_> = alternatives.filter(|keys| !keys.is_empty()).collect();
    let found = statement.query_map(
        named_params! {
            ":projects": projects,
            ":now": now,
            ":after": after,
            ":date_from": query.date_from,
            ":date_to": query.date_to,
            ":disposition": any_of(&query.disposition),
            ":number": any_of(&query.to),
            ":endpoint": any_of(&query.endpoint),
            ":source": any_of(&query.attribution_source),
            ":medium": any_of(&query.attribution_medium),
            ":campaign": any_of(&query.attribution_campaign),
            ":content": any_of(&query.attribution_content),
            ":keys": any_of(&Some(alternatives.into())),
            ":unique": query.unique,
            ":count": page.count,
            ":skip": page.skip,
        },
        call,
    )?;
    let mut page = CallPage::new(found.collect::<Result<Vec<_>, _>>()?);
    page.extra.insert("Token".to_owned(), token(now).into());
    Ok(page)
}

/// The token of a response: its time. Every call that had begun by then was there to be listed, and no other.
fn token(now: i64) -> String {
    format!("T{now:031}")
}

/// The time of the response that gave this token, after which the calls have to begin.
fn after<O>(token: Option<&str>) -> Result<Option<i64>, Failure<O>>
where
    O: Endpoint + Lists<codes::ParameterInvalid>,
{
    let Some(token) = token else { return Ok(None) };
    let digits = token.strip_prefix('T').filter(|digits| digits.len() == 31);
    let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    let time = digits.and_then(|digits| digits.parse().ok());
    let message = "Token must be the Token of an earlier response of a list of calls.";
    let time = time.ok_or_else(|| Failure::at(codes::ParameterInvalid, "Token").message(message))?;
    Ok(Some(time))
}

fn call(row: &Row<'_>) -> rusqlite::Result<Call> {
    let mut call = Call::default();
    call.call_sid = row.get("sid")?;
    for (name, column) in FURTHER_MEMBERS {
        let value = match row.get(column)? {
            Column::Text(text) => Value::from(text),
            Column::Integer(number) => Value::from(number),
            Column::Null | Column::Real(_) | Column::Blob(_) => continue,
        };
        call.extra.insert(name.to_owned(), value);
    }
    Ok(call)
}
