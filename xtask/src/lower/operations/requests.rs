//! The schemas whose values requests hold: what they say beyond what every schema may say.
//!
//! Notes which schemas those are. Which codes follow from them is for `raises`.

use crate::document::Node;
use crate::lower::error_codes;
use crate::lower::lowering::Lowering;
use crate::lower::schemas;
use crate::lower::schemas::constraints::INVALID_CODE;
use crate::problem::Problem;
use crate::rule::Rule;

/// Checks the parameters of an operation, those of its path item included, and its body.
pub(in crate::lower) fn check<'a>(lowering: &mut Lowering<'a>, item: &Node<'a>, operation: &Node<'a>) {
    for node in item
        .items_of("parameters")
        .into_iter()
        .chain(operation.items_of("parameters"))
    {
        let parameter = lowering.resolve(node);
        check_invalid_code(lowering, &parameter);
        if let Some(schema) = parameter.get("schema") {
            visit(lowering, schema);
        }
    }
    if let Some(body) = operation.get("requestBody") {
        for (_, content) in lowering.resolve(body).members_of("content") {
            if let Some(schema) = content.get("schema") {
                visit(lowering, schema);
            }
        }
    }
}

fn visit<'a>(lowering: &mut Lowering<'a>, schema: Node<'a>) {
    let schema = lowering.resolve(schema);
    if !lowering.requested.insert(schema.at.clone()) {
        return;
    }
    check_invalid_code(lowering, &schema);
    if let Some(further) = schema
        .get("additionalProperties")
        .filter(|further| *further.value == false)
    {
        let sentence = "a server ignores further members of a request, and this would refuse them";
        let problem = Problem::at(Rule::KeywordWithoutEffect, &further.at, sentence);
        lowering.add(problem.with_help("remove `additionalProperties: false`"));
    }
    for inner in schemas::inner(&schema) {
        visit(lowering, inner);
    }
}

fn check_invalid_code(lowering: &mut Lowering<'_>, node: &Node<'_>) {
    if let Some(code) = node.get(INVALID_CODE) {
        error_codes::check_code(lowering, &code);
    }
}
