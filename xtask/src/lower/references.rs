//! Every `$ref` leads to a component of this document, and never to itself.
//!
//! Runs first, so that everything after it may follow references without looking.

use super::Lowering;
use crate::document::{Node, Pointer};
use crate::rule::Rule;

pub(super) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    visit(lowering, &root);
}

fn visit<'a>(lowering: &mut Lowering<'a>, node: &Node<'a>) {
    if let Some(reference) = node.text_of("$ref") {
        let at = node.at.child("$ref");
        if let Err(sentence) = follow(lowering, reference) {
            lowering.report_value(Rule::DanglingReference, &at, sentence);
        }
    }
    // Examples hold values of the API, in which `$ref` would mean nothing.
    for (_, child) in node
        .members()
        .into_iter()
        .filter(|(key, _)| !matches!(*key, "example" | "value"))
    {
        visit(lowering, &child);
    }
    for child in node.items() {
        visit(lowering, &child);
    }
}

fn follow(lowering: &Lowering<'_>, reference: &str) -> Result<(), String> {
    let mut seen = Vec::new();
    let mut next = reference;
    loop {
        let Some(pointer) = Pointer::of_reference(next) else {
            return Err(format!("`{next}` points outside this document"));
        };
        let Some(target) = lowering.root.find(&pointer) else {
            return Err(format!("`{next}` points to nothing"));
        };
        if !next.starts_with("#/components/") {
            return Err(format!("`{next}` points to something that is not a component"));
        }
        if seen.contains(&pointer) {
            return Err(format!("`{reference}` leads back to itself"));
        }
        seen.push(pointer);
        match target.text_of("$ref") {
            Some(further) => next = further,
            None => return Ok(()),
        }
    }
}
