//! Checks what responses promise: none of their schemas refuses further members, their headers are those that are
//! sent, and a 401 has its challenge.

use std::collections::BTreeSet;

use crate::document::Node;
use crate::faults::CREDENTIALS;
use crate::lower::error_codes::Codes;
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::lower::operations::headers::{self, CHALLENGE};
use crate::lower::schemas::{self, keywords};
use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::rule::Rule;

pub(in crate::lower) fn check<'a>(
    lowering: &mut Lowering<'a>,
    operations: &[LoweredOperation<'a>],
    shared: &[(u16, Node<'a>)],
    codes: &Codes,
) {
    check_credentials(lowering, operations, codes);
    let mut seen = BTreeSet::new();
    for (status, response) in shared {
        let response = lowering.resolve(response.clone());
        headers::check_error(lowering, *status, &response);
        if *status == 401 {
            check_challenge(lowering, &response);
        }
    }
    for found in operations {
        let operation = lowering.root.find(&found.operation.at);
        for (_, response) in operation
            .map(|node| node.members_of("responses"))
            .unwrap_or_default()
        {
            let response = lowering.resolve(response);
            for (_, header) in response.members_of("headers") {
                if let Some(schema) = lowering.resolve(header).get("schema") {
                    let schema = lowering.resolve(schema);
                    keywords::check(lowering, &schema);
                }
            }
            for (_, content) in response.members_of("content") {
                visit(lowering, content.get("schema"), &mut seen);
            }
        }
    }
}

/// Only a 401 has a challenge, and some clients send their credentials only then.
fn check_credentials(lowering: &mut Lowering<'_>, operations: &[LoweredOperation<'_>], codes: &Codes) {
    let code = codes.of(CREDENTIALS);
    let code = code.and_then(|name| codes.error_codes.iter().find(|code| code.code == name));
    let is_secured = operations.iter().any(|found| found.operation.secured);
    if let Some(code) = code.filter(|code| is_secured && code.status != 401) {
        let at = lowering.root.at.child("x-faults").child(CREDENTIALS);
        let (name, status) = (&code.code, code.status);
        let sentence = format!("`{name}` has the status {status}, and only a 401 has a challenge");
        let problem = Problem::at_value(Rule::ChallengeMissing, &at, sentence);
        lowering.add(
            problem.with_help("name a code with the status 401: it is for missing and wrong credentials"),
        );
    }
}

/// A 401 says in a header which credentials it wants (RFC 9110, section 15.5.2).
fn check_challenge<'a>(lowering: &mut Lowering<'a>, response: &Node<'a>) {
    let headers = response.members_of("headers");
    let challenge = headers.into_iter().find(|(name, _)| *name == CHALLENGE);
    let challenge = challenge.map(|(_, header)| lowering.resolve(header));
    let (at, sentence) = match &challenge {
        None => (&response.at, "is not documented"),
        Some(header) if header.is_true("required") => return,
        Some(header) => (&header.at, "is not required"),
    };
    let sentence = format!("the header `{CHALLENGE}` of the response 401 {sentence}");
    lowering.report(Rule::ChallengeMissing, at, sentence);
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
    for inner in schemas::inner(&schema) {
        visit(lowering, Some(inner), seen);
    }
}
