//! The document for generators of other languages: the client view, with all that such generators show.
//!
//! - Enums of responses are open: one of the known values or any other string.
//! - Comma lists are strings, because not every generator minds `explode: false`.
//! - Nothing is only a constraint: not every generator makes a type of an object with `anyOf` or `oneOf`.
//!
//! Statuses are exact: a response that a proxy makes up is no envelope, and must not be read as one.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::published::CODES;
use crate::contract::{Contract, EnumValue, Operation, ResponseHeaderName, Schema, Shape};
use crate::pointer::Pointer;
use crate::view::{self, Dialect, body, parameter_type, with};

/// The document for generators.
pub(super) fn document(published: &Value, contract: &Contract) -> Value {
    let mut paths = Map::new();
    for operation in &contract.operations {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            let view = view_operation(published, contract, operation);
            item.insert(operation.method.to_lowercase(), view);
        }
    }
    let described = Described {
        responses: in_responses(contract),
    };
    let mut components = Map::new();
    components.insert(
        "schemas".to_owned(),
        Value::Object(view::schemas(contract, &described)),
    );
    let schemes = published.pointer("/components/securitySchemes");
    components.extend(schemes.map(|schemes| ("securitySchemes".to_owned(), schemes.clone())));
    let mut document = Map::new();
    for (key, value) in members(Some(published)) {
        let value = match key.as_str() {
            "paths" => Value::Object(std::mem::take(&mut paths)),
            "components" => Value::Object(std::mem::take(&mut components)),
            key if key.starts_with("x-") => continue,
            _ => value.clone(),
        };
        document.insert(key.clone(), value);
    }
    Value::Object(document)
}

/// Types with their descriptions.
struct Described {
    /// The names of the schemas whose values responses hold.
    responses: BTreeSet<String>,
}

impl Dialect for Described {
    fn open_enum(&self, schema: &Schema, values: &[EnumValue]) -> Value {
        let values: Vec<_> = values.iter().map(|value| &value.value).collect();
        let known = json!({ "type": "string", "enum": values });
        if self.responses.contains(&schema.name) {
            // Some generators make a type of each branch, and call it by its title.
            let known = with(known, "title", json!(format!("Known{}", schema.name)));
            json!({ "anyOf": [known, { "type": "string" }] })
        } else {
            known
        }
    }

    fn nullable(&self, schema: Value) -> Value {
        match (schema.get("$ref"), schema.get("type")) {
            // Nothing may be beside a reference. With a type beside it, the generator for Python forgets null.
            (Some(_), _) => json!({ "allOf": [schema], "nullable": true }),
            (None, Some(_)) => with(schema, "nullable", json!(true)),
            // What takes any value takes null.
            (None, None) => schema,
        }
    }

    fn described(&self, schema: Value, docs: &str) -> Value {
        // Nothing may be beside a reference; its target has the description.
        if docs.is_empty() || schema.get("$ref").is_some() {
            schema
        } else {
            with(schema, "description", json!(docs))
        }
    }
}

/// The names of the schemas whose values responses hold.
fn in_responses(contract: &Contract) -> BTreeSet<String> {
    let successes = contract
        .operations
        .iter()
        .map(|operation| &operation.success.schema);
    let mut waiting: Vec<&str> = successes.flatten().map(String::as_str).collect();
    waiting.push(&contract.envelope.wrapper);
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if found.insert(name.to_owned())
            && let Some(schema) = contract.schema(name)
        {
            match &schema.shape {
                Shape::Object(object) => {
                    waiting.extend(object.members.iter().filter_map(|member| member.ty.innermost()));
                }
                Shape::Array(list) | Shape::Map(list) => waiting.extend(list.ty.innermost()),
                Shape::Enum(_) => {}
            }
        }
    }
    found
}

/// An operation: what the published one says of it, and types of the view.
fn view_operation(published: &Value, contract: &Contract, operation: &Operation) -> Value {
    let own = published.pointer(operation.at.as_str()).unwrap_or(&Value::Null);
    let mut view = Map::new();
    for key in [
        "operationId",
        "tags",
        "summary",
        "description",
        "deprecated",
        "security",
        CODES,
    ] {
        let value = own.get(key);
        view.extend(value.map(|value| (key.to_owned(), value.clone())));
    }
    let parameters: Vec<_> = operation
        .parameters
        .iter()
        .map(|parameter| {
            json!({
                "name": parameter.name,
                "in": parameter.location.name(),
                "description": parameter.docs,
                "required": parameter.required,
                "schema": parameter_type(contract, parameter),
            })
        })
        .collect();
    view.insert("parameters".to_owned(), json!(parameters));
    if let Some(request) = &operation.body {
        let docs = own.get("requestBody").map(|body| resolve(published, body));
        let docs = docs.and_then(|body| body.get("description")?.as_str());
        let docs = docs.unwrap_or("The body.");
        let body = with(
            body(docs, &request.media_type, &request.schema),
            "required",
            json!(request.required),
        );
        view.insert("requestBody".to_owned(), body);
    }
    let mut responses = Map::new();
    for (status, response) in members(own.get("responses")) {
        let response = resolve(published, response);
        let docs = response
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_success = *status == operation.success.status.to_string();
        let schema = match &operation.success.schema {
            success if is_success => success.as_ref(),
            _ => Some(&contract.envelope.wrapper),
        };
        let view = match schema {
            Some(schema) => body(docs, "application/json", schema),
            None => json!({ "description": docs }),
        };
        let headers = view_headers(published, response);
        let view = if headers.is_empty() {
            view
        } else {
            with(view, "headers", Value::Object(headers))
        };
        responses.insert(status.clone(), view);
    }
    view.insert("responses".to_owned(), Value::Object(responses));
    Value::Object(view)
}

/// The headers of a response that a caller reads, without references.
fn view_headers(published: &Value, response: &Value) -> Map<String, Value> {
    let known = ResponseHeaderName::ALL.into_iter().filter_map(|name| {
        let header = resolve(published, response.get("headers")?.get(name.as_str())?);
        let header = with(header.clone(), "schema", json!({ "type": name.json_type() }));
        Some((name.as_str().to_owned(), header))
    });
    known.collect()
}

/// What a reference points to, or the value itself.
fn resolve<'v>(published: &'v Value, value: &'v Value) -> &'v Value {
    let reference = value.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(Pointer::of_reference);
    target
        .and_then(|target| published.pointer(target.as_str()))
        .unwrap_or(value)
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
