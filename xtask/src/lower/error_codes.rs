//! The error codes: the list, the table beside it, and the codes of faults and violations.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::contract::{EnumValue, ErrorCode, FIELD_NAME, Origin};
use crate::document::Node;
use crate::faults;
use crate::lower::lowering::{INFERRED, Lowering};
use crate::lower::retired_codes::{self, RETIRED, is_well_formed};
use crate::lower::rust_names;
use crate::names::{self, nearest};
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The key of the table beside the list of codes.
pub(super) const TABLE: &str = "x-error-codes";

/// The longest `message`. The names of parameters need room within the 256 bytes of a response's message.
const MAXIMUM_MESSAGE: usize = 120;

/// The statuses that a code can have: those of failures.
const STATUSES: RangeInclusive<u16> = 400..=599;

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
    /// The codes that were removed, and whose variants stay.
    pub(super) retired: Vec<EnumValue>,
    /// The code of each fault and each violation, by its name.
    pub(super) faults: Vec<(String, String)>,
    /// The statuses that the codes have, in ascending order, each once. Those of incomplete codes are among them.
    pub(super) statuses: Vec<u16>,
    /// Whether every code could be read, so that none has a status besides.
    pub(super) are_complete: bool,
}

impl Codes {
    /// The statuses as words: `400, 401 and 500`.
    pub(super) fn statuses_as_text(&self) -> String {
        let words: Vec<_> = self.statuses.iter().map(u16::to_string).collect();
        match words.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => words.concat(),
        }
    }

    /// The code of a fault or a violation.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        let mut faults = self.faults.iter();
        faults
            .find(|(known, _)| known == name)
            .map(|(_, code)| code.as_str())
    }
}

pub(super) fn lower(lowering: &mut Lowering<'_>) -> Codes {
    let error_codes = lower_table(lowering);
    Codes {
        are_complete: !lowering.breaks_any(&[Rule::ErrorCodesDiffer, Rule::ErrorCodeIncomplete]),
        error_codes,
        retired: schema(lowering)
            .map(|(_, schema)| retired_codes::lower(lowering, &schema))
            .unwrap_or_default(),
        faults: lower_faults(lowering),
        statuses: statuses(lowering),
    }
}

fn lower_table(lowering: &mut Lowering<'_>) -> Vec<ErrorCode> {
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
    check_same(lowering, &schema);
    let table = schema.members_of(TABLE);
    retired_codes::check(lowering, &schema);
    let mut codes = Vec::new();
    for (code, entry) in &table {
        let variant = rust_names::within(lowering, &schema, code, names::type_name);
        codes.extend(lower_code(lowering, code, variant, entry));
    }
    codes
}

fn statuses(lowering: &Lowering<'_>) -> Vec<u16> {
    let table = schema(lowering).map(|(_, schema)| schema.members_of(TABLE));
    let table = table.unwrap_or_default();
    let statuses: BTreeSet<_> = table.iter().filter_map(|(_, entry)| status_of(entry)).collect();
    statuses.into_iter().collect()
}

/// The status of a code, if it is one of a failure.
fn status_of(entry: &Node<'_>) -> Option<u16> {
    let status = entry.get("status")?.value.as_u64()?;
    u16::try_from(status)
        .ok()
        .filter(|status| STATUSES.contains(status))
}

/// The list and the table have the same codes in the same order.
fn check_same(lowering: &mut Lowering<'_>, schema: &Node<'_>) {
    let listed = schema.items_of("enum");
    let table = schema.members_of(TABLE);
    let described = |item: &Node<'_>| table.iter().any(|(code, _)| item.string() == Some(code));
    let mut undescribed: Vec<_> = listed.iter().filter(|item| !described(item)).collect();
    let mut same = undescribed.is_empty();
    for (code, entry) in &table {
        if listed.iter().any(|item| item.string() == Some(code)) {
            continue;
        }
        same = false;
        let likely = nearest(code, undescribed.iter().filter_map(|item| item.string()));
        let mut items = undescribed.iter();
        let position = items.position(|item| likely.is_some() && item.string() == likely);
        let sentence = format!("`{code}` is in `{TABLE}` and not in `enum`");
        let problem = Problem::at(Rule::ErrorCodesDiffer, &entry.at, sentence);
        // A code that only one of them has, and its like in the other, are one mistake.
        lowering.add(match position.map(|position| undescribed.remove(position)) {
            Some(item) => problem
                .with_related(Place::Value(item.at.clone()), "`enum` has this one instead")
                .with_help("write the same name in both"),
            None => problem,
        });
    }
    for item in undescribed {
        let code = item.string().unwrap_or_default();
        let sentence = format!("`{code}` is in `enum` and not in `{TABLE}`");
        lowering.report(Rule::ErrorCodesDiffer, &item.at, sentence);
    }
    let mut pairs = table.iter().zip(&listed);
    if same && let Some(((code, entry), item)) = pairs.find(|((code, _), item)| item.string() != Some(code)) {
        let expected = item.string().unwrap_or_default();
        let sentence = format!("`{code}` is described where `enum` lists `{expected}`");
        let note = format!("`enum` lists `{expected}` here");
        lowering.add(
            Problem::at(Rule::ErrorCodesDiffer, &entry.at, sentence)
                .with_related(Place::Value(item.at.clone()), note)
                .with_help("put the codes into the same order in both"),
        );
    }
}

/// A code that was retired is never used again.
fn lower_code<'a>(
    lowering: &mut Lowering<'a>,
    code: &str,
    variant: String,
    entry: &Node<'a>,
) -> Option<ErrorCode> {
    if !is_well_formed(code) {
        let sentence = format!("`{code}` is not a single upper-case word");
        lowering.report(Rule::ErrorCodeName, &entry.at, sentence);
    }
    let of = format!("`{code}`");
    let incomplete = Rule::ErrorCodeIncomplete;
    let status = status_of(entry);
    if status.is_none() {
        let (at, sentence) = match entry.get("status") {
            Some(found) => (
                found.at,
                format!("the status of {of} is {}, and not one of a failure", found.value),
            ),
            None => (entry.at.clone(), format!("{of} has no `status`")),
        };
        let problem = Problem::at_value(incomplete, &at, sentence);
        lowering.add(problem.with_help("write a status from 400 to 599, without quotes: `status: 400`"));
    }
    let origin = match entry.string_of("origin") {
        Some("error-page") => Some(Origin::ErrorPage),
        Some("operation-page") => Some(Origin::OperationPage),
        Some("extension") => Some(Origin::Extension),
        Some(unknown) => {
            let sentence = format!("the origin of {of}, `{unknown}`, is not one of the three");
            let problem = Problem::at_value(incomplete, &entry.at.child("origin"), sentence);
            lowering.add(problem.with_help("write `error-page`, `operation-page` or `extension`"));
            None
        }
        None => {
            lowering.report(incomplete, &entry.at, format!("{of} has no `origin`"));
            None
        }
    };
    let message = lower_message(lowering, entry, &of);
    let meaning = required_text(lowering, entry, "meaning", &of);
    let remedy = required_text(lowering, entry, "remedy", &of);
    let causes = entry.strings_of("causes");
    if let Some(other) = entry.get("causes").filter(|causes| !causes.value.is_array()) {
        let problem = Problem::at(
            incomplete,
            &other.at,
            format!("the causes of {of} are not an array"),
        );
        lowering.add(problem.with_help("write one cause per line below `causes:`, each after a hyphen"));
    } else if causes.is_empty() {
        lowering.report(incomplete, &entry.at, format!("{of} has no `causes`"));
    }
    for cause in entry.items_of("causes") {
        if cause.string().is_none_or(|text| text.trim().is_empty()) {
            let sentence = format!("this cause of {of} says nothing");
            let problem = Problem::at_value(incomplete, &cause.at, sentence);
            lowering.add(problem.with_help("write a sentence, or remove the line"));
        }
    }
    Some(ErrorCode {
        code: code.to_owned(),
        variant,
        status: status?,
        origin: origin?,
        message: message?,
        meaning: meaning?,
        inferred: entry.string_of(INFERRED).map(str::to_owned),
        causes,
        remedy: remedy?,
    })
}

/// A text of a code. One that is there and says nothing is reported where it is.
fn required_text<'a>(lowering: &mut Lowering<'a>, entry: &Node<'a>, key: &str, of: &str) -> Option<String> {
    match entry.get(key) {
        Some(node) if node.string().is_none_or(|text| text.trim().is_empty()) => {
            let sentence = format!("the `{key}` of {of} says nothing");
            let problem = Problem::at(Rule::ErrorCodeIncomplete, &node.at, sentence);
            lowering.add(problem.with_help("write a sentence"));
            None
        }
        _ => lowering.required_string(entry, key, Rule::ErrorCodeIncomplete, of),
    }
}

/// The sentence that callers read: one line that ends, in which nothing but the names of parameters varies.
fn lower_message<'a>(lowering: &mut Lowering<'a>, entry: &Node<'a>, of: &str) -> Option<String> {
    let message = required_text(lowering, entry, "message", of)?;
    let help = if message.replace(FIELD_NAME, "").contains(['{', '}']) {
        format!("write `{FIELD_NAME}`, which is all that is filled in")
    } else if message.matches(FIELD_NAME).count() > 1 {
        format!("write `{FIELD_NAME}` once")
    } else if message.contains('\n') {
        "write it in one line".to_owned()
    } else if [". ", "! ", "? "].iter().any(|end| message.contains(end)) {
        "write one sentence; what to do belongs into `remedy`".to_owned()
    } else if !message.ends_with('.') {
        "end it with a full stop".to_owned()
    } else if message.len() > MAXIMUM_MESSAGE {
        format!("shorten it to {MAXIMUM_MESSAGE} characters")
    } else {
        return Some(message);
    };
    let sentence = format!(
        "the `message` of {of} is not one sentence of at most {MAXIMUM_MESSAGE} characters in which only \
         `{FIELD_NAME}` is filled in, once"
    );
    let problem = Problem::at_value(Rule::ErrorCodeIncomplete, &entry.at.child("message"), sentence);
    lowering.add(problem.with_help(help));
    None
}

/// The codes of faults and violations, in the order of [`faults::names`].
fn lower_faults(lowering: &mut Lowering<'_>) -> Vec<(String, String)> {
    const KEY: &str = "x-faults";
    let root = lowering.root.clone();
    let at = root.at.child(KEY);
    let mut meant = Vec::new();
    for (name, entry) in root.members_of(KEY) {
        if !faults::names().any(|known| known == name) {
            let sentence = format!("there is no fault or violation `{name}`");
            let problem = Problem::at(Rule::FaultsIncomplete, &entry.at, sentence);
            let likely = nearest(name, faults::names());
            meant.extend(likely);
            lowering.add(match likely {
                Some(likely) => problem.with_help(format!("did you mean `{likely}`?")),
                None => problem,
            });
        }
    }
    let mut faults = Vec::new();
    let mut missing = Vec::new();
    for name in faults::names() {
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
        let retired = schema(lowering).map(|(_, schema)| schema.items_of(RETIRED));
        let mut retired = retired.unwrap_or_default().into_iter();
        if let Some(retired) = retired.find(|retired| retired.string() == Some(&code)) {
            let sentence = format!("`{code}` was retired");
            lowering.add(
                Problem::at_value(Rule::UnknownErrorCode, &node.at, sentence)
                    .with_related(Place::Value(retired.at), "it is retired here")
                    .with_help("remove it, or choose another code"),
            );
            return;
        }
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

/// The codes that the document lists or describes. That it does only one of them is a problem of its own.
pub(super) fn known(root: &Node<'_>) -> BTreeSet<String> {
    let schemas = root
        .get("components")
        .map(|components| components.members_of("schemas"));
    let mut schemas = schemas.unwrap_or_default().into_iter();
    let Some((_, schema)) = schemas.find(|(_, schema)| schema.has(TABLE)) else {
        return BTreeSet::new();
    };
    let described = schema
        .members_of(TABLE)
        .into_iter()
        .map(|(code, _)| code.to_owned());
    schema.strings_of("enum").into_iter().chain(described).collect()
}

/// Whether the document lists a code or describes it.
pub(super) fn is_known(lowering: &Lowering<'_>, code: &str) -> bool {
    lowering.known_codes.contains(code)
}
