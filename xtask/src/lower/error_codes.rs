//! The error codes: the list, the table beside it, and the codes of faults and violations.

use super::lowering::Lowering;
use crate::contract::{ErrorCode, Origin};
use crate::document::Node;
use crate::faults::{FAULTS, VIOLATIONS};
use crate::names::{self, nearest};
use crate::problem::{Place, Problem};
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
    if let Some(table) = schema.get(TABLE).filter(|table| !table.value.is_object()) {
        let sentence = format!("`{TABLE}` must be an object with one member per code");
        let problem = Problem::at(Rule::ErrorCodesDiffer, &table.at, sentence);
        lowering
            .add(problem.with_help("write each code as a key, and what there is to say of it below the key"));
        return Vec::new();
    }
    let table = schema.members_of(TABLE);
    let listed = schema.strings_of("enum");
    let described: Vec<&str> = table.iter().map(|(code, _)| *code).collect();
    let mut undescribed: Vec<_> = schema
        .items_of("enum")
        .into_iter()
        .filter(|item| !described.contains(&item.string().unwrap_or_default()))
        .collect();
    for (code, entry) in &table {
        if listed.iter().any(|known| known == code) {
            continue;
        }
        let names = undescribed.iter().filter_map(Node::string);
        let likely = nearest(code, names);
        let position = undescribed
            .iter()
            .position(|item| likely.is_some() && item.string() == likely);
        if let Some(item) = position.map(|position| undescribed.remove(position)) {
            let listed = item.string().unwrap_or_default();
            let sentence = format!("`{code}` in `{TABLE}` is `{listed}` in `enum`");
            let problem = Problem::at(Rule::ErrorCodesDiffer, &entry.at, sentence);
            lowering.add(
                problem
                    .with_related(Place::Value(item.at), format!("`{listed}` is here"))
                    .with_help("write the same name in both"),
            );
        } else {
            let sentence = format!("`{code}` is in `{TABLE}` and not in `enum`");
            lowering.report(Rule::ErrorCodesDiffer, &entry.at, sentence);
        }
    }
    for item in undescribed {
        let code = item.string().unwrap_or_default();
        let sentence = format!("`{code}` is in `enum` and not in `{TABLE}`");
        lowering.report(Rule::ErrorCodesDiffer, &item.at, sentence);
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
        let item = schema.at.child("enum").child(&position.to_string());
        let note = format!("`enum` lists `{expected}` here");
        let problem = Problem::at(Rule::ErrorCodesDiffer, &entry.at, sentence);
        lowering.add(
            problem
                .with_related(Place::Value(item), note)
                .with_help("put the codes into the same order in both"),
        );
    }
    let names = table
        .iter()
        .map(|(code, entry)| (names::type_name(code), (*code).to_owned(), entry.at.clone()));
    lowering.report_collisions(names.collect::<Vec<_>>());
    table
        .iter()
        .filter_map(|(code, entry)| lower_code(lowering, code, entry))
        .collect()
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
        let (at, sentence) = match entry.get("status") {
            Some(found) => (
                found.at,
                format!("the status of {of} is {}, and not one of the four", found.value),
            ),
            None => (entry.at.clone(), format!("{of} has no `status`")),
        };
        let problem = Problem::at_value(Rule::ErrorCodeIncomplete, &at, sentence);
        lowering.add(problem.with_help("write `status: 400`, 401, 403 or 500, without quotes"));
    }
    let origin = match entry.string_of("origin") {
        Some("error-page") => Some(Origin::ErrorPage),
        Some("operation-page") => Some(Origin::OperationPage),
        Some("extension") => Some(Origin::Extension),
        Some(unknown) => {
            let at = entry.at.child("origin");
            let sentence = format!("the origin of {of}, `{unknown}`, is not one of the three");
            let problem = Problem::at_value(Rule::ErrorCodeIncomplete, &at, sentence);
            lowering.add(problem.with_help("write `error-page`, `operation-page` or `extension`"));
            None
        }
        None => {
            lowering.report(
                Rule::ErrorCodeIncomplete,
                &entry.at,
                format!("{of} has no `origin`"),
            );
            None
        }
    };
    let meaning = lowering.required_string(entry, "meaning", Rule::ErrorCodeIncomplete, &of);
    let remedy = lowering.required_string(entry, "remedy", Rule::ErrorCodeIncomplete, &of);
    let causes = entry.strings_of("causes");
    if let Some(text) = entry.get("causes").filter(|causes| !causes.value.is_array()) {
        let sentence = format!("the causes of {of} are not an array");
        let problem = Problem::at(Rule::ErrorCodeIncomplete, &text.at, sentence);
        lowering.add(problem.with_help("write one cause per line below `causes:`, each after a hyphen"));
    } else if causes.is_empty() {
        lowering.report(
            Rule::ErrorCodeIncomplete,
            &entry.at,
            format!("{of} has no `causes`"),
        );
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
    let mut meant = Vec::new();
    for (name, entry) in root.members_of(KEY) {
        if !names().any(|known| known == name) {
            let sentence = format!("there is no fault or violation `{name}`");
            let problem = Problem::at(Rule::FaultsIncomplete, &entry.at, sentence);
            let likely = nearest(name, names());
            meant.extend(likely);
            lowering.add(match likely {
                Some(likely) => problem.with_help(format!("did you mean `{likely}`?")),
                None => problem,
            });
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
            None if meant.contains(&name) => {}
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
    if node.string().is_none() {
        let sentence = format!("an error code must be a string, and this is {}", node.value);
        let problem = Problem::at_value(Rule::UnknownErrorCode, &node.at, sentence);
        lowering.add(problem.with_help("write the name of one code"));
    } else if !is_known(lowering, &code) {
        let sentence = format!("`{code}` is not one of the document's error codes");
        let problem = Problem::at_value(Rule::UnknownErrorCode, &node.at, sentence);
        let listed = schema(lowering).map(|(_, schema)| schema.strings_of("enum"));
        let listed = listed.unwrap_or_default();
        lowering.add(match nearest(&code, listed.iter().map(String::as_str)) {
            Some(likely) => problem.with_help(format!("did you mean `{likely}`?")),
            None => problem,
        });
    }
}

/// Whether the document lists a code or describes it. That it does only one of them is a problem of its own.
fn is_known(lowering: &Lowering<'_>, code: &str) -> bool {
    schema(lowering).is_some_and(|(_, schema)| {
        schema.strings_of("enum").iter().any(|known| known == code)
            || schema.members_of(TABLE).iter().any(|(known, _)| *known == code)
    })
}
