//! What descriptions of schemas say of error codes: those that an operation which uses the schema responds with.
//!
//! The descriptions of operations and of their parts are in `texts`.

use std::collections::BTreeMap;

use crate::contract::ErrorCode;
use crate::document::Node;
use crate::lower::consistency::texts::{quoted, raises_known_codes};
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::lower::schemas;
use crate::pointer::Pointer;
use crate::rule::Rule;

/// The schemas that were visited: each with the numbers of the operations that use it.
type Users = BTreeMap<Pointer, Vec<usize>>;

pub(in crate::lower) fn check(
    lowering: &mut Lowering<'_>,
    operations: &[LoweredOperation<'_>],
    codes: &[ErrorCode],
) {
    // A code that could not be lowered is missing from operations, and is a problem of its own.
    let is_known = |word: &str| codes.iter().any(|known| known.code == word);
    let meant = lowering.meant_codes();
    let root = lowering.root.clone();
    let mut users = Users::new();
    for (number, LoweredOperation { operation, .. }) in operations.iter().enumerate() {
        let Some(node) = root.find(&operation.at) else {
            continue;
        };
        let success = operation.success.status.to_string();
        let bodies = node.get("requestBody").into_iter().chain(
            node.get("responses")
                .and_then(|responses| responses.get(&success)),
        );
        let bodies = bodies.flat_map(|body| lowering.resolve(body).members_of("content"));
        let contents = bodies.map(|(_, content)| content);
        let parameters = node.items_of("parameters").into_iter();
        let parameters = parameters.map(|parameter| lowering.resolve(parameter));
        for schema in contents.chain(parameters).filter_map(|part| part.get("schema")) {
            visit(lowering, schema, number, &mut users);
        }
    }
    for (at, users) in &users {
        let Some(description) = root.find(&at.child("description")) else {
            continue;
        };
        for word in description.string().into_iter().flat_map(quoted) {
            let raises = |number: &usize| {
                let user = operations.get(*number);
                let at = user.and_then(|user| root.find(&user.operation.at));
                user.is_some_and(|user| user.operation.codes.iter().any(|code| code == word))
                    || at.is_some_and(|node| !raises_known_codes(lowering, &node))
            };
            if is_known(word) && !users.iter().any(raises) && !meant.contains(word) {
                let sentence = format!("no operation that uses this schema can respond with `{word}`");
                lowering.report(Rule::RaisesIncomplete, &description.at, sentence);
            }
        }
    }
}

fn visit<'a>(lowering: &Lowering<'a>, schema: Node<'a>, number: usize, users: &mut Users) {
    let schema = lowering.resolve(schema);
    let known = users.entry(schema.at.clone()).or_default();
    if known.last() == Some(&number) {
        return;
    }
    known.push(number);
    for inner in schemas::inner(&schema) {
        visit(lowering, inner, number, users);
    }
}
