//! The published document: what the document says, with what it implies written out.
//!
//! - Each operation lists its error codes, under [`CODES`] and in its error responses, which for that are
//!   in the operation itself: a reference could not say what holds for one operation only.
//! - The examples of error codes are components, and a response refers to those that it can have.
//! - The description of the error code ends with a table of all of them.
//! - A description says what is inferred in it, and an integer that servers take 64 bits of it.
//!
//! Adds and never changes a promise: a client that is made of this document is made of ours.

use std::collections::{BTreeMap, BTreeSet};

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
    let shared = Shared::all(&published, contract);
    let codes = Codes::of(contract);
    let mut inlined = BTreeSet::new();
    let mut examples = Map::new();
    let operations = contract.operations.iter();
    let responses = operations.map(|operation| {
        responses(
            &published,
            &shared,
            &codes,
            operation,
            &mut inlined,
            &mut examples,
        )
    });
    let responses: Vec<_> = responses.collect();
    for (operation, responses) in contract.operations.iter().zip(responses) {
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

/// The error codes by their statuses, as keys of responses have them.
struct Codes<'c> {
    contract: &'c Contract,
    statuses: BTreeMap<&'c str, String>,
    by_status: BTreeMap<String, Vec<&'c str>>,
}

impl<'c> Codes<'c> {
    fn of(contract: &'c Contract) -> Self {
        let mut codes = Self {
            contract,
            statuses: BTreeMap::new(),
            by_status: BTreeMap::new(),
        };
        for known in &contract.error_codes {
            let (code, status) = (known.code.as_str(), known.status.to_string());
            codes.by_status.entry(status.clone()).or_default().push(code);
            codes.statuses.insert(code, status);
        }
        codes
    }

    /// The codes that an operation responds with under a status, and the sentence that says so. Where it has none
    /// they are those of layers around it.
    fn of_response<'s>(&'s self, operation: &'s Operation, status: &str) -> (Vec<&'s str>, String) {
        let own = operation.codes.iter().map(String::as_str);
        let own = own.filter(|code| self.statuses.get(code).is_some_and(|of| of == status));
        let own: Vec<_> = own.collect();
        let mut sentence = sentence(&own);
        if !own.is_empty() {
            return (own, sentence);
        }
        let of_status = self.by_status.get(status).into_iter().flatten().copied();
        let is_around = |code: &&str| around(self.contract, code).next().is_some();
        let of_layers: Vec<_> = of_status.filter(is_around).collect();
        if let Some(code) = of_layers.first() {
            sentence.push_str(&format!(" A layer around it can respond with `{code}`."));
        }
        (of_layers, sentence)
    }
}

/// A shared error response, and its examples apart: of many codes an operation has few.
struct Shared<'p> {
    /// The response, each of its contents without examples.
    response: Value,
    /// The examples of each content that has some.
    examples: BTreeMap<&'p str, ByCode<'p>>,
}

/// Examples under their codes, each with its number and its name.
type ByCode<'p> = BTreeMap<String, Vec<(usize, &'p str, &'p Value)>>;

impl<'p> Shared<'p> {
    /// All of them, by their names.
    fn all(published: &'p Value, contract: &Contract) -> BTreeMap<&'p str, Self> {
        let responses = published.pointer("/components/responses");
        let responses = responses.and_then(Value::as_object).into_iter().flatten();
        responses
            .map(|(name, response)| (name.as_str(), Self::of(published, contract, response)))
            .collect()
    }

    fn of(published: &'p Value, contract: &Contract, response: &'p Value) -> Self {
        let mut examples: BTreeMap<_, ByCode<'_>> = BTreeMap::new();
        let contents = response.get("content").and_then(Value::as_object);
        for (media_type, content) in contents.into_iter().flatten() {
            let Some(shown) = content.get("examples").and_then(Value::as_object) else {
                continue;
            };
            let by_code = examples.entry(media_type.as_str()).or_default();
            for (number, (name, example)) in shown.iter().enumerate() {
                if let Some(code) = code_of(published, contract, example) {
                    let of_code = by_code.entry(code).or_default();
                    of_code.push((number, name.as_str(), example));
                }
            }
        }
        Self {
            response: without_examples(response),
            examples,
        }
    }
}

fn without_examples(response: &Value) -> Value {
    let Value::Object(members) = response else {
        return response.clone();
    };
    let members = members.iter().map(|(key, value)| {
        let contents = value.as_object().filter(|_| key == "content");
        let value = contents.map_or_else(
            || value.clone(),
            |contents| {
                let contents = contents.iter();
                contents
                    .map(|(media_type, content)| (media_type.clone(), emptied(content)))
                    .collect()
            },
        );
        (key.clone(), value)
    });
    members.collect()
}

/// A content with an empty object of examples, where it has one.
fn emptied(content: &Value) -> Value {
    let Value::Object(members) = content else {
        return content.clone();
    };
    let members = members.iter().map(|(key, value)| {
        let is_examples = key == "examples" && value.is_object();
        (key.clone(), if is_examples { json!({}) } else { value.clone() })
    });
    members.collect()
}

/// The responses of an operation, each error response in place of the reference to the shared one.
fn responses(
    published: &Value,
    shared: &BTreeMap<&str, Shared<'_>>,
    codes: &Codes<'_>,
    operation: &Operation,
    inlined: &mut BTreeSet<String>,
    examples: &mut Map<String, Value>,
) -> Value {
    let at = operation.at.child("responses");
    let Some(Value::Object(mut responses)) = published.pointer(at.as_str()).cloned() else {
        return Value::Null;
    };
    for (status, response) in &mut responses {
        let reference = response.get("$ref").and_then(Value::as_str);
        let Some(name) = reference
            .and_then(Pointer::of_reference)
            .map(|target| target.last())
        else {
            continue;
        };
        if status.starts_with('2') {
            continue;
        }
        if let Some(shared) = shared.get(name.as_str()) {
            *response = error_response(published, shared, codes.of_response(operation, status), examples);
            inlined.insert(name);
        }
    }
    Value::Object(responses)
}

/// A shared error response with the codes and the examples that it has in one operation.
fn error_response(
    published: &Value,
    shared: &Shared<'_>,
    (codes, sentence): (Vec<&str>, String),
    examples: &mut Map<String, Value>,
) -> Value {
    let mut response = shared.response.clone();
    let description = response.get("description").and_then(Value::as_str);
    let description = format!("{} {sentence}", description.unwrap_or_default().trim());
    for (media_type, by_code) in &shared.examples {
        let mut own: Vec<_> = codes
            .iter()
            .filter_map(|code| by_code.get(*code))
            .flatten()
            .collect();
        own.sort_by_key(|(number, ..)| *number);
        let own = own
            .into_iter()
            .map(|(_, name, example)| ((*name).to_owned(), hoisted(published, name, example, examples)));
        let content = response
            .get_mut("content")
            .and_then(|contents| contents.get_mut(*media_type));
        if let Some(shown) = content.and_then(|content| content.get_mut("examples")) {
            *shown = own.collect();
        }
    }
    with(response, "description", Value::String(description))
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

/// A reference to the component that an example becomes, or the example itself, if it is a reference already or
/// another has its name.
fn hoisted(published: &Value, name: &str, example: &Value, examples: &mut Map<String, Value>) -> Value {
    let component = Pointer::default()
        .child("components")
        .child("examples")
        .child(name);
    let is_taken = published.pointer(component.as_str()).is_some();
    let is_other = examples.get(name).is_some_and(|known| known != example);
    if example.get("$ref").is_some() || is_taken || is_other {
        return example.clone();
    }
    if !examples.contains_key(name) {
        examples.insert(name.to_owned(), example.clone());
    }
    json!({ "$ref": component.to_string() })
}

/// Takes the responses that nothing refers to any more out of the components, and adds the examples.
fn rearrange(published: &mut Value, inlined: &BTreeSet<String>, examples: Map<String, Value>) {
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
