//! The published document: what the document says, with what it implies written out.
//!
//! - Each operation lists its error codes, under [`CODES`] and in its error responses, which for that are
//!   in the operation itself: a reference could not say what holds for one operation only.
//! - The examples of error codes are components, and a response refers to those that it can have.
//! - The description of the error code ends with a table of all of them.
//! - A description says what is inferred in it, and an integer that servers take 64 bits of it.
//!
//! Adds and never changes a promise: a client that is made of this document is made of ours.

use serde_json::{Map, Value, json};

use crate::contract::{Contract, Operation, Shape};
use crate::document::{Document, Node, Position};
use crate::lower::with_inference;
use crate::pointer::Pointer;
use crate::raising::around;
use crate::view::with;

/// The key of an operation's error codes.
pub(super) const CODES: &str = "x-codes";

/// The document for every tool.
pub(super) fn document(document: &Document, contract: &Contract) -> Value {
    let mut published = document.value.clone();
    show_implied(&mut published, Position::Root);
    show_table(&mut published, contract);
    show_null(&mut published, document, contract);
    let mut inlined = Vec::new();
    let mut examples = Map::new();
    for operation in &contract.operations {
        let responses = responses(&published, contract, operation, &mut inlined, &mut examples);
        if let Some(members) = members_at(&mut published, &operation.at) {
            members.insert(CODES.to_owned(), json!(operation.codes));
            members.insert("responses".to_owned(), responses);
        }
    }
    rearrange(&mut published, &inlined, examples);
    published
}

/// Adds to each description why the document says what no public page shows, and to integers how long they are.
fn show_implied(value: &mut Value, position: Position) {
    if !matches!(position, Position::Names(_))
        && let Some(description) = value.get("description").and_then(Value::as_str)
    {
        let description = with_inference(description, &Node::root(value));
        if let Some(shown) = value.get_mut("description") {
            *shown = Value::String(description);
        }
    }
    match value {
        Value::Object(members) => {
            let is_integer = members.get("type").is_some_and(|kind| kind == "integer");
            if is_integer && matches!(position, Position::Schema) {
                members.entry("format").or_insert_with(|| json!("int64"));
            }
            for (key, child) in members {
                let position = position.member(key);
                if !position.is_opaque() {
                    show_implied(child, position);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                show_implied(item, position.item());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Ends the description of the error code with a table of the codes.
fn show_table(published: &mut Value, contract: &Contract) {
    let at = Pointer::default().child("components").child("schemas");
    let at = at.child(&contract.envelope.code_schema).child("description");
    let Some(Value::String(description)) = published.pointer_mut(at.as_str()) else {
        return;
    };
    description.truncate(description.trim_end().len());
    description.push_str("\n\n| Code | Status | Meaning |\n| --- | --- | --- |");
    for code in &contract.error_codes {
        let reason = code
            .inferred
            .as_ref()
            .map(|reason| format!(" Inferred: {reason}"));
        let meaning = code.meaning.clone() + &reason.unwrap_or_default();
        let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
        let meaning = meaning.replace('|', "\\|");
        description.push_str(&format!("\n| `{}` | {} | {meaning} |", code.code, code.status));
    }
}

/// Says of the members of merge patches that they may be null.
fn show_null(published: &mut Value, document: &Document, contract: &Contract) {
    for schema in &contract.schemas {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        for member in object.members.iter().filter(|member| member.nullable) {
            let at = schema.at.child("properties").child(&member.name);
            let property = document.root().find(&at);
            let target = property
                .as_ref()
                .and_then(|property| property.string_of("$ref"))
                .and_then(Pointer::of_reference)
                .and_then(|target| document.root().find(&target));
            let is_reference = target.is_some();
            let Some(said) = target.or(property).filter(|said| !said.is_true("nullable")) else {
                continue;
            };
            // What has no type takes any value, null among them.
            if let (Some(kind), Some(shown)) = (said.string_of("type"), published.pointer_mut(at.as_str())) {
                *shown = if is_reference {
                    json!({ "type": kind, "allOf": [shown.take()], "nullable": true })
                } else {
                    with(shown.take(), "nullable", json!(true))
                };
            }
        }
    }
}

/// The responses of an operation, each error response in place of the reference to the shared one.
fn responses(
    published: &Value,
    contract: &Contract,
    operation: &Operation,
    inlined: &mut Vec<String>,
    examples: &mut Map<String, Value>,
) -> Value {
    let at = operation.at.child("responses");
    let Some(Value::Object(mut responses)) = published.pointer(at.as_str()).cloned() else {
        return Value::Null;
    };
    for (status, response) in &mut responses {
        let reference = response.get("$ref").and_then(Value::as_str);
        let Some(target) = reference.and_then(Pointer::of_reference) else {
            continue;
        };
        if status.starts_with('2') {
            continue;
        }
        if let Some(shared) = published.pointer(target.as_str()) {
            let own = error_response(published, contract, operation, status, shared.clone(), examples);
            inlined.push(target.last());
            *response = own;
        }
    }
    Value::Object(responses)
}

/// A shared error response with the codes and the examples that it has in one operation.
fn error_response(
    published: &Value,
    contract: &Contract,
    operation: &Operation,
    status: &str,
    mut shared: Value,
    examples: &mut Map<String, Value>,
) -> Value {
    let of_status: Vec<_> = contract
        .error_codes
        .iter()
        .filter(|code| code.status.to_string() == status)
        .map(|code| code.code.as_str())
        .collect();
    let (mut codes, others): (Vec<_>, Vec<_>) = of_status
        .into_iter()
        .partition(|code| operation.codes.iter().any(|own| own == code));
    let mut sentence = sentence(&codes);
    if codes.is_empty() {
        codes = others;
        codes.retain(|code| around(contract, code).next().is_some());
        if let Some(code) = codes.first() {
            sentence.push_str(&format!(" A layer around it can respond with `{code}`."));
        }
    }
    let description = shared.get("description").and_then(Value::as_str);
    let description = format!("{} {sentence}", description.unwrap_or_default().trim());
    for content in shared
        .get_mut("content")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut)
    {
        let Some(shown) = content.get_mut("examples").and_then(Value::as_object_mut) else {
            continue;
        };
        shown.retain(|_, example| {
            code_of(published, contract, example).is_some_and(|code| codes.contains(&code.as_str()))
        });
        for (name, example) in shown {
            hoist(published, name, example, examples);
        }
    }
    with(shared, "description", Value::String(description))
}

fn sentence(codes: &[&str]) -> String {
    match codes {
        [] => "This operation has no error code with this status.".to_owned(),
        [code] => format!("The error code is `{code}`."),
        [..] => format!("The error code is one of `{}`.", codes.join("`, `")),
    }
}

/// The error code of an example.
fn code_of(published: &Value, contract: &Contract, example: &Value) -> Option<String> {
    let target = example.get("$ref").and_then(Value::as_str);
    let target = target.and_then(Pointer::of_reference);
    let example = match target.and_then(|target| published.pointer(target.as_str())) {
        Some(target) => target,
        None => example,
    };
    let status = example.get("value")?.get(&contract.envelope.member)?;
    Some(status.get(&contract.envelope.code)?.as_str()?.to_owned())
}

/// Makes a component of an example, unless it is one already or another has its name.
fn hoist(published: &Value, name: &str, example: &mut Value, examples: &mut Map<String, Value>) {
    let component = Pointer::default()
        .child("components")
        .child("examples")
        .child(name);
    let is_taken = published.pointer(component.as_str()).is_some();
    let is_other = examples.get(name).is_some_and(|known| known != example);
    if example.get("$ref").is_none() && !is_taken && !is_other {
        let reference = json!({ "$ref": component.to_string() });
        examples.insert(name.to_owned(), std::mem::replace(example, reference));
    }
}

/// Takes the responses that nothing refers to any more out of the components, and adds the examples.
fn rearrange(published: &mut Value, inlined: &[String], examples: Map<String, Value>) {
    let Some(components) = members_at(published, &Pointer::default().child("components")) else {
        return;
    };
    if let Some(Value::Object(responses)) = components.get_mut("responses") {
        responses.retain(|name, _| !inlined.contains(name));
        if responses.is_empty() {
            components.shift_remove("responses");
        }
    }
    let declared = components.entry("examples").or_insert_with(|| json!({}));
    if let Some(declared) = declared.as_object_mut() {
        declared.extend(examples);
    }
}

fn members_at<'v>(value: &'v mut Value, at: &Pointer) -> Option<&'v mut Map<String, Value>> {
    value.pointer_mut(at.as_str())?.as_object_mut()
}
