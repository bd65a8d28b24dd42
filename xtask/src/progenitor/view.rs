//! The client view: the contract as a document that progenitor can take and that gives plain types.
//!
//! - The four error statuses become `4XX` and `5XX`, so that any failing status is read as the envelope.
//! - Constraints are gone, so that the types tolerate what a server sends; scalars are inlined.
//! - Open enums and comma lists become placeholders, which [`replacements`] gives their Rust types.
//! - The query parameters of an operation become one object, so that methods take one struct.
//! - A body of any JSON media type is `application/json`; the client sends the real one.
//!
//! Knows what progenitor needs and nothing of what it makes of it.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::contract::{Contract, Location, Object, Operation, Parameter, Shape, Type};
use crate::names::{self, QUERY};

/// The document for progenitor.
pub(super) fn client_view(contract: &Contract) -> Result<OpenAPI, serde_json::Error> {
    let mut paths = Map::new();
    for operation in &contract.operations {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(
                operation.method.to_lowercase(),
                view_operation(contract, operation),
            );
        }
    }
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": { "title": contract.info.title, "version": contract.info.version },
        "paths": paths,
        "components": { "schemas": view_schemas(contract) },
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
            "::{types_crate}::CommaList<{}>",
            item_path(contract, &item, types_crate)
        ),
    });
    enums.chain(lists).collect()
}

/// The item types of the comma lists that occur.
fn comma_list_items(contract: &Contract) -> Vec<Type> {
    let mut items: Vec<Type> = Vec::new();
    for parameter in contract
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
    {
        if let Type::Array(item) = &parameter.ty
            && !items.contains(item)
        {
            items.push((**item).clone());
        }
    }
    items
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
        Type::String | Type::Any | Type::Array(_) => "::std::string::String".to_owned(),
    }
}

fn comma_list_name(contract: &Contract, item: &Type) -> String {
    let item = match item {
        Type::Named(name) => contract
            .schema(name)
            .map_or(name.as_str(), |schema| schema.rust.as_str()),
        Type::Integer => "Integer",
        Type::Number => "Number",
        Type::Boolean => "Boolean",
        Type::String | Type::Any | Type::Array(_) => "String",
    };
    names::comma_list(item)
}

fn view_schemas(contract: &Contract) -> Map<String, Value> {
    let mut schemas = Map::new();
    for schema in &contract.schemas {
        let view = match &schema.shape {
            Shape::Object(object) => view_object(object),
            Shape::Array(list) => json!({ "type": "array", "items": view_type(&list.item) }),
            Shape::Enum(_) => json!({ "type": "string" }),
        };
        schemas.insert(schema.name.clone(), view);
    }
    for item in comma_list_items(contract) {
        schemas.insert(comma_list_name(contract, &item), json!({ "type": "string" }));
    }
    for operation in &contract.operations {
        if let Some(name) = operation.query_struct() {
            schemas.insert(name, view_query(contract, operation));
        }
    }
    schemas
}

fn view_object(object: &Object) -> Value {
    let mut properties = Map::new();
    for member in &object.members {
        properties.insert(member.name.clone(), view_type(&member.ty));
    }
    let required: Vec<_> = object
        .members
        .iter()
        .filter(|member| member.required)
        .map(|member| &member.name)
        .collect();
    let mut view = json!({ "type": "object", "properties": properties, "required": required });
    if object.open {
        view = with(view, "additionalProperties", json!({}));
    }
    view
}

fn view_query(contract: &Contract, operation: &Operation) -> Value {
    let mut properties = Map::new();
    for parameter in operation.query() {
        properties.insert(parameter.name.clone(), view_parameter_type(contract, parameter));
    }
    let required: Vec<_> = operation
        .query()
        .filter(|parameter| parameter.required)
        .map(|parameter| &parameter.name)
        .collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn view_parameter_type(contract: &Contract, parameter: &Parameter) -> Value {
    match &parameter.ty {
        Type::Array(item) => reference(&comma_list_name(contract, item)),
        other => view_type(other),
    }
}

fn view_type(ty: &Type) -> Value {
    match ty {
        Type::String => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer", "format": "int64" }),
        Type::Number => json!({ "type": "number", "format": "double" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Any => json!({}),
        Type::Array(item) => json!({ "type": "array", "items": view_type(item) }),
        Type::Named(name) => reference(name),
    }
}

fn view_operation(contract: &Contract, operation: &Operation) -> Value {
    let mut parameters = Vec::new();
    for parameter in &operation.parameters {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Header => "header",
            Location::Query => continue,
        };
        parameters.push(json!({
            "name": parameter.name,
            "in": location,
            "required": parameter.required,
            "schema": view_parameter_type(contract, parameter),
        }));
    }
    if let Some(name) = operation.query_struct() {
        parameters
            .push(json!({ "name": QUERY, "in": "query", "required": true, "schema": reference(&name) }));
    }
    let failure = body("The envelope.", &contract.envelope.wrapper);
    let success = match &operation.success.schema {
        Some(schema) => body("The response.", schema),
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
            with(body("The body.", &request.schema), "required", json!(true)),
        ),
        None => view,
    }
}

fn body(description: &str, schema: &str) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": reference(schema) } } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
    object
}
