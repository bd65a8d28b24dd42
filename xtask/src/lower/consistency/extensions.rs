//! Checks that our `x-` keys are where they have an effect, and are spelt correctly.
//!
//! Keys of other tools are left alone.

use crate::document::Node;
use crate::lower::error_codes::{self, TABLE};
use crate::lower::lowering::{INFERRED, Lowering};
use crate::lower::schemas::constraints::{EXPECTED, INVALID_CODE};
use crate::names::nearest;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Where in the document a value is, as far as our keys depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    Root,
    Info,
    PathItem,
    Operation,
    PathParameter,
    Parameter,
    Schema,
    /// A mapping from names of the API to something, in which no key is a keyword.
    Names(Inside),
    /// A value of the API, or of an extension: nothing in it is ours.
    Data,
    Other,
}

/// What the values of such a mapping are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    PathItems,
    Schemas,
    Others,
}

/// Our keys and where each is read. `x-inferred` is read by people, anywhere.
pub(crate) const KEYS: &[(&str, &[Position])] = &[
    ("x-crate-prefix", &[Position::Info]),
    ("x-faults", &[Position::Root]),
    ("x-raises", &[Position::Operation]),
    ("x-pages", &[Position::Operation]),
    ("x-omit-prefix", &[Position::PathParameter]),
    (
        INVALID_CODE,
        &[Position::PathParameter, Position::Parameter, Position::Schema],
    ),
    (EXPECTED, &[Position::Schema]),
    (TABLE, &[Position::Schema]),
    ("x-retired-codes", &[Position::Schema]),
    (INFERRED, &[]),
];

/// The longest `x-expected`, in bytes: with the name of its value it still is a short sentence.
const LONGEST_PHRASE: usize = 100;

pub(in crate::lower) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    visit(lowering, &root, Position::Root);
}

fn visit(lowering: &mut Lowering<'_>, node: &Node<'_>, position: Position) {
    for (key, child) in node.members() {
        let named = matches!(position, Position::Names(_));
        if !named && position != Position::Data && key.starts_with("x-") {
            check_key(lowering, key, &child, position);
        } else {
            visit(lowering, &child, below(position, key, &child));
        }
    }
    for item in node.items() {
        visit(lowering, &item, of_items(position, &item));
    }
}

fn below(position: Position, key: &str, child: &Node<'_>) -> Position {
    match (position, key) {
        (Position::Data, _) | (_, "example" | "default" | "enum" | "value")
            if !matches!(position, Position::Names(_)) =>
        {
            Position::Data
        }
        (Position::Root, "info") => Position::Info,
        (Position::Root, "paths") => Position::Names(Inside::PathItems),
        (Position::Names(Inside::PathItems), _) => Position::PathItem,
        (Position::PathItem, "parameters") | (Position::Operation, "parameters") => Position::Other,
        (Position::PathItem, _) => Position::Operation,
        (Position::Names(Inside::Schemas), _) | (_, "schema" | "items" | "not" | "additionalProperties") => {
            Position::Schema
        }
        (_, "schemas" | "properties") => Position::Names(Inside::Schemas),
        (Position::Schema, "anyOf" | "oneOf" | "allOf") => Position::Schema,
        (Position::Names(Inside::Others), _) => parameter(child),
        (
            _,
            "parameters" | "responses" | "examples" | "content" | "headers" | "requestBodies"
            | "securitySchemes",
        ) => Position::Names(Inside::Others),
        _ => Position::Other,
    }
}

fn of_items(position: Position, item: &Node<'_>) -> Position {
    match position {
        Position::Data | Position::Schema => position,
        _ => parameter(item),
    }
}

fn parameter(node: &Node<'_>) -> Position {
    match (node.string_of("in"), node.has("name")) {
        (Some("path"), true) => Position::PathParameter,
        (Some(_), true) => Position::Parameter,
        _ => Position::Other,
    }
}

fn check_key(lowering: &mut Lowering<'_>, key: &str, node: &Node<'_>, position: Position) {
    match KEYS.iter().find(|(known, _)| *known == key) {
        Some((_, positions)) if !positions.is_empty() && !positions.contains(&position) => {
            let sentence = format!("`{key}` has no effect here");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_) if key == EXPECTED && !is_named_pattern(lowering, node) => {
            let sentence = format!("`{key}` has no effect here: it is for a component that is a `pattern`");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_)
            if (key == INVALID_CODE || key == EXPECTED)
                && position == Position::Schema
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

/// Whether what a key belongs to is a component with a pattern.
fn is_named_pattern(lowering: &Lowering<'_>, node: &Node<'_>) -> bool {
    let components = lowering.root.get("components");
    let schemas = components.map(|components| components.members_of("schemas"));
    let owner = node.at.parent();
    schemas
        .unwrap_or_default()
        .iter()
        .any(|(_, schema)| schema.at == owner && schema.has("pattern"))
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
