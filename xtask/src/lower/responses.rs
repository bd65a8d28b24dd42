//! Checks that responses may grow: none of their schemas refuses further members.

use std::collections::BTreeSet;

use super::lowering::Lowering;
use super::operations::LoweredOperation;
use crate::document::Node;
use crate::pointer::Pointer;
use crate::rule::Rule;

pub(super) fn check<'a>(lowering: &mut Lowering<'a>, operations: &[LoweredOperation<'a>]) {
    let mut seen = BTreeSet::new();
    for found in operations {
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
        let sentence = "this is part of a response, and it refuses further members";
        lowering.report(Rule::ClosedResponseSchema, &further.at, sentence);
    }
    visit(lowering, schema.get("items"), seen);
    for (_, property) in schema.members_of("properties") {
        visit(lowering, Some(property), seen);
    }
}
