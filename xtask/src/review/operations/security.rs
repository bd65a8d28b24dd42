//! Which credentials are asked for, and which schemes there are.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject, matched, text};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::renames::without_words;
use crate::review::rule::ReviewRule;
use crate::review::side::Side;
use crate::review::words;

use Verdict::{Major, Minor, Patch};

const KEY: &str = "security";
const KIND: &str = "securitySchemes";

/// Compares what one operation asks for, where it says so itself.
pub(in crate::review) fn of_operation<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
) {
    if !pair.is_same(KEY) {
        report(comparison, pair, subject);
    }
}

/// Compares what the document asks for as a whole, and its schemes.
pub(in crate::review) fn compare(comparison: &mut Comparison<'_>) {
    let (pair, subject) = comparison.whole("the API");
    if !pair.is_same(KEY) {
        report(comparison, &pair, &subject);
    }
    let (common, gone, new) = matched(comparison.base.components(KIND), comparison.head.components(KIND));
    for (name, pair) in common {
        let subject = Subject {
            name: format!("the scheme `{name}`"),
            reach: subject.reach.clone(),
        };
        for key in [
            "type",
            "scheme",
            "in",
            "name",
            "flows",
            "openIdConnectUrl",
            "bearerFormat",
        ] {
            if !pair.is_same(key) {
                let sentence = format!("{} takes other credentials", subject.name);
                let found = (ReviewRule::SecurityChanged, Verdicts::all(Major), sentence);
                comparison.add_at(&pair, key, &subject, found);
            }
        }
        if !pair.is_same("x-credentials") {
            let sentence = format!(
                "the parts of the credentials of {} have other names",
                subject.name
            );
            let found = (ReviewRule::ProseChanged, Verdicts::all(Patch), sentence);
            comparison.add_at(&pair, "x-credentials", &subject, found);
        }
        words::compare(comparison, &pair, &subject);
    }
    // A scheme is one of those that the document lists, or nothing.
    for (_, scheme) in gone {
        comparison.claim(Some(&scheme.at), None);
    }
    for (_, scheme) in new {
        comparison.claim(None, Some(&scheme.at));
    }
}

fn report<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let asks = |node: &Node<'_>, root: &Node<'_>| {
        let own = node.value.get(KEY).or_else(|| root.value.get(KEY));
        own.and_then(Value::as_array)
            .is_some_and(|schemes| !schemes.is_empty())
    };
    let (before, after) = (
        asks(&pair.base, &comparison.base.root),
        asks(&pair.head, &comparison.head.root),
    );
    let effective =
        |node: &Node<'_>, root: &Node<'_>| text(node.value.get(KEY).or_else(|| root.value.get(KEY)));
    let old = effective(&pair.base, &comparison.base.root);
    let new = effective(&pair.head, &comparison.head.root);
    let (rule, verdicts, change) = match (before, after) {
        (false, true) => (
            ReviewRule::SecurityAdded,
            Verdicts::new(Major, Patch, Major),
            "asks for credentials",
        ),
        (true, false) => (
            ReviewRule::SecurityRemoved,
            Verdicts::new(Minor, Patch, Major),
            "asks for no credentials any more",
        ),
        _ if old == new => (
            ReviewRule::ReferenceChanged,
            Verdicts::all(Patch),
            "says of credentials what it inherits",
        ),
        _ => {
            let taken = |node: &Node<'_>, side: &Side<'_>| {
                let own = node.value.get(KEY).or_else(|| side.root.value.get(KEY));
                let names = own.and_then(Value::as_array).into_iter().flatten();
                let names = names.filter_map(Value::as_object).flat_map(|all| all.keys());
                let schemes = side.components(KIND);
                let scheme = |name: &String| schemes.iter().find(|(known, _)| known == name);
                names
                    .filter_map(|name| Some(without_words(scheme(name)?.1.value).to_string()))
                    .collect::<BTreeSet<_>>()
            };
            let old = taken(&pair.base, &comparison.base);
            let new = taken(&pair.head, &comparison.head);
            if old == new {
                (
                    ReviewRule::ReferenceChanged,
                    Verdicts::all(Patch),
                    "says in another way which credentials it takes",
                )
            } else if new.is_superset(&old) {
                (
                    ReviewRule::SecurityChanged,
                    Verdicts::new(Minor, Minor, Major),
                    "takes further credentials",
                )
            } else {
                (
                    ReviewRule::SecurityChanged,
                    Verdicts::all(Major),
                    "takes other credentials",
                )
            }
        }
    };
    let (base, head) = pair.places(KEY);
    let finding = Finding::new(rule, verdicts, format!("{} {change}", subject.name));
    let finding = finding.at(Some(&base), Some(&head)).values(old, new);
    comparison.add(finding, &subject.reach);
}
