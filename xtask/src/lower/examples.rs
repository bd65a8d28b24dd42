//! The examples of bodies: each fits its schema, and each body schema and each error code has one.

use crate::contract::{Envelope, ErrorCode, Example, Schema};
use crate::document::{Node, Position};
use crate::lower::error_codes::TABLE;
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::lower::schemas::values::Checker;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;
use serde_json::Value;

pub(super) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    operations: &[LoweredOperation<'a>],
    shared: &[(u16, Node<'a>)],
    schemas: &[Schema],
    envelope: Option<&Envelope>,
    codes: &[ErrorCode],
) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut bodies: Vec<(&str, &Node<'_>)> = Vec::new();
    for found in operations {
        for (schema, content) in &found.bodies {
            bodies.push((schema, content));
            collect(lowering, content, schema, &mut examples);
        }
    }
    for (schema, content) in &bodies {
        let first = bodies.iter().find(|(other, _)| other == schema);
        let is_first = first.is_some_and(|(_, other)| other.at == content.at);
        if is_first && !examples.iter().any(|example| example.schema == *schema) {
            let sentence = format!("no example shows `{schema}`");
            lowering.report(Rule::BodyWithoutExample, &content.at, sentence);
        }
    }
    if let Some(envelope) = envelope {
        collect_errors(lowering, shared, envelope, codes, &mut examples);
    }
    for example in &examples {
        let of = format!("the example of `{}`", example.schema);
        let checker = Checker { schemas, of: &of };
        let checked = checker.check_named(&example.value, &example.schema, &example.at);
        if let Err((at, sentence)) = checked {
            lowering.report(Rule::ExampleBreaksSchema, &at, sentence);
        }
    }
    examples
}

/// Every example of the document is one of those that were read.
pub(super) fn check_attached(lowering: &mut Lowering<'_>, examples: &[Example]) {
    // What is wrong elsewhere may be the reason that an example was not read.
    if !lowering.problems.is_empty() {
        return;
    }
    let root = lowering.root.clone();
    visit(lowering, &root, examples);
}

fn visit(lowering: &mut Lowering<'_>, node: &Node<'_>, examples: &[Example]) {
    if node.position == Position::Example {
        let at = lowering.resolve(node.clone()).at.child("value");
        if !examples.iter().any(|example| example.at == at) {
            let name = node.at.last();
            let sentence = format!("the example `{name}` belongs to no body of an operation");
            lowering.report(Rule::ExampleUnattached, &node.at, sentence);
        }
        return;
    }
    for (key, child) in node.members() {
        if key == "example" && child.position == Position::Data {
            let sentence = "`example` is not read; only `examples` of a body is";
            lowering.report(Rule::ExampleUnattached, &child.at, sentence);
        } else if !child.position.is_opaque() {
            visit(lowering, &child, examples);
        }
    }
    for item in node.items() {
        visit(lowering, &item, examples);
    }
}

fn collect<'a>(lowering: &mut Lowering<'a>, content: &Node<'a>, schema: &str, examples: &mut Vec<Example>) {
    for (_, node) in content.members_of("examples") {
        let node = lowering.resolve(node);
        let Some(value) = node.get("value") else {
            let problem = Problem::at(Rule::ExampleBreaksSchema, &node.at, "this example has no `value`");
            lowering.add(problem.with_help("write the example under `value`; other files are not read"));
            continue;
        };
        if !examples
            .iter()
            .any(|known| known.at == value.at && known.schema == schema)
        {
            let (schema, at) = (schema.to_owned(), value.at.clone());
            examples.push(Example {
                at,
                schema,
                value: value.value.clone(),
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
    examples: &mut Vec<Example>,
) {
    let schemas = Pointer::default().child("components").child("schemas");
    let table = schemas.child(&envelope.code_schema).child(TABLE);
    let mut shown: Vec<String> = Vec::new();
    for (status, reference) in shared {
        for (_, content) in lowering.resolve(reference.clone()).members_of("content") {
            let before = examples.len();
            collect(lowering, &content, &envelope.wrapper, examples);
            let added = examples.iter().skip(before);
            shown
                .extend(added.map(|example| code_shown(lowering, example, *status, envelope, codes, &table)));
        }
    }
    // What is wrong with the shared responses or with the list of codes is a problem of its own, and would be
    // repeated for codes here.
    let hidden = [
        Rule::ErrorCodesDiffer,
        Rule::ErrorResponseMissing,
        Rule::ErrorResponseNotShared,
    ];
    if lowering.breaks_any(&hidden) {
        return;
    }
    for code in codes.iter().filter(|code| !shown.contains(&code.code)) {
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
