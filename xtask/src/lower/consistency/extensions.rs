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
pub(crate) enum Spot {
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
pub(crate) const KEYS: &[(&str, &[Spot])] = &[
    ("x-crate-prefix", &[Spot::Info]),
    ("x-faults", &[Spot::Root]),
    ("x-raises", &[Spot::Operation]),
    ("x-pages", &[Spot::Operation]),
    ("x-omit-prefix", &[Spot::PathParameter]),
    (
        INVALID_CODE,
        &[Spot::PathParameter, Spot::Parameter, Spot::Schema],
    ),
    (EXPECTED, &[Spot::Schema]),
    (TABLE, &[Spot::Schema]),
    ("x-retired-codes", &[Spot::Schema]),
    (INFERRED, &[]),
];

/// The longest `x-expected`, in bytes: with the name of its value it still is a short sentence.
const LONGEST_PHRASE: usize = 100;

pub(in crate::lower) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    visit(lowering, &root, Spot::Root);
}

fn visit(lowering: &mut Lowering<'_>, node: &Node<'_>, spot: Spot) {
    for (key, child) in node.members() {
        let named = matches!(spot, Spot::Names(_));
        if !named && spot != Spot::Data && key.starts_with("x-") {
            check_key(lowering, key, &child, spot);
        } else {
            visit(lowering, &child, below(spot, key, &child));
        }
    }
    for item in node.items() {
        visit(lowering, &item, of_items(spot, &item));
    }
}

fn below(spot: Spot, key: &str, child: &Node<'_>) -> Spot {
    match (spot, key) {
        (Spot::Data, _) | (_, "example" | "default" | "enum" | "value")
            if !matches!(spot, Spot::Names(_)) =>
        {
            Spot::Data
        }
        (Spot::Root, "info") => Spot::Info,
        (Spot::Root, "paths") => Spot::Names(Inside::PathItems),
        (Spot::Names(Inside::PathItems), _) => Spot::PathItem,
        (Spot::PathItem, "parameters") | (Spot::Operation, "parameters") => Spot::Other,
        (Spot::PathItem, _) => Spot::Operation,
        (Spot::Names(Inside::Schemas), _) | (_, "schema" | "items" | "not" | "additionalProperties") => {
            Spot::Schema
        }
        (_, "schemas" | "properties") => Spot::Names(Inside::Schemas),
        (Spot::Schema, "anyOf" | "oneOf" | "allOf") => Spot::Schema,
        (Spot::Names(Inside::Others), _) => parameter(child),
        (
            _,
            "parameters" | "responses" | "examples" | "content" | "headers" | "requestBodies"
            | "securitySchemes",
        ) => Spot::Names(Inside::Others),
        _ => Spot::Other,
    }
}

fn of_items(spot: Spot, item: &Node<'_>) -> Spot {
    match spot {
        Spot::Data | Spot::Schema => spot,
        _ => parameter(item),
    }
}

fn parameter(node: &Node<'_>) -> Spot {
    match (node.string_of("in"), node.has("name")) {
        (Some("path"), true) => Spot::PathParameter,
        (Some(_), true) => Spot::Parameter,
        _ => Spot::Other,
    }
}

fn check_key(lowering: &mut Lowering<'_>, key: &str, node: &Node<'_>, spot: Spot) {
    match KEYS.iter().find(|(known, _)| *known == key) {
        Some((_, spots)) if !spots.is_empty() && !spots.contains(&spot) => {
            let sentence = format!("`{key}` has no effect here");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_) if key == EXPECTED && !is_named_pattern(lowering, node) => {
            let sentence = format!("`{key}` has no effect here: it is for a component that is a `pattern`");
            lowering.report(Rule::ExtensionWithoutEffect, &node.at, sentence);
        }
        Some(_)
            if (key == INVALID_CODE || key == EXPECTED)
                && spot == Spot::Schema
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
