//! The client view for progenitor: the shared one, in a form that progenitor can take.
//!
//! - The error statuses become `4XX` and `5XX`, so that any failing status is read as the envelope.
//! - Open enums and comma lists become placeholders, which [`replacements`] gives their Rust types.
//! - The query parameters of an operation become one object, so that methods take one struct.
//! - A body of any JSON media type is `application/json`; the client sends the real one.
//! - Every body is required; the client makes an argument of an optional one that may be `None`.
//!
//! Knows what progenitor needs and nothing of what it makes of it.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::contract::{Contract, EnumValue, Location, Operation, Schema, Type};
use crate::names::{self, QUERY};
use crate::view::{
    Dialect, body, comma_list_items, comma_list_name, object_of, parameter_type, reference, schemas, with,
};

/// The media type of every body.
const JSON: &str = "application/json";

/// Types get their descriptions afterwards, and open enums and what may be null their Rust types.
struct Plain;

impl Dialect for Plain {
    fn open_enum(&self, _: &Schema, _: &[EnumValue]) -> Value {
        json!({ "type": "string" })
    }

    fn nullable(&self, schema: Value) -> Value {
        schema
    }

    fn described(&self, schema: Value, _: &str) -> Value {
        schema
    }
}

/// The document for progenitor.
pub(super) fn client_view(contract: &Contract) -> Result<OpenAPI, serde_json::Error> {
    let mut paths = Map::new();
    let mut components = schemas(contract, &Plain);
    for operation in &contract.operations {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(
                operation.method.to_lowercase(),
                view_operation(contract, operation),
            );
        }
        if let Some(name) = operation.query_struct() {
            components.insert(name, view_query(contract, operation));
        }
    }
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": { "title": contract.info.title, "version": contract.info.version },
        "paths": paths,
        "components": { "schemas": components },
    }))
}

/// A placeholder of the view and the Rust type that replaces it.
pub(super) struct Replacement {
    /// The component's name, as progenitor spells types.
    pub(super) placeholder: String,
    /// The Rust type, as a path.
    pub(super) path: String,
}

/// The types that are not progenitor's: open enums and comma lists.
pub(super) fn replacements(contract: &Contract, types_crate: &str) -> Vec<Replacement> {
    let enums = contract.enums().map(|(schema, _)| Replacement {
        placeholder: schema.rust.clone(),
        path: format!("::{types_crate}::{}", schema.rust),
    });
    let lists = comma_list_items(contract).into_iter().map(|item| Replacement {
        placeholder: names::type_name(&comma_list_name(contract, &item)),
        path: format!(
            "::fonedynamics_contract::CommaList<{}>",
            item_path(contract, &item, types_crate)
        ),
    });
    enums.chain(lists).collect()
}

fn item_path(contract: &Contract, item: &Type, types_crate: &str) -> String {
    match item {
        Type::Integer => "i64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Named(name) => match contract.schema(name) {
            Some(schema) => format!("::{types_crate}::{}", schema.rust),
            None => name.clone(),
        },
        Type::String | Type::Any | Type::Array(_) | Type::Map(_) => "::std::string::String".to_owned(),
    }
}

fn view_query(contract: &Contract, operation: &Operation) -> Value {
    let properties = operation
        .query()
        .map(|parameter| (parameter.name.as_str(), parameter_type(contract, parameter)));
    let required = operation.query().filter(|parameter| parameter.required);
    object_of(properties, required.map(|parameter| parameter.name.as_str()))
}

fn view_operation(contract: &Contract, operation: &Operation) -> Value {
    let mut parameters = Vec::new();
    for parameter in &operation.parameters {
        if parameter.location != Location::Query {
            parameters.push(json!({
                "name": parameter.name,
                "in": parameter.location.name(),
                "required": parameter.required,
                "schema": parameter_type(contract, parameter),
            }));
        }
    }
    if let Some(name) = operation.query_struct() {
        parameters
            .push(json!({ "name": QUERY, "in": "query", "required": true, "schema": reference(&name) }));
    }
    let failure = body("The envelope.", JSON, &contract.envelope.wrapper);
    let success = match &operation.success.schema {
        Some(schema) => body("The response.", JSON, schema),
        None => json!({ "description": "No content." }),
    };
    let mut responses = Map::new();
    responses.insert(operation.success.status.to_string(), success);
    responses.insert("4XX".to_owned(), failure.clone());
    responses.insert("5XX".to_owned(), failure);
    let view = json!({ "operationId": operation.id, "parameters": parameters, "responses": responses });
    match &operation.body {
        Some(request) => with(
            view,
            "requestBody",
            with(body("The body.", JSON, &request.schema), "required", json!(true)),
        ),
        None => view,
    }
}
