//! Schemas: types, references and what is within them. Members of objects and constraints have files of their own.

pub(super) mod constraints;
pub(super) mod effect;
pub(super) mod members;
pub(super) mod values;

use serde_json::Value;

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject, matched, text};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::renames;
use crate::review::rule::ReviewRule;
use crate::review::words;

const PREFIX: &str = "#/components/schemas/";

/// Finds the schemas that have another name, before anything refers to one.
pub(super) fn find_renamed(comparison: &mut Comparison<'_>) {
    let (_, gone, new) = matched(
        comparison.base.components("schemas"),
        comparison.head.components("schemas"),
    );
    let keyed = |found: &[(&'_ str, Node<'_>)]| -> Vec<(String, Value)> {
        let typed = found.iter().filter(|(_, node)| is_type(node));
        typed
            .map(|(name, node)| ((*name).to_owned(), node.value.clone()))
            .collect()
    };
    let (gone, new) = (keyed(&gone), keyed(&new));
    fn borrowed(found: &[(String, Value)]) -> Vec<(&str, &Value)> {
        found.iter().map(|(name, value)| (name.as_str(), value)).collect()
    }
    comparison.renamed_schemas = renames::alike(&borrowed(&gone), &borrowed(&new))
        .into_iter()
        .collect();
}

/// Whether a schema becomes a type in Rust: scalars do not.
fn is_type(schema: &Node<'_>) -> bool {
    let kind = schema.string_of("type");
    schema.has("enum") || matches!(kind, Some("object" | "array")) || schema.has("properties")
}

/// Compares the schemas that both documents have as components.
pub(super) fn components(comparison: &mut Comparison<'_>) {
    let (mut common, gone, new) = matched(
        comparison.base.components("schemas"),
        comparison.head.components("schemas"),
    );
    let renamed = comparison.renamed_schemas.clone();
    for (old, base) in gone {
        let Some(name) = renamed.get(old) else {
            continue;
        };
        if let Some((name, head)) = new.iter().find(|(known, _)| known == name) {
            let reach = comparison.base.reach(&base.at);
            let keeps = words::rust_name(&base) == words::rust_name(head);
            let (verdict, rust) = match keeps {
                true => (Verdict::Patch, "but not its type in Rust"),
                false => (Verdict::Major, "and so is its type in Rust"),
            };
            let sentence = format!("the schema `{old}` is called `{name}` now, {rust}");
            let finding = Finding::new(ReviewRule::TypeRenamed, Verdicts::rust(verdict), sentence);
            comparison.add(
                finding.at(Some(&base.at), Some(&head.at)).values(old, *name),
                &reach,
            );
            common.push((
                name,
                Pair {
                    base,
                    head: head.clone(),
                },
            ));
        }
    }
    for (name, pair) in common {
        let reach = comparison
            .base
            .reach(&pair.base.at)
            .and(&comparison.head.reach(&pair.head.at));
        let subject = Subject {
            name: format!("`{name}`"),
            reach,
        };
        within(comparison, &pair, &subject);
    }
}

/// Compares two schemas in one place. What a component says is compared once, as a component.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let names = [&pair.base, &pair.head].map(|node| node.string_of("$ref"));
    let [old, new] = names;
    if let (Some(old), Some(new)) = (old, new) {
        let old = old.strip_prefix(PREFIX).unwrap_or(old);
        let new = new.strip_prefix(PREFIX).unwrap_or(new);
        if comparison.schema_in_head(old) == new {
            comparison.claim(
                Some(&pair.base.at.child("$ref")),
                Some(&pair.head.at.child("$ref")),
            );
            return;
        }
    }
    if old.is_none() && new.is_none() {
        within(comparison, pair, subject);
        return;
    }
    let resolved = Pair {
        base: comparison.base.resolve(&pair.base),
        head: comparison.head.resolve(&pair.head),
    };
    if is_type(&resolved.base) || is_type(&resolved.head) {
        let same = renames::without_words(resolved.base.value) == renames::without_words(resolved.head.value);
        let wire = if same { Verdict::Patch } else { Verdict::Major };
        let (old, new) = (type_name(&pair.base), type_name(&pair.head));
        let sentence = format!("{} is {new} in place of {old}", subject.name);
        let finding = Finding::new(
            ReviewRule::TypeChanged,
            Verdicts::new(wire, Verdict::Major, Verdict::Major),
            sentence,
        );
        comparison.add(
            finding
                .at(Some(&pair.base.at), Some(&pair.head.at))
                .values(old, new),
            &subject.reach,
        );
        return;
    }
    moved(comparison, pair, &resolved, subject);
    within(comparison, &resolved, subject);
}

/// Reports that something is said in another place, and claims the old place if nothing else is there any more.
pub(super) fn moved<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    resolved: &Pair<'a>,
    subject: &Subject,
) {
    let reference = |node: &Node<'_>| text(node.value.get("$ref"));
    let (old, new) = (reference(&pair.base), reference(&pair.head));
    let (sentence, about) = if old.is_empty() || new.is_empty() {
        let sentence = format!("{} is described in another place", subject.name);
        (sentence, pair.head.at.as_str().to_owned())
    } else {
        (
            format!("what was said at `{old}` is said at `{new}`"),
            format!("{old} {new}"),
        )
    };
    let verdicts = Verdicts::all(Verdict::Patch);
    let finding = Finding::new(ReviewRule::ReferenceChanged, verdicts, sentence).about(about);
    comparison.add(
        finding
            .values(old, new)
            .at(Some(&pair.base.at), Some(&pair.head.at)),
        &subject.reach,
    );
    // A component that is gone, or new, says nothing else.
    let gone = comparison.head.root.find(&resolved.base.at).is_none();
    let new = comparison.base.root.find(&resolved.head.at).is_none();
    comparison.claim(
        gone.then_some(&resolved.base.at),
        new.then_some(&resolved.head.at),
    );
}

/// What a schema is called: the component, or its type.
fn type_name(schema: &Node<'_>) -> String {
    match schema.string_of("$ref") {
        Some(reference) => format!("`{}`", reference.strip_prefix(PREFIX).unwrap_or(reference)),
        None => format!("a value of the type `{}`", text(schema.value.get("type"))),
    }
}

/// Compares what two schemas say themselves.
fn within<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    let (old, new) = pair.texts("type");
    if old != new {
        let role = members::Role::of(comparison, &pair.base.at);
        let sentence = format!("{} has the type `{new}` in place of `{old}`", subject.name);
        let verdicts = effect::retyped(&subject.reach, &old, &new);
        let finding = Finding::new(role.retyped(), verdicts, sentence).values(old, new);
        comparison.add(
            finding.at(Some(&pair.base.at), Some(&pair.head.at)),
            &subject.reach,
        );
        return;
    }
    constraints::compare(comparison, pair, subject);
    values::compare(comparison, pair, subject);
    if pair.base.has("properties") || pair.head.has("properties") {
        for (name, member) in members::compare(comparison, pair, subject) {
            let subject = Subject {
                name: members::name_of(&name, subject),
                reach: subject.reach.clone(),
            };
            compare(comparison, &member, &subject);
        }
    }
    members::compare_rest(comparison, pair, subject);
    for key in ["items", "additionalProperties"] {
        let (Some(base), Some(head)) = (pair.base.get(key), pair.head.get(key)) else {
            continue;
        };
        if base.value.is_object() && head.value.is_object() {
            let subject = Subject {
                name: format!("an item of {}", subject.name),
                reach: subject.reach.clone(),
            };
            compare(comparison, &Pair { base, head }, &subject);
        }
    }
    words::compare(comparison, pair, subject);
}
