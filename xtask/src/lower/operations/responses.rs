//! The responses of an operation: the one success, and the shared responses for the statuses of its codes.

use std::collections::BTreeMap;

use super::{LoweredOperation, headers, lower_content};
use crate::contract::{Operation, Success};
use crate::document::Node;
use crate::lower::error_codes::{Codes, TABLE, schema};
use crate::lower::lowering::{Lowering, component_name, most_frequent};
use crate::problem::{Place, Problem};
use crate::rule::Rule;

pub(super) fn lower_success<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    of: &str,
) -> Option<(Success, Option<(String, Node<'a>)>)> {
    let responses = operation.members_of("responses");
    let successes: Vec<_> = responses
        .iter()
        .filter(|(status, _)| is_success(status))
        .collect();
    let (status, node) = match successes.as_slice() {
        [only] => only,
        [] => {
            // A range is a problem of its own.
            if !responses.iter().any(|(status, _)| status.starts_with('2')) {
                let sentence = format!("{of} documents no successful response");
                let at = operation.at.child("responses");
                lowering.report(Rule::SuccessNotSingle, &at, sentence);
            }
            return None;
        }
        [(first, first_node), (second, second_node), ..] => {
            let sentence = format!("{of} documents {first} and {second}");
            let problem = Problem::at(Rule::SuccessNotSingle, &second_node.at, sentence);
            let note = format!("{first} is here");
            lowering.add(
                problem
                    .with_related(Place::Key(first_node.at.clone()), note)
                    .with_help("keep one of the two: an operation has one successful response"),
            );
            return None;
        }
    };
    let node = lowering.resolve(node.clone());
    let status: u16 = status.parse().ok()?;
    let content = !node.members_of("content").is_empty();
    if !matches!((status, content), (200..=202, true) | (201 | 202 | 204, false)) {
        let (sentence, help) = match (status, content) {
            (200, _) => (
                format!("{of} succeeds with 200 and has no body"),
                "document the body under `content`, or write \"204\"",
            ),
            (204, _) => (
                format!("{of} succeeds with 204 and has a body"),
                "write \"200\"; a response of 204 has no body",
            ),
            (_, true) => (
                format!("{of} succeeds with {status}, which is not supported"),
                "write \"200\"; \"201\" for something that was created, \"202\" for what is done later",
            ),
            (_, false) => (
                format!("{of} succeeds with {status}, which is not supported"),
                "write \"204\", because there is no body",
            ),
        };
        let problem = Problem::at(Rule::SuccessNotSingle, &node.at, sentence);
        lowering.add(problem.with_help(help));
        return None;
    }
    let mut success = Success {
        status,
        schema: None,
        headers: headers::lower_success(lowering, &node),
        docs: node
            .string_of("description")
            .unwrap_or_default()
            .trim()
            .to_owned(),
    };
    if !content {
        return Some((success, None));
    }
    let (schema, _, content) = lower_content(lowering, &node, &["application/json"])?;
    success.schema = Some(schema.clone());
    Some((success, Some((schema, content))))
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') && is_status(status)
}

/// Whether a key is one status, and no range.
fn is_status(status: &str) -> bool {
    status.len() == 3 && status.chars().all(|c| c.is_ascii_digit())
}

/// The shared error responses of an operation, by status. Those that it lacks are found once its codes are known.
pub(super) fn lower_errors<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    of: &str,
    codes: &Codes,
) -> Vec<(u16, Node<'a>)> {
    let mut errors = Vec::new();
    for (status, node) in operation.members_of("responses") {
        if is_success(status) || status.starts_with("x-") {
            continue;
        }
        let known = codes.statuses.iter().find(|known| known.to_string() == status);
        match known {
            Some(known) if component_name(&node, "responses").is_some() => errors.push((*known, node)),
            Some(_) => {
                let sentence = format!("{of} defines its own {status}");
                lowering.report(Rule::ErrorResponseNotShared, &node.at, sentence);
            }
            // The code with this status may be one that cannot be read, which is a problem of its own.
            None if is_status(status) && !codes.are_complete => {}
            None => {
                let sentence = format!("{of} documents `{status}`, which is the status of no error code");
                let statuses = codes.statuses_as_text();
                let help = match is_status(status) {
                    true if status.starts_with(['4', '5']) => {
                        format!(
                            "remove it, or give an error code this status; the error codes have {statuses}"
                        )
                    }
                    true => "remove it: there is one success, and failures have a status from 400 to 599"
                        .to_owned(),
                    false => format!("write single statuses; the error codes have {statuses}"),
                };
                lowering.add(Problem::at(Rule::StatusOutsideContract, &node.at, sentence).with_help(help));
            }
        }
    }
    errors
}

/// The response that all operations refer to for a status. Where they differ, it is the one that most of
/// them refer to, and the others are wrong.
pub(in crate::lower) fn shared_errors<'a>(
    lowering: &mut Lowering<'a>,
    found: &[LoweredOperation<'a>],
    codes: &Codes,
) -> Vec<(u16, Node<'a>)> {
    let mut shared = Vec::new();
    for status in &codes.statuses {
        let responses: Vec<_> = found
            .iter()
            .flat_map(|found| &found.errors)
            .filter(|(known, node)| known == status && !lowering.unsound.contains(&node.at))
            .map(|(_, node)| node)
            .collect();
        let expected = most_frequent(responses.iter().map(|node| shared_name(node)));
        let right = responses.iter().find(|node| Some(shared_name(node)) == expected);
        let (Some(expected), Some(right)) = (&expected, right) else {
            continue;
        };
        shared.push((*status, (*right).clone()));
        for node in responses.iter().filter(|node| shared_name(node) != *expected) {
            let sentence = format!(
                "{status} is `{}` here, and `{expected}` in most operations",
                shared_name(node)
            );
            let problem = Problem::at_value(Rule::ErrorResponseNotShared, &node.at.child("$ref"), sentence);
            let note = format!("another operation refers to `{expected}`");
            lowering.add(
                problem
                    .with_related(Place::Value(right.at.child("$ref")), note)
                    .with_help(format!("write `$ref: '#/components/responses/{expected}'`")),
            );
        }
    }
    check_operations(lowering, found, &shared, codes);
    check_layers(lowering, &shared, codes);
    shared
}

/// The component that a response refers to.
fn shared_name(response: &Node<'_>) -> String {
    component_name(response, "responses").unwrap_or_default()
}

/// Each status of an operation's codes is one of its responses.
fn check_operations(
    lowering: &mut Lowering<'_>,
    found: &[LoweredOperation<'_>],
    shared: &[(u16, Node<'_>)],
    codes: &Codes,
) {
    let known = codes.error_codes.iter();
    let statuses: BTreeMap<&str, u16> = known.map(|code| (code.code.as_str(), code.status)).collect();
    for LoweredOperation { operation, .. } in found {
        let at = operation.at.child("responses");
        let Some(responses) = lowering.root.find(&at) else {
            continue;
        };
        let mut missing = codes.statuses.clone();
        missing.retain(|status| !responses.has(&status.to_string()));
        for status in missing {
            let mut own = operation.codes.iter();
            let Some(code) = own.find(|code| statuses.get(code.as_str()) == Some(&status)) else {
                continue;
            };
            let Operation { method, path, .. } = operation;
            let sentence =
                format!("{method} {path} does not document {status}, which is the status of `{code}`");
            let help = match shared.iter().find(|(known, _)| *known == status) {
                Some((_, right)) => {
                    let name = shared_name(right);
                    format!("write `\"{status}\": {{ $ref: '#/components/responses/{name}' }}`")
                }
                None => add_response(status, code) + " here",
            };
            lowering.add(Problem::at(Rule::ErrorResponseMissing, &at, sentence).with_help(help));
        }
    }
}

/// Each status of a layer's code is that of a response.
fn check_layers(lowering: &mut Lowering<'_>, shared: &[(u16, Node<'_>)], codes: &Codes) {
    // What is wrong elsewhere may be the reason that an operation is not seen.
    let (true, Some((_, schema))) = (lowering.problems.is_empty(), schema(lowering)) else {
        return;
    };
    for code in &codes.error_codes {
        let status = code.status;
        if shared.iter().all(|(known, _)| *known != status) {
            let at = schema.at.child(TABLE).child(&code.code).child("status");
            let sentence = format!(
                "no operation documents {status}, which is the status of `{}`",
                code.code
            );
            let help = add_response(status, &code.code) + " from an operation";
            lowering.add(Problem::at_value(Rule::ErrorResponseMissing, &at, sentence).with_help(help));
        }
    }
}

fn add_response(status: u16, code: &str) -> String {
    format!(
        "add a response for {status} to `components/responses`, with an example `{code}`, and refer to it"
    )
}
