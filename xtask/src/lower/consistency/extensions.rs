//! Checks that our `x-` keys are where they have an effect, and are spelt correctly.
//!
//! Keys of other tools are left alone.

use crate::document::{Node, Position};
use crate::lower::error_codes::{self, TABLE};
use crate::lower::examples::SENT;
use crate::lower::lowering::{INFERRED, Lowering};
use crate::lower::operations::security::CREDENTIALS;
use crate::lower::rust_names::{RUST_NAME, RUST_NAMES};
use crate::lower::schemas::constraints::{EXPECTED, INVALID_CODE};
use crate::names::nearest;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Our keys and where each is read. `x-inferred` is read by people, anywhere.
pub(crate) const KEYS: &[(&str, &[Position])] = &[
    ("x-crate-prefix", &[Position::Info]),
    ("x-faults", &[Position::Root]),
    ("x-raises", &[Position::Operation]),
    ("x-pages", &[Position::Operation]),
    (PREFIX, &[Position::Parameter]),
    (INVALID_CODE, &[Position::Parameter, Position::Schema]),
    (EXPECTED, &[Position::Schema]),
    (
        RUST_NAME,
        &[Position::Operation, Position::Parameter, Position::Schema],
    ),
    (RUST_NAMES, &[Position::Schema]),
    (TABLE, &[Position::Schema]),
    (CREDENTIALS, &[Position::SecurityScheme]),
    (SENT, &[Position::Example]),
    ("x-retired-codes", &[Position::Schema]),
    (INFERRED, &[]),
];

/// The key of what a parameter of a path has in front of its value in Rust.
const PREFIX: &str = "x-omit-prefix";

/// The longest `x-expected`, in bytes: with the name of its value it still is a short sentence.
const LONGEST_PHRASE: usize = 100;

pub(in crate::lower) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    visit(lowering, &root);
}

fn visit(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    for (key, child) in node.members() {
        match child.position {
            Position::Extension => check_key(lowering, key, &child, node),
            Position::Data => {}
            _ => visit(lowering, &child),
        }
    }
    for item in node.items() {
        visit(lowering, &item);
    }
}

fn check_key(lowering: &mut Lowering<'_>, key: &str, node: &Node<'_>, owner: &Node<'_>) {
    match KEYS.iter().find(|(known, _)| *known == key) {
        Some((_, positions)) if !positions.is_empty() && !has_effect(key, positions, owner) => {
            let sentence = format!("`{key}` has no effect here");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_) if key == EXPECTED && !is_named_pattern(lowering, owner) => {
            let sentence = format!("`{key}` has no effect here: it is for a component that is a `pattern`");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_) if key == RUST_NAME && owner.position == Position::Schema && !is_type(lowering, owner) => {
            let sentence = format!("`{key}` has no effect here: this is no component with a type in Rust");
            let problem = Problem::at(Rule::ExtensionWithoutEffect, &node.at, sentence);
            let help = format!("name a property or a value by `{RUST_NAMES}` of the schema that has it");
            lowering.add(problem.with_help(help));
        }
        Some(_) if key == RUST_NAMES && !(owner.has("properties") || owner.has("enum")) => {
            let sentence = format!("`{key}` has no effect here: it is for an object or an enum");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_)
            if (key == INVALID_CODE || key == EXPECTED)
                && owner.position == Position::Schema
                && !lowering.requested.contains(&node.at.parent()) =>
        {
            let sentence = format!("`{key}` has no effect here: this value is in no request");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_)
            if key == TABLE
                && error_codes::schema(lowering).is_some_and(|(_, own)| own.at != node.at.parent()) =>
        {
            let sentence = format!("`{key}` has no effect here: another schema has it already");
            let mut problem = Problem::at(Rule::ExtensionWithoutEffect, &node.at, sentence);
            if let Some((name, own)) = error_codes::schema(lowering) {
                let place = Place::Key(own.at.child(TABLE));
                problem = problem.with_related(place, format!("`{name}` has it"));
            }
            lowering.add(problem);
        }
        Some(_) if key == INFERRED && node.string().is_none_or(|reason| reason.trim().is_empty()) => {
            let sentence = format!("`{key}` does not say why we believe what no public page shows");
            let problem = Problem::at(Rule::ExtensionWithoutEffect, &node.at, sentence);
            lowering.add(problem.with_help("write the reason as one sentence, or remove the key"));
        }
        Some(_) if key == EXPECTED && !node.string().is_some_and(is_phrase) => {
            let sentence = format!("`{key}` is not one short phrase");
            lowering.report(Rule::ExpectedNotAPhrase, &node.at, sentence);
        }
        Some(_) => {}
        None => {
            if let Some(likely) = nearest(key, KEYS.iter().map(|(known, _)| *known)) {
                let sentence = format!("`{key}` is not one of our keys; `{likely}` is");
                lowering.report(Rule::ExtensionMisspelt, &node.at, sentence);
            }
        }
    }
}

/// Whether a key is read where it stands: a prefix is omitted in a path alone.
fn has_effect(key: &str, positions: &[Position], owner: &Node<'_>) -> bool {
    let is_in_path = owner.string_of("in") == Some("path");
    positions.contains(&owner.position) && (key != PREFIX || is_in_path)
}

/// Whether what a key belongs to is a component with a pattern.
fn is_named_pattern(lowering: &Lowering<'_>, owner: &Node<'_>) -> bool {
    is_component(lowering, owner) && owner.has("pattern")
}

/// Whether a schema becomes a type of its own under the name of a component.
fn is_type(lowering: &Lowering<'_>, schema: &Node<'_>) -> bool {
    let is_composed = matches!(schema.string_of("type"), Some("object" | "array"));
    is_component(lowering, schema) && (is_composed || schema.has("enum"))
}

fn is_component(lowering: &Lowering<'_>, schema: &Node<'_>) -> bool {
    let components = lowering.root.get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    schemas.is_some_and(|schemas| schemas.at == schema.at.parent())
}

/// Whether a text can end the sentence "It must be …".
fn is_phrase(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_PHRASE
        && text == text.trim()
        && !text.contains(char::is_control)
        && !text.ends_with(['.', ',', ';', ':', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PHRASE, is_phrase};

    #[test]
    fn a_phrase_is_one_short_line_without_an_end() {
        assert!(is_phrase("a phone number in E.164 form, such as +61255501234"));
        let long = "a".repeat(LONGEST_PHRASE + 1);
        for text in ["", " a word", "a word.", "one\ntwo", &long] {
            assert!(!is_phrase(text), "{text:?}");
        }
    }
}
