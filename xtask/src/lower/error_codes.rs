//! The error codes: the list, the table beside it, and the codes of faults and violations.

use super::lowering::{INFERRED, Lowering};
use crate::contract::{ErrorCode, FIELD_NAME, Origin};
use crate::document::Node;
use crate::faults::{FAULTS, VIOLATIONS};
use crate::names;
use crate::pointer::Pointer;
use crate::rule::Rule;

/// The key of the table beside the list of codes.
pub(super) const TABLE: &str = "x-error-codes";

/// The longest `message`. The names of parameters need room within the 256 bytes of a response's message.
const MAXIMUM_MESSAGE: usize = 120;

/// The statuses that a code can have.
const STATUSES: [u16; 4] = [400, 401, 403, 500];

/// The schema that lists the codes: the one that has the table.
pub(super) fn schema<'a>(lowering: &Lowering<'a>) -> Option<(&'a str, Node<'a>)> {
    let components = lowering.root.get("components")?;
    components
        .members_of("schemas")
        .into_iter()
        .find(|(_, schema)| schema.has(TABLE))
}

/// The error codes, and which of them faults and violations have.
pub(super) struct Codes {
    /// The error codes, in the order of the document.
    pub(super) error_codes: Vec<ErrorCode>,
    /// The code of each fault and each violation, by its name.
    pub(super) faults: Vec<(String, String)>,
}

impl Codes {
    /// The code of a fault or a violation.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        let mut faults = self.faults.iter();
        faults
            .find(|(known, _)| known == name)
            .map(|(_, code)| code.as_str())
    }
}

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Codes {
    Codes {
        error_codes: lower_table(lowering),
        faults: lower_faults(lowering),
    }
}

fn lower_table(lowering: &mut Lowering<'_>) -> Vec<ErrorCode> {
    let Some((_, schema)) = schema(lowering) else {
        let at = lowering.root.at.child("components").child("schemas");
        lowering.report(Rule::ErrorCodesDiffer, &at, format!("no schema has `{TABLE}`"));
        return Vec::new();
    };
    check_same(lowering, &schema);
    let table = schema.members_of(TABLE);
    let names = table
        .iter()
        .map(|(code, entry)| (names::type_name(code), (*code).to_owned(), entry.at.clone()));
    lowering.report_collisions(names.collect::<Vec<_>>());
    table
        .iter()
        .filter_map(|(code, entry)| lower_code(lowering, code, entry))
        .collect()
}

/// The list and the table have the same codes in the same order.
fn check_same(lowering: &mut Lowering<'_>, schema: &Node<'_>) {
    let listed = schema.items_of("enum");
    let table = schema.members_of(TABLE);
    let mut same = true;
    let mut report = |at: &Pointer, sentence: String| {
        same = false;
        lowering.report(Rule::ErrorCodesDiffer, at, sentence);
    };
    for item in &listed {
        let code = item.string().unwrap_or_default();
        if !table.iter().any(|(described, _)| *described == code) {
            report(&item.at, format!("`{code}` is in `enum` and not in `{TABLE}`"));
        }
    }
    for (code, entry) in &table {
        if !listed.iter().any(|item| item.string() == Some(code)) {
            report(&entry.at, format!("`{code}` is in `{TABLE}` and not in `enum`"));
        }
    }
    let mut pairs = table.iter().zip(&listed);
    if same && let Some(((code, entry), item)) = pairs.find(|((code, _), item)| item.string() != Some(code)) {
        let expected = item.string().unwrap_or_default();
        let sentence = format!("`{code}` is described where `enum` lists `{expected}`");
        lowering.report(Rule::ErrorCodesDiffer, &entry.at, sentence);
    }
}

fn lower_code<'a>(lowering: &mut Lowering<'a>, code: &str, entry: &Node<'a>) -> Option<ErrorCode> {
    if !is_well_formed(code) {
        let sentence = format!("`{code}` is not a single upper-case word");
        lowering.report(Rule::ErrorCodeName, &entry.at, sentence);
    }
    let of = format!("`{code}`");
    let incomplete = Rule::ErrorCodeIncomplete;
    let status = entry.get("status").and_then(|status| status.value.as_u64());
    let status = status.and_then(|status| STATUSES.into_iter().find(|known| u64::from(*known) == status));
    if status.is_none() {
        let sentence = format!("{of} has no `status` of the four");
        lowering.report(incomplete, &entry.at.child("status"), sentence);
    }
    let origin = match entry.string_of("origin") {
        Some("error-page") => Some(Origin::ErrorPage),
        Some("operation-page") => Some(Origin::OperationPage),
        Some("extension") => Some(Origin::Extension),
        _ => None,
    };
    if origin.is_none() {
        let sentence = format!("{of} has no known `origin`");
        lowering.report(incomplete, &entry.at.child("origin"), sentence);
    }
    let message = lower_message(lowering, entry, &of);
    let meaning = lowering.required_string(entry, "meaning", incomplete, &of);
    let remedy = lowering.required_string(entry, "remedy", incomplete, &of);
    let causes = entry.strings_of("causes");
    if causes.is_empty() {
        lowering.report(incomplete, &entry.at, format!("{of} has no `causes`"));
    }
    Some(ErrorCode {
        code: code.to_owned(),
        variant: names::type_name(code),
        status: status?,
        origin: origin?,
        message: message?,
        meaning: meaning?,
        inferred: entry.string_of(INFERRED).map(str::to_owned),
        causes,
        remedy: remedy?,
    })
}

/// The sentence that callers read: one line that ends, in which nothing but the names of parameters varies.
fn lower_message<'a>(lowering: &mut Lowering<'a>, entry: &Node<'a>, of: &str) -> Option<String> {
    let message = lowering.required_string(entry, "message", Rule::ErrorCodeIncomplete, of)?;
    let fixed = message.replace(FIELD_NAME, "");
    let is_sentence = message.ends_with('.') && message.len() <= MAXIMUM_MESSAGE && !message.contains('\n');
    if !is_sentence || fixed.contains(['{', '}']) {
        let sentence = format!(
            "the `message` of {of} is not one sentence of at most {MAXIMUM_MESSAGE} characters in which only \
             `{FIELD_NAME}` is filled in"
        );
        lowering.report_value(Rule::ErrorCodeIncomplete, &entry.at.child("message"), sentence);
        return None;
    }
    Some(message)
}

/// Whether a code is a single upper-case word.
fn is_well_formed(code: &str) -> bool {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    code.len() <= 63
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(allowed)
        && !code.ends_with('_')
}

/// The codes of faults and violations, in the order of [`FAULTS`] and [`VIOLATIONS`].
fn lower_faults(lowering: &mut Lowering<'_>) -> Vec<(String, String)> {
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
