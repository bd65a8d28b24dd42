//! Refuses the keys of OpenAPI 3.0 that would say something which nothing obeys.
//!
//! Which keys these are is decided in `document::keys`. A rule that knows more of a key reports it first.

use crate::document::{Node, Position, keys};
use crate::lower::lowering::Lowering;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

pub(in crate::lower) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    visit(lowering, &root);
}

fn visit(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    // Schemes of other types are refused as a whole, and cannot do without these keys.
    if node.position == Position::SecurityScheme && node.string_of("type").is_some_and(|kind| kind != "http")
    {
        return;
    }
    for (key, child) in node.members() {
        if keys::is_refused(node.position, key) {
            if !keys::says_nothing(node.position, key, child.value) {
                report(lowering, key, &child);
            }
        } else if !child.position.is_opaque() {
            visit(lowering, &child);
        }
    }
    for item in node.items() {
        visit(lowering, &item);
    }
}

fn report(lowering: &mut Lowering<'_>, key: &str, node: &Node<'_>) {
    let places = [Place::Key(node.at.clone()), Place::Value(node.at.clone())];
    if places.iter().any(|place| lowering.by_place.contains_key(place)) {
        return;
    }
    let sentence = format!("`{key}` is not supported: nothing generated would obey it");
    let problem = Problem::at(Rule::KeywordWithoutEffect, &node.at, sentence);
    lowering.add(problem.with_help("remove it, and say in a description what callers must know"));
}
