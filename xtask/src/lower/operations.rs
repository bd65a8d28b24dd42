//! The operations: ids, bodies, the one success and the four shared error responses.

use super::error_codes::Codes;
use super::lowering::{Lowering, component_name, with_inference};
use super::{pages, parameters, raises, security};
use crate::contract::{Body, Operation, Success};
use crate::document::Node;
use crate::names;
use crate::pointer::Pointer;
use crate::rule::Rule;

/// The statuses of error responses.
const ERROR_STATUSES: [&str; 4] = ["400", "401", "403", "500"];

/// The methods that operations can have.
const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// The methods that OpenAPI knows besides: every server handles them in its own way.
const OTHER_METHODS: [&str; 3] = ["options", "head", "trace"];

/// An operation, and what later parts of the lowering need to know of it.
pub(super) struct LoweredOperation<'a> {
    pub(super) operation: Operation,
    /// The shared error responses, by status.
    pub(super) errors: Vec<(u16, Node<'a>)>,
    /// The bodies that can have examples, each with the name of its schema.
    pub(super) bodies: Vec<(String, Node<'a>)>,
}

pub(super) fn lower<'a>(lowering: &mut Lowering<'a>, codes: &Codes) -> Vec<LoweredOperation<'a>> {
    let mut found = Vec::new();
    let mut templates = Vec::new();
    for (path, item) in lowering.root.members_of("paths") {
        templates.push((parameters::shape(path), path.to_owned(), item.at.clone()));
        for (key, node) in item.members() {
            if METHODS.contains(&key) {
                found.extend(lower_operation(lowering, path, key, &item, &node, codes));
            } else if OTHER_METHODS.contains(&key) {
                let sentence = format!("an operation cannot have the method {}", key.to_uppercase());
                lowering.report(Rule::PathUnsupported, &node.at, sentence);
            } else if key == "servers" {
                let sentence = "the document has one server for all operations";
                lowering.report(Rule::PathUnsupported, &node.at, sentence);
            }
        }
    }
    check_templates(lowering, templates);
    let names = found.iter().map(|LoweredOperation { operation, .. }| {
        (
            operation.rust.clone(),
            operation.id.clone(),
            operation.at.child("operationId"),
        )
    });
    let streams = found.iter().filter_map(|LoweredOperation { operation, .. }| {
        let pages = operation.pages.as_ref()?;
        let id = format!("{} as a stream", operation.id);
        Some((pages.rust.clone(), id, operation.at.child("operationId")))
    });
    lowering.report_collisions(names.chain(streams).collect::<Vec<_>>());
    check_shared(lowering, &found);
    found
}

fn lower_operation<'a>(
    lowering: &mut Lowering<'a>,
    path: &str,
    method: &str,
    item: &Node<'a>,
    node: &Node<'a>,
    codes: &Codes,
) -> Option<LoweredOperation<'a>> {
    let of = format!("{} {path}", method.to_uppercase());
    let parameters = parameters::lower(lowering, path, item, node);
    let body = lower_body(lowering, node);
    let success = lower_success(lowering, node, &of);
    let errors = lower_errors(lowering, node, &of);
    let summary = lowering.required_string(node, "summary", Rule::DescriptionMissing, &of);
    let description = lowering.required_string(node, "description", Rule::DescriptionMissing, &of);
    let secured = security::is_required(lowering, node);
    let codes = raises::codes(lowering, node, item, codes);
    let id = lowering.required_string(node, "operationId", Rule::OperationIdMissing, &of)?;
    let rust = names::value_name(&id);
    let begins = id.starts_with(|c: char| c.is_ascii_alphabetic());
    if !begins || names::RESERVED_METHODS.contains(&rust.as_str()) || !names::is_usable(&rust) {
        let sentence = format!("`{id}` cannot be the name of a generated method");
        lowering.report(Rule::NameReserved, &node.at.child("operationId"), sentence);
    }
    let (success, success_body) = success?;
    let pages = pages::lower(lowering, node, &rust, &parameters, &success);
    let bodies = body
        .iter()
        .map(|(body, node)| (body.schema.clone(), node.clone()))
        .chain(success_body)
        .collect();
    let operation = Operation {
        rust,
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: summary?,
        description: with_inference(&description?, node),
        parameters,
        body: body.map(|(body, _)| body),
        success,
        pages,
        codes,
        secured,
        at: node.at.clone(),
        id,
    };
    Some(LoweredOperation {
        operation,
        errors,
        bodies,
    })
}

fn lower_body<'a>(lowering: &mut Lowering<'a>, operation: &Node<'a>) -> Option<(Body, Node<'a>)> {
    let node = lowering.resolve(operation.get("requestBody")?);
    if !node.is_true("required") {
        let sentence = "an optional request body is not supported; say `required: true`";
        lowering.report(Rule::BodyUnsupported, &node.at, sentence);
    }
    let allowed = ["application/json", "application/merge-patch+json"];
    let (schema, media_type, content) = lower_content(lowering, &node, &allowed)?;
    Some((Body { schema, media_type }, content))
}

/// The one media type of a body, and the component that is its schema.
fn lower_content<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    allowed: &[&str],
) -> Option<(String, String, Node<'a>)> {
    let content = node.members_of("content");
    let [(media_type, entry)] = content.as_slice() else {
        let sentence = format!("this body has {} media types", content.len());
        lowering.report(Rule::BodyUnsupported, &node.at.child("content"), sentence);
        return None;
    };
    if !allowed.contains(media_type) {
        let sentence = format!("a body of `{media_type}` is not supported here");
        lowering.report(Rule::BodyUnsupported, &entry.at, sentence);
    }
    match entry
        .get("schema")
        .and_then(|schema| component_name(&schema, "schemas"))
    {
        Some(name) => {
            let target = entry.get("schema").map(|schema| lowering.resolve(schema));
            let kind = target.as_ref().and_then(|target| target.string_of("type"));
            if !matches!(kind, Some("object" | "array")) {
                let sentence = format!("the body is `{name}`, which is neither an object nor an array");
                lowering.report(Rule::BodyUnsupported, &entry.at.child("schema"), sentence);
                return None;
            }
            Some((name, (*media_type).to_owned(), entry.clone()))
        }
        None => {
            let sentence = "the schema of this body is not a `$ref` to a component";
            lowering.report(Rule::BodyUnsupported, &entry.at.child("schema"), sentence);
            None
        }
    }
}

fn lower_success<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    of: &str,
) -> Option<(Success, Option<(String, Node<'a>)>)> {
    let responses = operation.members_of("responses");
    let successes: Vec<_> = responses
        .iter()
        .filter(|(status, _)| is_success(status))
        .collect();
    let [(status, node)] = successes.as_slice() else {
        let sentence = format!("{of} documents {} successful responses", successes.len());
        lowering.report(Rule::SuccessNotSingle, &operation.at.child("responses"), sentence);
        return None;
    };
    let node = lowering.resolve(node.clone());
    let status: u16 = status.parse().ok()?;
    let content = !node.members_of("content").is_empty();
    if (status, content) != (200, true) && (status, content) != (204, false) {
        let sentence = format!("{of} succeeds with {status}, and not with 200 and a body or 204 without one");
        lowering.report(Rule::SuccessNotSingle, &node.at, sentence);
        return None;
    }
    if !content {
        return Some((Success { status, schema: None }, None));
    }
    let (schema, _, content) = lower_content(lowering, &node, &["application/json"])?;
    let success = Success {
        status,
        schema: Some(schema.clone()),
    };
    Some((success, Some((schema, content))))
}

fn is_success(status: &str) -> bool {
    status.len() == 3 && status.starts_with('2') && status.chars().all(|c| c.is_ascii_digit())
}

fn lower_errors<'a>(lowering: &mut Lowering<'a>, operation: &Node<'a>, of: &str) -> Vec<(u16, Node<'a>)> {
    let at = operation.at.child("responses");
    let responses = operation.members_of("responses");
    let mut errors = Vec::new();
    for expected in ERROR_STATUSES {
        match responses.iter().find(|(status, _)| *status == expected) {
            Some((status, node)) if component_name(node, "responses").is_some() => {
                if let Ok(status) = status.parse() {
                    errors.push((status, node.clone()));
                }
            }
            Some((status, node)) => {
                let sentence = format!("{of} defines its own {status}");
                lowering.report(Rule::ErrorResponseNotShared, &node.at, sentence);
            }
            None => lowering.report(
                Rule::ErrorResponseMissing,
                &at,
                format!("{of} does not document {expected}"),
            ),
        }
    }
    for (status, node) in &responses {
        if !is_success(status) && !ERROR_STATUSES.contains(status) && !status.starts_with("x-") {
            let sentence = format!("{of} documents `{status}`");
            lowering.report(Rule::StatusOutsideContract, &node.at, sentence);
        }
    }
    errors
}

/// All operations refer to the same response for a status.
fn check_shared(lowering: &mut Lowering<'_>, found: &[LoweredOperation<'_>]) {
    let mut first: Vec<(u16, String)> = Vec::new();
    let mut differing: Vec<(Pointer, String)> = Vec::new();
    for (status, node) in found.iter().flat_map(|found| &found.errors) {
        let name = component_name(node, "responses").unwrap_or_default();
        match first.iter().find(|(known, _)| known == status) {
            Some((_, expected)) if *expected != name => {
                let sentence = format!("{status} is `{name}` here and `{expected}` elsewhere");
                differing.push((node.at.clone(), sentence));
            }
            Some(_) => {}
            None => first.push((*status, name)),
        }
    }
    for (at, sentence) in differing {
        lowering.report(Rule::ErrorResponseNotShared, &at, sentence);
    }
}

/// Two paths that differ only in the names of their parameters are one path to a router.
fn check_templates(lowering: &mut Lowering<'_>, templates: Vec<(String, String, Pointer)>) {
    let mut seen: Vec<(String, String)> = Vec::new();
    for (shape, path, at) in templates {
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == shape) {
            let sentence = format!("`{path}` and `{first}` are the same to a router");
            lowering.report(Rule::PathUnsupported, &at, sentence);
        }
        seen.push((shape, path));
    }
}
