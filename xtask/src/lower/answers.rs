//! What operations answer with may grow and can be paged through: no schema of an answer refuses further
//! members, and `x-pages` names one of its lists.

use std::collections::BTreeSet;

use super::Lowering;
use super::operations::Found;
use crate::document::{Node, Pointer};
use crate::rule::Rule;

pub(super) fn check<'a>(lowering: &mut Lowering<'a>, operations: &[Found<'a>]) {
    let mut seen = BTreeSet::new();
    for found in operations {
        check_pages(lowering, found);
        let operation = lowering.root.find(&found.operation.at);
        for (_, response) in operation
            .map(|node| node.members_of("responses"))
            .unwrap_or_default()
        {
            for (_, content) in lowering.resolve(response).members_of("content") {
                visit(lowering, content.get("schema"), &mut seen);
            }
        }
    }
}

/// What is paged through is a list that the answer has.
fn check_pages(lowering: &mut Lowering<'_>, found: &Found<'_>) {
    let operation = lowering.root.find(&found.operation.at);
    let Some(pages) = operation.and_then(|operation| operation.get("x-pages")) else {
        return;
    };
    let at = lowering.root.at.child("components").child("schemas");
    let answer = found
        .operation
        .success
        .schema
        .as_ref()
        .and_then(|name| lowering.root.find(&at.child(name)));
    let properties = answer
        .map(|schema| schema.members_of("properties"))
        .unwrap_or_default();
    let items = pages.text_of("items").unwrap_or_default();
    let list = properties
        .into_iter()
        .find(|(name, _)| *name == items)
        .map(|(_, list)| lowering.resolve(list));
    if list.is_none_or(|list| list.text_of("type") != Some("array")) {
        let sentence = format!("the answer has no list `{items}` to page through");
        lowering.report(Rule::ExtensionWithoutEffect, &pages.at, sentence);
    }
}

fn visit<'a>(lowering: &mut Lowering<'a>, schema: Option<Node<'a>>, seen: &mut BTreeSet<Pointer>) {
    let Some(schema) = schema.map(|schema| lowering.resolve(schema)) else {
        return;
    };
    if !seen.insert(schema.at.clone()) {
        return;
    }
    if let Some(further) = schema
        .get("additionalProperties")
        .filter(|further| *further.value == false)
    {
        let sentence = "an answer holds this, and it refuses further members".to_owned();
        lowering.report(Rule::ClosedResponseSchema, &further.at, sentence);
    }
    visit(lowering, schema.get("items"), seen);
    for (_, property) in schema.members_of("properties") {
        visit(lowering, Some(property), seen);
    }
}
