//! Phone numbers of projects, and those on offer.
//!
//! A number that needs an address is active while it is linked to one in its own country, and pending otherwise.

use fonedynamics_server::types::{
    Capability, CommaList, ListAccountNumbersQuery, ListPropertyNumbersQuery, Number, NumberConfiguration,
    NumberPage, NumberPurchase, NumberStatus, NumberType, PurchasedNumber, RecordingOption, RoutingMethod,
};
use fonedynamics_server::{Failure, HandlerResult, codes, operations};
use rusqlite::{OptionalExtension as _, Row, Transaction, named_params};
use serde_json::{Value, json};

use crate::permissions::Caller;
use crate::resources::addresses;
use crate::resources::filter::any_of;
use crate::resources::page::Page;

/// The members of a number that the document does not name, and their columns. No public page shows them; a setting has the
/// name under which it is sent.
const FURTHER_MEMBERS: [(&str, &str); 12] = [
    ("Type", "type"),
    ("CountryCode", "country_code"),
    ("City", "city"),
    ("Attribution_Source", "attribution_source"),
    ("Attribution_Medium", "attribution_medium"),
    ("Attribution_Campaign", "attribution_campaign"),
    ("Attribution_Content", "attribution_content"),
    ("Flow", "flow"),
    ("SendSmsFrom", "send_sms_from"),
    ("SendSmsTo", "send_sms_to"),
    ("SendEmailFrom", "send_email_from"),
    ("SendEmailTo", "send_email_to"),
];

pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    number: &str,
) -> HandlerResult<Number, operations::GetNumber> {
    let found = find(state, caller, number)?;
    found.ok_or_else(|| Failure::at(codes::NumberNotFound, "Number"))
}

/// Changes what is sent and nothing else. Of several identifiers that name nothing, the number fails first, then the
/// address, then the flow. With an address, the number becomes active or pending by whether the address suits it: no
/// public page says whether a number is active that is linked to an address elsewhere.
pub(crate) fn configure(
    state: &Transaction<'_>,
    caller: &Caller,
    number: &str,
    body: &NumberConfiguration,
) -> HandlerResult<Number, operations::ConfigureNumber> {
    let Some(found) = find(state, caller, number)? else {
        return Err(Failure::at(codes::NumberNotFound, "Number"));
    };
    if let Some(address_sid) = &body.address_sid
        && addresses::find(state, caller, address_sid)?.is_none()
    {
        return Err(Failure::at(codes::AddressNotFound, "AddressSid"));
    }
    if let Some(flow) = &body.flow {
        let is_of_project: bool = state.query_row(
            "SELECT EXISTS (SELECT * FROM flows WHERE config_id = :flow AND property_sid = :project)",
            named_params! {":flow": flow, ":project": found.property_sid},
            |row| row.get(0),
        )?;
        if !is_of_project {
            let message = "Flow must be the ConfigId of a flow of the project that holds the number.";
            return Err(Failure::at(codes::ParameterInvalid, "Flow").message(message));
        }
    }
    let configured = state.query_row(
        "UPDATE numbers
         SET friendly = coalesce(:friendly, friendly),
             address_sid = coalesce(:address, address_sid),
             status = CASE
                 WHEN :address IS NULL THEN status
                 WHEN needs_address AND country_code <> (SELECT country_code FROM addresses WHERE sid = :address)
                 THEN 'Pending'
                 ELSE 'Active'
             END,
             attribution_source = coalesce(:source, attribution_source),
             attribution_medium = coalesce(:medium, attribution_medium),
             attribution_campaign = coalesce(:campaign, attribution_campaign),
             attribution_content = coalesce(:content, attribution_content),
             routing_method = coalesce(:routing_method, routing_method),
             endpoint_number = coalesce(:endpoint_number, endpoint_number),
             flow = coalesce(:flow, flow),
             recording = coalesce(:recording, recording),
             send_sms_from = coalesce(:send_sms_from, send_sms_from),
             send_sms_to = coalesce(:send_sms_to, send_sms_to),
             send_email_from = coalesce(:send_email_from, send_email_from),
             send_email_to = coalesce(:send_email_to, send_email_to)
         WHERE number = :number
         RETURNING *",
        named_params! {
            ":number": found.number,
            ":friendly": body.friendly,
            ":address": body.address_sid,
            ":source": body.attribution_source,
            ":medium": body.attribution_medium,
            ":campaign": body.attribution_campaign,
            ":content": body.attribution_content,
            ":routing_method": body.routing_method.as_ref().map(RoutingMethod::as_str),
            ":endpoint_number": body.endpoint_number,
            ":flow": body.flow,
            ":recording": body.recording.as_ref().map(RecordingOption::as_str),
            ":send_sms_from": body.send_sms_from,
            ":send_sms_to": body.send_sms_to,
            ":send_email_from": body.send_email_from,
            ":send_email_to": body.send_email_to,
        },
        number_of,
    )?;
    Ok(configured)
}

pub(crate) fn list_of_project(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    query: &ListPropertyNumbersQuery,
) -> HandlerResult<NumberPage, operations::ListPropertyNumbers> {
    if !caller.sees_project(state, property_sid)? {
        return Err(Failure::at(codes::PropertyNotFound, "PropertySid"));
    }
    let projects = json!([property_sid]).to_string();
    let page = Page::new(query.results_count, 200, query.results_skip);
    Ok(list(state, &projects, &query.type_, &query.capabilites, page)?)
}

pub(crate) fn list_of_account(
    state: &Transaction<'_>,
    caller: &Caller,
    account_sid: &str,
    query: &ListAccountNumbersQuery,
) -> HandlerResult<NumberPage, operations::ListAccountNumbers> {
    if account_sid != caller.account {
        return Err(Failure::at(codes::AccountNotFound, "AccountSid"));
    }
    let page = Page::new(query.results_count, 200, query.results_skip);
    Ok(list(
        state,
        &caller.projects,
        &query.type_,
        &query.capabilites,
        page,
    )?)
}

/// Gives a number that is on offer to a project. No public page says what becomes of the named address where it does not
/// suit: a number that needs one stays without, and any other is linked to it.
pub(crate) fn purchase(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NumberPurchase,
) -> HandlerResult<PurchasedNumber, operations::PurchaseNumber> {
    if !caller.sees_project(state, property_sid)? {
        return Err(Failure::at(codes::PropertyNotFound, "PropertySid"));
    }
    // Also by one that the caller does not see.
    let is_of_other_project: bool = state.query_row(
        "SELECT EXISTS (
             SELECT * FROM numbers JOIN projects ON projects.sid = property_sid
             WHERE number = :number AND account_sid = :account AND property_sid <> :project
         )",
        named_params! {":number": body.number, ":account": caller.account, ":project": property_sid},
        |row| row.get(0),
    )?;
    if is_of_other_project {
        return Err(Failure::at(codes::NumberBelongsToDifferentProperty, "Number"));
    }
    let offer: Option<(bool, String)> = state
        .query_row(
            "SELECT needs_address, country_code FROM numbers WHERE number = :number AND property_sid IS NULL",
            named_params! {":number": body.number},
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((needs_address, country_code)) = offer else {
        return Err(Failure::at(codes::NumberNotFound, "Number"));
    };
    if let Some(address_sid) = &body.address_sid
        && addresses::find(state, caller, address_sid)?.is_none()
    {
        return Err(Failure::at(codes::AddressNotFound, "AddressSid"));
    }
    let linked = if needs_address {
        suitable_address(state, caller, &country_code, body.address_sid.as_deref())?
    } else {
        body.address_sid.clone()
    };
    let status = if needs_address && linked.is_none() {
        NumberStatus::Pending
    } else {
        NumberStatus::Active
    };
    state.execute(
        "UPDATE numbers
         SET property_sid = :project, status = :status, address_sid = :address, recording = 'Off',
             position = (SELECT coalesce(max(position), 0) + 1 FROM numbers)
         WHERE number = :number",
        named_params! {
            ":number": body.number,
            ":project": property_sid,
            ":status": status.as_str(),
            ":address": linked,
        },
    )?;
    Ok(PurchasedNumber::default().number(&body.number).status(status))
}

/// The named address if it is in this country, or else the first of the account there if none is named.
fn suitable_address(
    state: &Transaction<'_>,
    caller: &Caller,
    country_code: &str,
    named: Option<&str>,
) -> rusqlite::Result<Option<String>> {
    let found = state.query_row(
        "SELECT sid FROM addresses
         WHERE account_sid = :account AND country_code = :country_code AND (:named IS NULL OR sid = :named)
         ORDER BY id LIMIT 1",
        named_params! {":account": caller.account, ":country_code": country_code, ":named": named},
        |row| row.get(0),
    );
    found.optional()
}

/// The numbers of some projects, in the order in which the projects got them; no public page names one.
fn list(
    state: &Transaction<'_>,
    projects: &str,
    types: &Option<CommaList<NumberType>>,
    capabilities: &Option<CommaList<Capability>>,
    page: Page,
) -> rusqlite::Result<NumberPage> {
    let mut statement = state.prepare(
        "SELECT * FROM numbers
         WHERE property_sid IN (SELECT value FROM json_each(:projects))
           AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
           AND (:capabilities IS NULL OR EXISTS (
               SELECT * FROM json_each(:capabilities)
               WHERE instr(',' || numbers.capabilities || ',', ',' || value || ',')
           ))
         ORDER BY position LIMIT :count OFFSET :skip",
    )?;
    let found = statement.query_map(
        named_params! {
            ":projects": projects,
            ":types": any_of(types),
            ":capabilities": any_of(capabilities),
            ":count": page.count,
            ":skip": page.skip,
        },
        number_of,
    )?;
    Ok(NumberPage::new(found.collect::<Result<Vec<_>, _>>()?))
}

/// The number, if a project that the caller sees holds it.
fn find(state: &Transaction<'_>, caller: &Caller, number: &str) -> rusqlite::Result<Option<Number>> {
    let found = state.query_row(
        "SELECT * FROM numbers
         WHERE number = :number
           AND property_sid IN (SELECT value FROM json_each(:projects))",
        named_params! {":number": number, ":projects": caller.projects},
        number_of,
    );
    found.optional()
}

fn number_of(row: &Row<'_>) -> rusqlite::Result<Number> {
    let text = |column: &str| row.get::<_, Option<String>>(column);
    let mut number = Number::default();
    number.number = text("number")?;
    number.property_sid = text("property_sid")?;
    number.status = text("status")?.as_deref().map(NumberStatus::from);
    number.friendly = text("friendly")?;
    number.address_sid = text("address_sid")?;
    number.routing_method = text("routing_method")?.as_deref().map(RoutingMethod::from);
    number.endpoint_number = text("endpoint_number")?;
    number.recording = text("recording")?.as_deref().map(RecordingOption::from);
    let capabilities: String = row.get("capabilities")?;
    let capabilities: Value = capabilities.split(',').collect();
    number.extra.insert("Capabilities".to_owned(), capabilities);
    for (name, column) in FURTHER_MEMBERS {
        if let Some(value) = text(column)? {
            number.extra.insert(name.to_owned(), value.into());
        }
    }
    Ok(number)
}
