//! The error codes: the list, the table beside it, and the codes of faults and violations.

use super::lowering::Lowering;
use crate::contract::{ErrorCode, Origin};
use crate::document::Node;
use crate::faults::{FAULTS, VIOLATIONS};
use crate::names;
use crate::rule::Rule;

/// The key of the table beside the list of codes.
pub(super) const TABLE: &str = "x-error-codes";

/// The schema that lists the codes: the one that has the table.
pub(super) fn schema<'a>(lowering: &Lowering<'a>) -> Option<(&'a str, Node<'a>)> {
    let components = lowering.root.get("components")?;
    components
        .members_of("schemas")
        .into_iter()
        .find(|(_, schema)| schema.has(TABLE))
}

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Vec<ErrorCode> {
    let Some((_, schema)) = schema(lowering) else {
        let at = lowering.root.at.child("components").child("schemas");
        lowering.report(Rule::ErrorCodesDiffer, &at, format!("no schema has `{TABLE}`"));
        return Vec::new();
    };
    let table = schema.members_of(TABLE);
    let listed = schema.strings_of("enum");
    let described: Vec<&str> = table.iter().map(|(code, _)| *code).collect();
    for item in schema.items_of("enum") {
        let code = item.string().unwrap_or_default();
        if !described.contains(&code) {
            lowering.report(
                Rule::ErrorCodesDiffer,
                &item.at,
                format!("`{code}` is in `enum` and not in `{TABLE}`"),
            );
        }
    }
    for (code, entry) in &table {
        if !listed.iter().any(|known| known == code) {
            lowering.report(
                Rule::ErrorCodesDiffer,
                &entry.at,
                format!("`{code}` is in `{TABLE}` and not in `enum`"),
            );
        }
    }
    if lowering
        .problems
        .iter()
        .all(|problem| problem.rule != Rule::ErrorCodesDiffer)
        && let Some((position, (code, entry))) = table
            .iter()
            .enumerate()
            .find(|(position, (code, _))| listed.get(*position).is_none_or(|l| l != code))
    {
        let expected = listed.get(position).map_or("", String::as_str);
        let sentence = format!("`{code}` is described where `enum` lists `{expected}`");
        lowering.report(Rule::ErrorCodesDiffer, &entry.at, sentence);
    }
    check_retired(lowering, &schema, &listed);
    let names = table
        .iter()
        .map(|(code, entry)| (names::type_name(code), (*code).to_owned(), entry.at.clone()));
    lowering.report_collisions(names.collect::<Vec<_>>());
    table
        .iter()
        .filter_map(|(code, entry)| lower_code(lowering, code, entry))
        .collect()
}

/// A code that was retired is never used again.
fn check_retired(lowering: &mut Lowering<'_>, schema: &Node<'_>, listed: &[String]) {
    const KEY: &str = "x-retired-codes";
    if let Some(retired) = schema.get(KEY).filter(|retired| !retired.value.is_array()) {
        let sentence = format!("`{KEY}` must be an array of codes");
        lowering.report(Rule::ExtensionWithoutEffect, &retired.at, sentence);
    }
    for retired in schema.items_of(KEY) {
        let code = retired.string().unwrap_or_default();
        if let Some(position) = listed.iter().position(|known| known == code) {
            let at = schema.at.child("enum").child(&position.to_string());
            lowering.report_value(Rule::RetiredCodeListed, &at, format!("`{code}` was retired"));
        }
    }
}

fn lower_code<'a>(lowering: &mut Lowering<'a>, code: &str, entry: &Node<'a>) -> Option<ErrorCode> {
    let well_formed = code.len() <= 63
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && !code.ends_with('_');
    if !well_formed {
        lowering.report(
            Rule::ErrorCodeName,
            &entry.at,
            format!("`{code}` is not a single word in capitals"),
        );
    }
    let of = format!("`{code}`");
    let status = entry
        .get("status")
        .and_then(|status| status.value.as_u64())
        .and_then(|status| match status {
            400 => Some(400),
            401 => Some(401),
            403 => Some(403),
            500 => Some(500),
            _ => None,
        });
    if status.is_none() {
        let at = entry.at.child("status");
        lowering.report(
            Rule::ErrorCodeIncomplete,
            &at,
            format!("{of} has no `status` of the four"),
        );
    }
    let origin = match entry.string_of("origin") {
        Some("error-page") => Some(Origin::ErrorPage),
        Some("operation-page") => Some(Origin::OperationPage),
        Some("extension") => Some(Origin::Extension),
        _ => {
            let at = entry.at.child("origin");
            lowering.report(
                Rule::ErrorCodeIncomplete,
                &at,
                format!("{of} has no known `origin`"),
            );
            None
        }
    };
    let meaning = lowering.required_string(entry, "meaning", Rule::ErrorCodeIncomplete, &of);
    let remedy = lowering.required_string(entry, "remedy", Rule::ErrorCodeIncomplete, &of);
    let causes = entry.strings_of("causes");
    if causes.is_empty() {
        lowering.report(
            Rule::ErrorCodeIncomplete,
            &entry.at,
            format!("{of} has no `causes`"),
        );
    }
    for cause in entry.items_of("causes") {
        if cause.string().is_none_or(|text| text.trim().is_empty()) {
            let sentence = format!("this cause of {of} says nothing");
            lowering.report_value(Rule::ErrorCodeIncomplete, &cause.at, sentence);
        }
    }
    Some(ErrorCode {
        code: code.to_owned(),
        variant: names::type_name(code),
        status: status?,
        origin: origin?,
        meaning: meaning?,
        causes,
        remedy: remedy?,
    })
}

/// The codes of faults and violations, in the order of [`FAULTS`] and [`VIOLATIONS`].
pub(super) fn lower_faults(lowering: &mut Lowering<'_>) -> Vec<(String, String)> {
    const KEY: &str = "x-faults";
    let root = lowering.root.clone();
    let at = root.at.child(KEY);
    let names = || FAULTS.iter().chain(VIOLATIONS).map(|(name, _)| *name);
    for (name, entry) in root.members_of(KEY) {
        if !names().any(|known| known == name) {
            lowering.report(
                Rule::FaultsIncomplete,
                &entry.at,
                format!("there is no fault or violation `{name}`"),
            );
        }
    }
    let mut faults = Vec::new();
    let mut missing = Vec::new();
    for name in names() {
        match root.get(KEY).and_then(|node| node.get(name)) {
            Some(entry) => {
                check_code(lowering, &entry);
                faults.push((name.to_owned(), entry.string().unwrap_or_default().to_owned()));
            }
            None => missing.push(format!("`{name}`")),
        }
    }
    if !missing.is_empty() {
        let sentence = format!("`{KEY}` does not map {}", missing.join(", "));
        lowering.report(Rule::FaultsIncomplete, &at, sentence);
    }
    faults
}

/// A code that is used must be one of the document's.
pub(super) fn check_code(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    let code = node
        .string()
        .map_or_else(|| node.value.to_string(), str::to_owned);
    if !is_listed(lowering, &code) {
        let sentence = format!("`{code}` is not one of the document's error codes");
        lowering.report_value(Rule::UnknownErrorCode, &node.at, sentence);
    }
}

/// Whether the document lists a code, described or not.
pub(super) fn is_listed(lowering: &Lowering<'_>, code: &str) -> bool {
    schema(lowering).is_some_and(|(_, schema)| schema.strings_of("enum").iter().any(|known| known == code))
}
