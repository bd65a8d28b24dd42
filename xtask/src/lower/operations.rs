//! The operations: paths, ids and bodies. What belongs to one part of an operation is in the file of that part.

pub(super) mod headers;
mod pages;
mod parameters;
mod raises;
mod requests;
mod responses;
pub(super) mod security;

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Body, MERGE_PATCH, Operation, Pages, Schemas};
use crate::document::Node;
use crate::lower::error_codes::Codes;
use crate::lower::lowering::{Lowering, component_name, with_deprecation, with_inference};
use crate::lower::rust_names;
use crate::lower::schemas::refusals::refuse_nullable;
use crate::names;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::raising::{Sources, raised};
use crate::rule::Rule;

pub(super) use responses::shared_errors;

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
    schemas: &Schemas,
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
    // Two operations may have different names in Rust; what is equal there as well is reported once.
    lowering.report_collisions(found.iter().map(|LoweredOperation { operation, .. }| {
        let at = operation.at.child("operationId");
        (operation.id.clone(), operation.id.clone(), at)
    }));
    let names = found.iter().map(|LoweredOperation { operation, .. }| {
        (
            operation.rust.clone(),
            operation.id.clone(),
            operation.at.child("operationId"),
        )
    });
    let streams = distinct(&found).flat_map(|LoweredOperation { operation, .. }| {
        let id = &operation.id;
        let named = |pages: &Pages| {
            [
                (pages.rust.clone(), format!("{id} as a stream")),
                (pages.pages.clone(), format!("{id} page by page")),
            ]
        };
        let named = operation.pages.as_ref().map(named).into_iter().flatten();
        named.map(|(rust, id)| (rust, id, operation.at.child("operationId")))
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
    schemas: &Schemas,
    codes: &Codes,
) -> Option<LoweredOperation<'a>> {
    let of = format!("{} {path}", method.to_uppercase());
    let parameters = parameters::lower(lowering, path, item, node, schemas);
    let body = lower_body(lowering, node);
    let success = responses::lower_success(lowering, node, &of);
    let errors = responses::lower_errors(lowering, node, &of, codes);
    let summary = lowering.required_string(node, "summary", Rule::DescriptionMissing, &of);
    let description = lowering.required_string(node, "description", Rule::DescriptionMissing, &of);
    let secured = security::is_required(lowering, node);
    requests::check(lowering, item, node);
    raises::check(lowering, node, codes);
    let id = lowering.required_string(node, "operationId", Rule::OperationIdMissing, &of)?;
    let rust = rust_names::of(lowering, node, &id, names::value_name);
    let source = names::source(&id, &rust, names::value_name);
    let begins = source.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_word = source.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !begins || !is_word || names::RESERVED_METHODS.contains(&rust.as_str()) || !names::is_usable(&rust) {
        let sentence = format!("`{source}` cannot be the name of a generated method");
        let at = rust_names::place_of(source, &id, &node.at, &node.at.child("operationId"));
        lowering.report(Rule::NameReserved, &at, sentence);
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
        waits: headers::waits(lowering, &errors),
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
    let allowed = ["application/json", MERGE_PATCH];
    let (schema, media_type, content) = lower_content(lowering, &node, &allowed)?;
    let body = Body {
        schema,
        media_type,
        required: node.is_true("required"),
    };
    Some((body, content))
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
            let schema = entry.get("schema");
            if let Some(schema) = &schema {
                refuse_nullable(lowering, schema, "a body");
            }
            let target = schema.map(|schema| lowering.resolve(schema));
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
