//! `x-rust-name` and `x-rust-names`: names of Rust that the document chooses itself.
//!
//! Decides what form such a name has. Whether another item has it already is for whoever knows all of them.

use std::collections::BTreeSet;

use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::names;
use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::rule::Rule;

/// The key with the name of a type, a method or an argument.
pub(super) const RUST_NAME: &str = "x-rust-name";

/// The key of a schema with the names of its properties or of its values. It is at the schema, because a `$ref`
/// has no siblings, and a value is nothing but itself.
pub(super) const RUST_NAMES: &str = "x-rust-names";

/// The Rust name of what a node describes: its `x-rust-name`, or what `convert` makes of its name.
pub(super) fn of<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    name: &str,
    convert: fn(&str) -> String,
) -> String {
    chosen(lowering, node.get(RUST_NAME), name, convert)
}

/// The Rust name of a property or a value of a schema.
pub(super) fn within<'a>(
    lowering: &mut Lowering<'a>,
    schema: &Node<'a>,
    name: &str,
    convert: fn(&str) -> String,
) -> String {
    let names = schema.get(RUST_NAMES);
    chosen(lowering, names.and_then(|names| names.get(name)), name, convert)
}

/// Where the name is that a Rust name is made of: that of the API, or the one that the document chooses at a node.
pub(super) fn place_of(source: &str, name: &str, node: &Pointer, usual: &Pointer) -> Pointer {
    if source == name {
        usual.clone()
    } else {
        node.child(RUST_NAME)
    }
}

/// Checks that each of a schema's `x-rust-names` belongs to one of these properties or values.
pub(super) fn check(lowering: &mut Lowering<'_>, schema: &Node<'_>, known: &BTreeSet<&str>) {
    if let Some(names) = schema.get(RUST_NAMES).filter(|names| !names.value.is_object()) {
        let sentence = format!("`{RUST_NAMES}` is no object");
        let problem = Problem::at(Rule::NameReserved, &names.at, sentence);
        lowering.add(problem.with_help("write each property or value as a key, with its name in Rust"));
    }
    for (name, node) in schema.members_of(RUST_NAMES) {
        if !known.contains(name) {
            let sentence = format!("`{name}` has no effect here: the schema has nothing of this name");
            let problem = Problem::at(Rule::ExtensionWithoutEffect, &node.at, sentence);
            lowering
                .add(problem.with_help("write the name of a property or a value, exactly as on the wire"));
        }
    }
}

fn chosen<'a>(
    lowering: &mut Lowering<'a>,
    node: Option<Node<'a>>,
    name: &str,
    convert: fn(&str) -> String,
) -> String {
    let usual = convert(name);
    let Some(node) = node else { return usual };
    let given = node.string().unwrap_or_default();
    if given == usual {
        let sentence = format!("`{given}` has no effect here: it is the name that `{name}` has anyway");
        let problem = Problem::at(Rule::ExtensionWithoutEffect, &node.at, sentence);
        lowering.add(problem.with_help("remove it"));
    } else if convert(given) == given && names::is_usable(given) {
        return given.to_owned();
    } else {
        let shown = node
            .string()
            .map_or_else(|| node.value.to_string(), str::to_owned);
        let sentence = format!("`{shown}` cannot be the Rust name of `{name}`");
        let problem = Problem::at_value(Rule::NameReserved, &node.at, sentence);
        let help = match convert(given) {
            likely if !given.is_empty() && names::is_usable(&likely) => format!("write `{likely}`"),
            _ => "write words of letters and digits that are no keyword of Rust".to_owned(),
        };
        lowering.add(problem.with_help(help));
    }
    usual
}
