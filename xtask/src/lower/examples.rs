//! The examples of bodies: each fits its schema, and each body schema and each error code has one.

use super::constraints;
use super::error_codes::TABLE;
use super::lowering::Lowering;
use super::operations::LoweredOperation;
use crate::contract::{Constraints, Envelope, ErrorCode, Example, Object, Schema, Shape, Type};
use crate::document::{Node, Position};
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
    if known.status == status {
        check_message(lowering, example, envelope, known);
    } else {
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

/// The example of a code says what callers read: the code's own message, or what a check says instead.
fn check_message(lowering: &mut Lowering<'_>, example: &Example, envelope: &Envelope, code: &ErrorCode) {
    let status = example.value.get(&envelope.member);
    let shown = status
        .and_then(|status| status.get(&envelope.message))
        .and_then(Value::as_str);
    let entries = status
        .and_then(|status| status.get(&envelope.entries))
        .and_then(Value::as_array);
    let fields: Vec<&str> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get(&envelope.field).and_then(Value::as_str))
        .collect();
    let message = code.message_for(&fields);
    let is_of_check = |shown: &str| {
        let names = fields.first().copied().unwrap_or_default();
        !names.is_empty() && shown.ends_with('.') && shown.starts_with(&format!("{names} must "))
    };
    let Some(shown) = shown.filter(|shown| *shown != message) else {
        return;
    };
    if !is_of_check(shown) {
        let at = example.at.child(&envelope.member).child(&envelope.message);
        let sentence = format!("the message of `{}` with these names is `{message}`", code.code);
        lowering.report_value(Rule::ExampleBreaksSchema, &at, sentence);
    }
}

/// Checks a value against the schemas, strictly: what a type would drop is a problem too.
pub(super) struct Checker<'s> {
    pub(super) schemas: &'s [Schema],
    /// What the value is, as it is called in sentences.
    pub(super) of: &'s str,
}

pub(super) type Checked = Result<(), (Pointer, String)>;

impl Checker<'_> {
    fn check_named(&self, value: &Value, name: &str, at: &Pointer) -> Checked {
        let Some(schema) = self.schemas.iter().find(|schema| schema.name == name) else {
            return Ok(());
        };
        match (&schema.shape, value) {
            (Shape::Object(object), Value::Object(_)) => self.check_object(value, object, name, at),
            (Shape::Array(list), Value::Array(_)) => {
                self.check_type(value, &list.ty(), &list.constraints, at)
            }
            // An enum without values is a problem of its own.
            (Shape::Enum(values), Value::String(text))
                if values.is_empty() || values.iter().any(|known| known.value == *text) =>
            {
                Ok(())
            }
            (Shape::Enum(_), _) => Err((at.clone(), format!("{value} is not a value of `{name}`"))),
            (Shape::Object(_) | Shape::Array(_), _) => Err((
                at.clone(),
                format!("the value does not have the type of `{name}`"),
            )),
        }
    }

    fn check_items(&self, items: &[Value], ty: &Type, constraints: &Constraints, at: &Pointer) -> Checked {
        let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
        let mut numbered = items.iter().enumerate();
        numbered.try_for_each(|(number, item)| {
            self.check_type(item, ty, &of_item, &at.child(&number.to_string()))
        })
    }

    fn check_object(&self, value: &Value, object: &Object, name: &str, at: &Pointer) -> Checked {
        for member in &object.members {
            match value.get(&member.name) {
                None if member.required => {
                    return Err((at.clone(), format!("`{}` of `{name}` is missing", member.name)));
                }
                None => {}
                Some(value) => {
                    let at = at.child(&member.name);
                    self.check_type(value, &member.ty, &member.constraints, &at)?;
                }
            }
        }
        constraints::check_choices(value, &object.choices).map_err(|sentence| (at.clone(), sentence))?;
        let known = |key: &String| object.members.iter().any(|member| member.name == *key);
        let further = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .find(|key| !known(key));
        match further {
            Some(key) if !object.open => Err((at.child(key), format!("`{name}` has no member `{key}`"))),
            _ => Ok(()),
        }
    }

    /// Checks a value against a type and its constraints.
    ///
    /// # Errors
    ///
    /// Where it does not fit, and a sentence.
    pub(super) fn check_type(
        &self,
        value: &Value,
        ty: &Type,
        constraints: &Constraints,
        at: &Pointer,
    ) -> Checked {
        constraints::check(value, constraints).map_err(|sentence| (at.clone(), sentence))?;
        let fits = match (ty, value) {
            (Type::Named(name), _) => return self.check_named(value, name, at),
            (Type::Array(item), Value::Array(items)) => {
                return self.check_items(items, item, constraints, at);
            }
            (Type::String, Value::String(_)) | (Type::Boolean, Value::Bool(_)) | (Type::Any, _) => true,
            (Type::Integer, Value::Number(number)) => number.is_i64(),
            (Type::Number, Value::Number(_)) => true,
            (Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Array(_), _) => false,
        };
        if fits {
            Ok(())
        } else {
            Err((at.clone(), format!("{} has a wrong type here", self.of)))
        }
    }
}
