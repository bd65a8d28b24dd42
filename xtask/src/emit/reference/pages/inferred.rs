//! Everything that the document infers: what it is, and why it is believed though no public page shows it.

use crate::document::{Document, Node, Position};
use crate::lower::INFERRED;

/// Something that is inferred.
pub(super) struct Inferred {
    /// What it is, as Markdown.
    pub(super) what: String,
    /// Why it is believed, as Markdown.
    pub(super) reason: String,
}

/// All of it, in the order of the document.
pub(super) fn all(document: &Document) -> Vec<Inferred> {
    let mut found = Vec::new();
    visit(&document.root(), "the API", &mut found);
    found
}

fn visit(node: &Node<'_>, what: &str, found: &mut Vec<Inferred>) {
    if let Some(reason) = node.string_of(INFERRED) {
        found.push(Inferred {
            what: what.to_owned(),
            reason: reason.trim().to_owned(),
        });
    }
    for (key, child) in node.members() {
        if child.position == Position::Extension {
            // The table of error codes, each with a reason of its own.
            for (name, entry) in child.members() {
                visit_entry(name, &entry, found);
            }
        } else if child.position != Position::Data {
            visit(&child, &named(what, key, &child), found);
        }
    }
    for item in node.items() {
        visit(&item, &named(what, "", &item), found);
    }
}

/// An entry of a table in one of our keys.
fn visit_entry(name: &str, entry: &Node<'_>, found: &mut Vec<Inferred>) {
    if let Some(reason) = entry.string_of(INFERRED) {
        found.push(Inferred {
            what: format!("`{name}`"),
            reason: reason.trim().to_owned(),
        });
    }
}

/// What a value is called, within what is called `around`.
fn named(around: &str, key: &str, node: &Node<'_>) -> String {
    let is_component = around == "the API";
    let within = |name: &str| match is_component {
        true => name.to_owned(),
        false => format!("{name} of {around}"),
    };
    match (
        node.position,
        node.string_of("operationId"),
        node.string_of("name"),
    ) {
        (Position::Operation, Some(id), _) => format!("`{id}`"),
        (Position::Parameter, _, Some(name)) if is_component && name != key => {
            format!("the parameter `{name}` (`{key}`)")
        }
        (Position::Parameter, _, Some(name)) => within(&format!("the parameter `{name}`")),
        (Position::Header, ..) => within(&format!("the header `{key}`")),
        (Position::Response, ..) if is_component => format!("the response `{key}`"),
        (Position::Response, ..) => within(&format!("the response {key}")),
        (Position::RequestBody, ..) => within("the body"),
        (Position::Schema, ..) if is_schema_of_its_own(node) && is_component => format!("`{key}`"),
        (Position::Schema, ..) if is_schema_of_its_own(node) => format!("`{key}` of {around}"),
        _ => around.to_owned(),
    }
}

/// Whether a schema has a name: that of a component or of a member.
fn is_schema_of_its_own(node: &Node<'_>) -> bool {
    let around = node.at.as_str().rsplit('/').nth(1);
    around.is_some_and(|around| ["schemas", "properties"].contains(&around))
}
