//! The responses of an operation: the one success, and the shared responses for the statuses of its codes.

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
            None if is_status(status)
                && lowering.breaks_any(&[Rule::ErrorCodesDiffer, Rule::ErrorCodeIncomplete]) => {}
            None => {
                let sentence = format!("{of} documents `{status}`, which is the status of no error code");
                let statuses = codes.statuses_as_text();
                let help = if is_status(status) {
                    format!("remove it, or give an error code this status; the error codes have {statuses}")
                } else {
                    format!("write single statuses; the error codes have {statuses}")
                };
                lowering.add(Problem::at(Rule::StatusOutsideContract, &node.at, sentence).with_help(help));
            }
        }
    }
    errors
}

/// Each status of an operation's codes is one of its responses.
pub(super) fn check_codes(
    lowering: &mut Lowering<'_>,
    node: &Node<'_>,
    operation: &Operation,
    of: &str,
    codes: &Codes,
) {
    let responses = node.members_of("responses");
    let is_documented = |status: u16| responses.iter().any(|(known, _)| *known == status.to_string());
    for status in &codes.statuses {
        let mut own = codes.error_codes.iter();
        let code = own.find(|code| code.status == *status && operation.codes.contains(&code.code));
        if let Some(code) = code.filter(|_| !is_documented(*status)) {
            let sentence = format!(
                "{of} does not document {status}, which is the status of `{}`",
                code.code
            );
            let at = node.at.child("responses");
            let help = match response_of(lowering, *status) {
                Some(name) => format!("write `\"{status}\": {{ $ref: '#/components/responses/{name}' }}`"),
                None => format!(
                    "add a response for {status} to `components/responses`, with an example `{}`, and refer to it",
                    code.code
                ),
            };
            lowering.add(Problem::at(Rule::ErrorResponseMissing, &at, sentence).with_help(help));
        }
    }
}

/// The response that an operation refers to for a status.
fn response_of(lowering: &Lowering<'_>, status: u16) -> Option<String> {
    let paths = lowering.root.members_of("paths");
    let operations = paths.iter().flat_map(|(_, item)| item.members());
    let mut responses = operations.filter_map(|(_, operation)| {
        let response = operation.get("responses")?.get(&status.to_string())?;
        component_name(&response, "responses")
    });
    responses.next()
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
            .filter(|(known, _)| known == status)
            .map(|(_, node)| node)
            .collect();
        let name = |node: &Node<'_>| component_name(node, "responses").unwrap_or_default();
        let expected = most_frequent(responses.iter().map(|node| name(node)));
        let right = responses.iter().find(|node| Some(name(node)) == expected);
        let (Some(expected), Some(right)) = (&expected, right) else {
            report_unshared(lowering, *status, codes);
            continue;
        };
        shared.push((*status, (*right).clone()));
        for node in responses.iter().filter(|node| name(node) != *expected) {
            let sentence = format!(
                "{status} is `{}` here, and `{expected}` in most operations",
                name(node)
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
    shared
}

/// Reports a status that no operation documents and that is the status of a layer's code alone.
fn report_unshared(lowering: &mut Lowering<'_>, status: u16, codes: &Codes) {
    // What is wrong elsewhere may be the reason that an operation is not seen.
    if !lowering.problems.is_empty() {
        return;
    }
    let mut of_status = codes.error_codes.iter().filter(|code| code.status == status);
    if let (Some(code), Some((_, schema))) = (of_status.next(), schema(lowering)) {
        let at = schema.at.child(TABLE).child(&code.code).child("status");
        let sentence = format!(
            "no operation documents {status}, which is the status of `{}`",
            code.code
        );
        let problem = Problem::at_value(Rule::ErrorResponseMissing, &at, sentence);
        lowering.add(problem.with_help(format!(
            "add a response for {status} to `components/responses`, with an example `{}`, and refer to it from an \
             operation",
            code.code
        )));
    }
}
