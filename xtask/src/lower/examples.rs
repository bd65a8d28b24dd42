//! The examples of bodies: each fits its schema, and each body schema and each error code has one.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Envelope, ErrorCode, Example, Schemas};
use crate::document::{Node, Position};
use crate::lower::error_codes::{self, TABLE};
use crate::lower::lowering::{Lowering, component_name};
use crate::lower::operations::LoweredOperation;
use crate::lower::schemas::values::Checker;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;
use serde_json::Value;

/// The key of what the request had that led to an example of a failing response.
pub(in crate::lower) const SENT: &str = "x-sent";

pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    operations: &[LoweredOperation<'a>],
    shared: &[(u16, Node<'a>)],
    schemas: &Schemas,
    envelope: Option<&Envelope>,
    codes: &[ErrorCode],
) -> Vec<Example> {
    let mut examples = Collected::default();
    let mut bodies: BTreeMap<&str, &Node<'_>> = BTreeMap::new();
    for found in operations {
        for (schema, content) in &found.bodies {
            bodies.entry(schema).or_insert(content);
            collect(lowering, content, schema, &mut examples);
        }
    }
    let mut shown = BTreeSet::new();
    note_shown(&lowering.root, &mut shown);
    for (schema, content) in &bodies {
        // An example is there where its operation could not be lowered, too.
        if !shown.contains(*schema) {
            let sentence = format!("no example shows `{schema}`");
            lowering.report(Rule::BodyWithoutExample, &content.at, sentence);
        }
    }
    if let Some(envelope) = envelope {
        collect_errors(lowering, shared, envelope, codes, &mut examples);
        for example in &examples.found {
            check_sent(lowering, example, envelope);
        }
    }
    let lists_differ = lowering.breaks_any(&[Rule::ErrorCodesDiffer]);
    for example in &examples.found {
        let of = format!("the example of `{}`", example.schema);
        let checker = Checker { schemas, of: &of };
        let checked = checker.check_named(&example.value, &example.schema, &example.at);
        // That a code is in one of its lists only is a problem of its own.
        let is_code = |at: &Pointer| {
            let code = lowering.root.find(at).and_then(|node| node.string());
            code.is_some_and(|code| error_codes::is_known(lowering, code))
        };
        if let Err((at, sentence)) = checked
            && !(lists_differ && is_code(&at))
        {
            lowering.report(Rule::ExampleBreaksSchema, &at, sentence);
        }
    }
    examples.found
}

/// The examples that were read, each once for each schema.
#[derive(Default)]
struct Collected {
    found: Vec<Example>,
    known: BTreeSet<(Pointer, String)>,
}

/// Notes the schemas of the bodies that have examples.
fn note_shown(node: &Node<'_>, shown: &mut BTreeSet<String>) {
    if node.position == Position::MediaType && !node.members_of("examples").is_empty() {
        shown.extend(
            node.get("schema")
                .and_then(|schema| component_name(&schema, "schemas")),
        );
    }
    for (_, child) in node
        .members()
        .into_iter()
        .filter(|(_, child)| !child.position.is_opaque())
    {
        note_shown(&child, shown);
    }
    for item in node.items() {
        note_shown(&item, shown);
    }
}

/// What was sent is a string in a parameter that the example names.
fn check_sent(lowering: &mut Lowering<'_>, example: &Example, envelope: &Envelope) {
    let status = example.value.get(&envelope.member);
    let entries = status.and_then(|status| status.get(&envelope.entries)?.as_array());
    let entries = entries.into_iter().flatten();
    let names: Vec<_> = entries
        .filter_map(|entry| entry.get(&envelope.field)?.as_str())
        .collect();
    let root = lowering.root.clone();
    let Some(node) = root.find(&example.at.parent()) else {
        return;
    };
    for (name, value) in node.members_of(SENT) {
        if !names.contains(&name) {
            let sentence = format!("`{SENT}` has no effect on `{name}`: the example does not name it");
            lowering.report(Rule::ExtensionWithoutEffect, &value.at, sentence);
        } else if value.string().is_none() {
            let sentence = format!("`{SENT}` has no effect on `{name}`: it is no string");
            let problem = Problem::at_value(Rule::ExtensionWithoutEffect, &value.at, sentence);
            lowering.add(problem.with_help("write what was sent as a string, in quotes"));
        }
    }
}

/// What the request had in the parameters that an example of a failing response names.
fn sent(example: &Node<'_>) -> Vec<(String, String)> {
    let values = example.members_of(SENT).into_iter();
    let values = values.filter_map(|(name, value)| Some((name.to_owned(), value.string()?.to_owned())));
    values.collect()
}

/// Every example of the document is one of those that were read.
pub(super) fn check_attached(lowering: &mut Lowering<'_>, examples: &[Example]) {
    let root = lowering.root.clone();
    let is_complete = lowering.problems.is_empty();
    let read: BTreeSet<_> = examples.iter().map(|example| &example.at).collect();
    visit(lowering, &root, &mut |lowering, node| {
        let at = lowering.resolve(node.clone()).at.child("value");
        // What is wrong elsewhere may be the reason that the example of a body was not read.
        let holder = root
            .find(&node.at.parent().parent())
            .map(|holder| holder.position);
        let can_be_of_body = matches!(holder, Some(Position::MediaType | Position::Components));
        if (is_complete || !can_be_of_body) && !read.contains(&at) {
            let sentence = format!(
                "the example `{}` belongs to no body of an operation",
                node.at.last()
            );
            lowering.report(Rule::ExampleUnattached, &node.at, sentence);
        }
    });
}

fn visit<'a>(
    lowering: &mut Lowering<'a>,
    node: &Node<'a>,
    check: &mut impl FnMut(&mut Lowering<'a>, &Node<'a>),
) {
    if node.position == Position::Example {
        check(lowering, node);
        return;
    }
    for (key, child) in node.members() {
        if key == "example" && child.position == Position::Data {
            let sentence = "`example` is not read; only `examples` of a body is";
            lowering.report(Rule::ExampleUnattached, &child.at, sentence);
        } else if !child.position.is_opaque() {
            visit(lowering, &child, check);
        }
    }
    for item in node.items() {
        visit(lowering, &item, check);
    }
}

fn collect<'a>(lowering: &mut Lowering<'a>, content: &Node<'a>, schema: &str, examples: &mut Collected) {
    for (_, node) in content.members_of("examples") {
        let node = lowering.resolve(node);
        let Some(value) = node.get("value") else {
            let problem = Problem::at(Rule::ExampleBreaksSchema, &node.at, "this example has no `value`");
            lowering.add(problem.with_help("write the example under `value`; other files are not read"));
            continue;
        };
        if examples.known.insert((value.at.clone(), schema.to_owned())) {
            examples.found.push(Example {
                at: value.at,
                schema: schema.to_owned(),
                value: value.value.clone(),
                sent: sent(&node),
            });
        }
    }
}

/// The examples of the shared error responses, each under the status of its code.
fn collect_errors<'a>(
    lowering: &mut Lowering<'a>,
    shared: &[(u16, Node<'a>)],
    envelope: &Envelope,
    codes: &[ErrorCode],
    examples: &mut Collected,
) {
    let schemas = Pointer::default().child("components").child("schemas");
    let table = schemas.child(&envelope.code_schema).child(TABLE);
    let mut shown: Vec<String> = Vec::new();
    for (status, reference) in shared {
        for (_, content) in lowering.resolve(reference.clone()).members_of("content") {
            let before = examples.found.len();
            collect(lowering, &content, &envelope.wrapper, examples);
            let added = examples.found.iter().skip(before);
            shown
                .extend(added.map(|example| code_shown(lowering, example, *status, envelope, codes, &table)));
        }
    }
    for code in codes.iter().filter(|code| !shown.contains(&code.code)) {
        // A status without a shared response and a code that is in one list only are problems of their own.
        let at = Place::Key(table.child(&code.code));
        if !shared.iter().any(|(status, _)| *status == code.status)
            || lowering.breaks_at(Rule::ErrorCodesDiffer, &at)
        {
            continue;
        }
        let sentence = format!("no shared response shows `{}`", code.code);
        let problem = Problem::at(Rule::ErrorCodeWithoutExample, &table.child(&code.code), sentence);
        let response = shared.iter().find(|(status, _)| *status == code.status);
        lowering.add(match response {
            Some((status, reference)) => {
                let response = lowering.resolve(reference.clone());
                let note = format!("the examples for {status} are in this response");
                problem.with_related(Place::Key(response.at), note)
            }
            None => problem,
        });
    }
}

/// The code that the example of an error shows, or means to: one that the document does not have breaks the
/// schema, which is reported with all that does.
fn code_shown(
    lowering: &mut Lowering<'_>,
    example: &Example,
    status: u16,
    envelope: &Envelope,
    codes: &[ErrorCode],
    table: &Pointer,
) -> String {
    let member = example.value.get(&envelope.member);
    let code = member.and_then(|member| member.get(&envelope.code));
    let code = code.and_then(Value::as_str).unwrap_or_default();
    let Some(known) = codes.iter().find(|known| known.code == code) else {
        return example.at.parent().last();
    };
    let key = example.at.parent();
    if key.last() != code {
        let sentence = format!("the example of `{code}` is called `{}`", key.last());
        let problem = Problem::at(Rule::ErrorCodeWithoutExample, &key, sentence);
        lowering.add(problem.with_help(format!("write `{code}` as its key")));
    }
    if known.status != status {
        let sentence = format!(
            "`{code}` has the status {}, and its example is under {status}",
            known.status
        );
        let at = table.child(code).child("status");
        let note = format!("the example is here, in the response for {status}");
        lowering.add(
            Problem::at_value(Rule::ErrorCodeWithoutExample, &at, sentence)
                .with_related(Place::Key(example.at.parent()), note)
                .with_help("correct the status, or move the example to the response for it"),
        );
    }
    known.code.clone()
}
