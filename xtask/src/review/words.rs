//! What documents say in words and by examples, and keys that most objects have: descriptions, deprecation, names in
//! Rust.

use std::collections::BTreeMap;

use crate::document::Node;
use crate::names;
use crate::review::comparison::{Comparison, Pair, Subject};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::schemas::members;

/// Keys whose values are for readers.
const PROSE: [&str; 9] = [
    "summary",
    "description",
    "title",
    "externalDocs",
    "tags",
    "x-inferred",
    "x-expected",
    "causes",
    "remedy",
];

/// Compares what any object can have.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let name = &subject.name;
    for key in PROSE {
        if !pair.is_same(key) {
            let sentence = format!("the words of {name} changed: `{key}`");
            let found = (ReviewRule::ProseChanged, Verdicts::all(Verdict::Patch), sentence);
            comparison.add_at(pair, key, subject, found);
        }
    }
    for key in ["example", "examples"] {
        examples(comparison, pair, key, subject);
    }
    if pair.base.is_true("deprecated") != pair.head.is_true("deprecated") {
        let now = if pair.head.is_true("deprecated") {
            "is"
        } else {
            "is no longer"
        };
        let sentence = format!("{name} {now} deprecated");
        let found = (
            ReviewRule::DeprecationChanged,
            Verdicts::all(Verdict::Minor),
            sentence,
        );
        comparison.add_at(pair, "deprecated", subject, found);
    }
    rust_names(comparison, pair, subject);
}

/// Compares examples, each by its name. Those of codes that are new or gone follow from that.
fn examples<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, key: &str, subject: &Subject) {
    if pair.is_same(key) {
        return;
    }
    let (base, head) = pair.places(key);
    let names = |value: Option<&serde_json::Value>| -> Vec<String> {
        let members = value.and_then(serde_json::Value::as_object);
        members
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect()
    };
    let (old, new) = (pair.base.value.get(key), pair.head.value.get(key));
    let mut all = names(old);
    all.extend(names(new).into_iter().filter(|name| !names(old).contains(name)));
    let differs = |name: &String| {
        let value = |examples: Option<&serde_json::Value>| examples.and_then(|all| all.get(name)).cloned();
        let follows = comparison.changed_codes.contains(name) || comparison.reworded_codes.contains(name);
        value(old) != value(new) && !follows
    };
    if !all.is_empty() && !all.iter().any(differs) {
        comparison.claim(Some(&base), Some(&head));
        return;
    }
    // Examples follow from so much that all of them are one finding.
    let verdicts = Verdicts::all(Verdict::Patch);
    let found = Finding::new(ReviewRule::ExampleChanged, verdicts, "examples changed").about("examples");
    comparison.add(found.at(Some(&base), Some(&head)), &subject.reach);
}

/// The name in Rust of an operation, a parameter or a schema.
pub(super) fn rust_name(node: &Node<'_>) -> String {
    let own = |key: &str| node.string_of(key).map(names::value_name);
    let chosen = node.string_of("x-rust-name").map(str::to_owned);
    let of_parameter = || own("name").filter(|_| node.has("in"));
    chosen
        .or_else(|| own("operationId"))
        .or_else(of_parameter)
        .unwrap_or_else(|| names::type_name(&node.at.last()))
}

/// Compares the names that the document chooses for Rust. What has another name in the API, and keeps that in Rust, has
/// a finding of its own.
fn rust_names<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    // Nobody who calls a function names its arguments.
    let is_argument = pair
        .head
        .string_of("in")
        .is_some_and(|location| location != "query");
    for (key, breaks) in [
        (
            "x-rust-name",
            rust_name(&pair.base) != rust_name(&pair.head) && !is_argument,
        ),
        ("x-rust-names", has_other_names(pair)),
    ] {
        if pair.is_same(key) {
            continue;
        }
        let verdict = if breaks { Verdict::Major } else { Verdict::Patch };
        let sentence = format!("{} has other names in Rust", subject.name);
        let found = (ReviewRule::RustNameChanged, Verdicts::rust(verdict), sentence);
        comparison.add_at(pair, key, subject, found);
    }
}

/// Whether a member or a value that both schemas have is called something else in Rust.
fn has_other_names(pair: &Pair<'_>) -> bool {
    let convert = if pair.base.has("enum") {
        names::type_name
    } else {
        names::value_name
    };
    let all = |node: &Node<'_>| {
        let members = node.members_of("properties").into_iter();
        let members = members.map(|(name, _)| name.to_owned());
        let values = node.strings_of("enum");
        let named = members.chain(values).map(|name| {
            let rust = members::rust_name(node, &name, convert);
            (name, rust)
        });
        named.collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (all(&pair.base), all(&pair.head));
    old.iter()
        .any(|(name, rust)| new.get(name).is_some_and(|now| now != rust))
}
