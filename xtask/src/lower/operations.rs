//! The operations: ids, bodies, the one success and the four shared error responses.

mod pages;
mod parameters;
mod raises;
mod requests;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Body, Operation, Schema, Success};
use crate::document::Node;
use crate::lower::error_codes::Codes;
use crate::lower::lowering::{Lowering, component_name, most_frequent, with_deprecation, with_inference};
use crate::names;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::raising::{Sources, raised};
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

pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    schemas: &[Schema],
    codes: &Codes,
) -> Vec<LoweredOperation<'a>> {
    let mut found = Vec::new();
    let mut templates = Vec::new();
    for (path, item) in lowering.root.members_of("paths") {
        templates.push((parameters::shape(path), path.to_owned(), item.at.clone()));
        for (key, node) in item.members() {
            if METHODS.contains(&key) {
                found.extend(lower_operation(
                    lowering,
                    path,
                    &item,
                    (key, &node),
                    schemas,
                    codes,
                ));
            } else if OTHER_METHODS.contains(&key) {
                let sentence = format!("an operation cannot have the method {}", key.to_uppercase());
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
    let streams = distinct(&found).filter_map(|LoweredOperation { operation, .. }| {
        let pages = operation.pages.as_ref()?;
        let id = format!("{} as a stream", operation.id);
        Some((pages.rust.clone(), id, operation.at.child("operationId")))
    });
    lowering.report_collisions(names.chain(streams).collect::<Vec<_>>());
    found
}

/// The operations of which no earlier one has the name: a repeated name is one problem, and not one for each
/// name that is made of it.
pub(super) fn distinct<'f, 'a>(
    found: &'f [LoweredOperation<'a>],
) -> impl Iterator<Item = &'f LoweredOperation<'a>> {
    let mut names = BTreeSet::new();
    found
        .iter()
        .filter(move |this| names.insert(this.operation.rust.as_str()))
}

fn lower_operation<'a>(
    lowering: &mut Lowering<'a>,
    path: &str,
    item: &Node<'a>,
    (method, node): (&str, &Node<'a>),
    schemas: &[Schema],
    codes: &Codes,
) -> Option<LoweredOperation<'a>> {
    let of = format!("{} {path}", method.to_uppercase());
    let parameters = parameters::lower(lowering, path, item, node, schemas);
    let body = lower_body(lowering, node);
    let success = lower_success(lowering, node, &of);
    let errors = lower_errors(lowering, node, &of);
    let summary = lowering.required_string(node, "summary", Rule::DescriptionMissing, &of);
    let description = lowering.required_string(node, "description", Rule::DescriptionMissing, &of);
    let secured = security::is_required(lowering, node);
    requests::check(lowering, item, node);
    raises::check(lowering, node, codes);
    let id = lowering.required_string(node, "operationId", Rule::OperationIdMissing, &of)?;
    let rust = names::value_name(&id);
    let begins = id.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_word = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !begins || !is_word || names::RESERVED_METHODS.contains(&rust.as_str()) || !names::is_usable(&rust) {
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
    let mut operation = Operation {
        rust,
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: summary?,
        description: with_deprecation(with_inference(&description?, node), node),
        deprecated: node.is_true("deprecated"),
        parameters,
        body: body.map(|(body, _)| body),
        success,
        pages,
        codes: Vec::new(),
        raises: node.strings_of("x-raises"),
        secured,
        at: node.at.clone(),
        id,
    };
    let sources = Sources {
        schemas,
        error_codes: &codes.error_codes,
        faults: &codes.faults,
    };
    let raised = raised(sources, &operation).into_iter();
    operation.codes = raised.map(|raised| raised.code.to_owned()).collect();
    Some(LoweredOperation {
        operation,
        errors,
        bodies,
    })
}

fn lower_body<'a>(lowering: &mut Lowering<'a>, operation: &Node<'a>) -> Option<(Body, Node<'a>)> {
    let node = lowering.resolve(operation.get("requestBody")?);
    if !node.is_true("required") {
        let sentence = "an optional request body is not supported";
        let problem = Problem::at(Rule::BodyUnsupported, &node.at, sentence);
        lowering.add(problem.with_help("write `required: true`"));
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
                let problem = Problem::at(Rule::BodyUnsupported, &entry.at.child("schema"), sentence);
                lowering.add(problem.with_help("wrap the value in an object; an object can grow"));
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
    if (status, content) != (200, true) && (status, content) != (204, false) {
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
                format!("{of} succeeds with {status}, which is outside the contract"),
                "write \"200\", whatever the operation did",
            ),
            (_, false) => (
                format!("{of} succeeds with {status}, which is outside the contract"),
                "write \"204\", because there is no body",
            ),
        };
        let problem = Problem::at(Rule::SuccessNotSingle, &node.at, sentence);
        lowering.add(problem.with_help(help));
        return None;
    }
    let docs = node
        .string_of("description")
        .unwrap_or_default()
        .trim()
        .to_owned();
    if !content {
        let success = Success {
            status,
            schema: None,
            docs,
        };
        return Some((success, None));
    }
    let (schema, _, content) = lower_content(lowering, &node, &["application/json"])?;
    let success = Success {
        status,
        schema: Some(schema.clone()),
        docs,
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

/// The response that all operations refer to for a status. Where they differ, it is the one that most of
/// them refer to, and the others are wrong.
pub(super) fn shared_errors<'a>(
    lowering: &mut Lowering<'a>,
    found: &[LoweredOperation<'a>],
) -> Vec<(u16, Node<'a>)> {
    let mut shared = Vec::new();
    for expected_status in ERROR_STATUSES {
        let responses: Vec<_> = found
            .iter()
            .flat_map(|found| &found.errors)
            .filter(|(status, node)| {
                status.to_string() == expected_status && !lowering.unsound.contains(&node.at)
            })
            .collect();
        let name = |node: &Node<'_>| component_name(node, "responses").unwrap_or_default();
        let Some(expected) = most_frequent(responses.iter().map(|(_, node)| name(node))) else {
            continue;
        };
        let right = responses.iter().find(|(_, node)| name(node) == expected);
        let Some((status, right)) = right else { continue };
        shared.push((*status, right.clone()));
        for (status, node) in responses.iter().filter(|(_, node)| name(node) != expected) {
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

/// Two paths that differ only in the names of their parameters are one path to a router.
fn check_templates(lowering: &mut Lowering<'_>, templates: Vec<(String, String, Pointer)>) {
    let mut seen: BTreeMap<String, (String, Pointer)> = BTreeMap::new();
    for (shape, path, at) in templates {
        if let Some((first, first_at)) = seen.get(&shape) {
            let sentence = format!("`{path}` and `{first}` are the same to a router");
            let problem = Problem::at(Rule::PathUnsupported, &at, sentence);
            let note = format!("`{first}` is here");
            lowering.add(
                problem
                    .with_related(Place::Key(first_at.clone()), note)
                    .with_help("put the operations of both under one path, with one name for each parameter"),
            );
        }
        seen.entry(shape).or_insert((path, at));
    }
}
