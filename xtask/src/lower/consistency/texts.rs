//! What descriptions say: something, and of error codes those that the operation can respond with.
//!
//! An identifier in a path names a code as well: that of the resource that does not exist.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase as _;

use crate::contract::{ErrorCode, Location, Operation};
use crate::document::{Node, Position};
use crate::lower::error_codes;
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// What the code of a resource that does not exist ends with.
const NOT_FOUND: &str = "_NOT_FOUND";

/// What the name of an identifier has after the name of the resource.
const IDENTIFIERS: [&str; 6] = ["", "_ID", "_SID", "_UUID", "_KEY", "_CODE"];

pub(in crate::lower) fn check<'a>(
    lowering: &mut Lowering<'a>,
    operations: &[LoweredOperation<'a>],
    codes: &[ErrorCode],
) {
    let root = lowering.root.clone();
    check_texts(lowering, &root, codes);
    // A code that could not be lowered, or is misspelt somewhere, is a problem of its own.
    let meant = lowering.meant_codes();
    let named = codes.iter().map(|known| known.code.as_str());
    let named: BTreeSet<_> = named.filter(|code| !meant.contains(*code)).collect();
    for LoweredOperation { operation, .. } in operations {
        if let Some(node) = root
            .find(&operation.at)
            .filter(|node| raises_known_codes(lowering, node))
        {
            check_descriptions(lowering, &node, operation, &named);
            check_identifiers(lowering, &node, operation, codes);
        }
    }
}

/// Whether an operation lists codes of the document only. One that is misspelt there is a problem of its own, and
/// missing from the operation.
pub(super) fn raises_known_codes(lowering: &Lowering<'_>, operation: &Node<'_>) -> bool {
    let raised = operation.strings_of("x-raises");
    let raises = operation.get("x-raises");
    raises.is_none_or(|raises| raises.value.is_array())
        && raised.iter().all(|code| error_codes::is_known(lowering, code))
}

/// A text that is there says something, and a word between backticks that is almost a code is a code misspelt.
fn check_texts(lowering: &mut Lowering<'_>, node: &Node<'_>, codes: &[ErrorCode]) {
    for word in node.string().into_iter().flat_map(quoted) {
        let is_shouted = word.contains('_') && word.to_shouty_snake_case() == word;
        if !is_shouted || error_codes::is_known(lowering, word) {
            continue;
        }
        let mut codes = codes.iter();
        if let Some(likely) = codes.find(|known| strsim::osa_distance(&known.code, word) <= 2) {
            let sentence = format!("`{word}` is not one of the document's error codes");
            let problem = Problem::at(Rule::UnknownErrorCode, &node.at, sentence);
            lowering.add(problem.with_help(format!("did you mean `{}`?", likely.code)));
        }
    }
    for (key, child) in node.members() {
        if matches!(key, "description" | "summary")
            && !matches!(node.position, Position::Names(_))
            && child.string().is_some_and(|text| text.trim().is_empty())
            && !is_reported(lowering, node)
        {
            let sentence = format!("this `{key}` says nothing");
            let problem = Problem::at(Rule::DescriptionMissing, &child.at, sentence);
            lowering.add(problem.with_help("write a sentence, or remove the key if none is needed"));
        }
        if child.position != Position::Data {
            check_texts(lowering, &child, codes);
        }
    }
    for child in node.items() {
        check_texts(lowering, &child, codes);
    }
}

/// Whether the missing description of a value is a problem already.
fn is_reported(lowering: &Lowering<'_>, node: &Node<'_>) -> bool {
    lowering.breaks_at(Rule::DescriptionMissing, &Place::Key(node.at.clone()))
}

/// The words of a text between backticks.
pub(super) fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The descriptions of an operation and of its parameters, its body and its response.
fn check_descriptions<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    operation: &Operation,
    codes: &BTreeSet<&str>,
) {
    let success = operation.success.status.to_string();
    let parts = node
        .items_of("parameters")
        .into_iter()
        .chain(node.get("requestBody"))
        .chain(
            node.get("responses")
                .and_then(|responses| responses.get(&success)),
        );
    let parts: Vec<_> = parts.map(|part| lowering.resolve(part)).collect();
    for part in std::iter::once(node).chain(&parts) {
        for text in ["summary", "description"].iter().filter_map(|key| part.get(key)) {
            for word in text.string().into_iter().flat_map(quoted) {
                if codes.contains(word) && !operation.codes.iter().any(|code| code == word) {
                    let sentence = format!(
                        "`{}` cannot respond with `{word}`, which is named here",
                        operation.id
                    );
                    lowering.report(Rule::RaisesIncomplete, &text.at, sentence);
                }
            }
        }
    }
}

/// What a path identifies may not exist: where the resource has a code for that, the operation raises it.
fn check_identifiers(
    lowering: &mut Lowering<'_>,
    node: &Node<'_>,
    operation: &Operation,
    codes: &[ErrorCode],
) {
    let identifiers = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path);
    for identifier in identifiers {
        let words = identifier.name.to_shouty_snake_case();
        let is_of = |code: &str| {
            let resource = code.strip_suffix(NOT_FOUND);
            let rest = resource.and_then(|resource| words.strip_prefix(resource));
            rest.is_some_and(|rest| IDENTIFIERS.contains(&rest))
        };
        let expected = codes.iter().find(|known| is_of(&known.code));
        if let Some(expected) = expected.filter(|expected| !operation.codes.contains(&expected.code)) {
            let sentence = format!(
                "`{}` does not raise `{}`, although `{}` may name nothing",
                operation.id, expected.code, identifier.name
            );
            lowering.report(Rule::RaisesIncomplete, &node.at.child("x-raises"), sentence);
        }
    }
}
