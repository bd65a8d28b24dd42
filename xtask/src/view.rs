//! The client view: the contract as OpenAPI that gives plain types, for generators of clients.
//!
//! - Constraints are gone, so that the types tolerate what a server sends; scalars are inlined.
//! - Comma lists are strings with names of their own.
//! - How enums and descriptions look is a matter of each generator, its [`Dialect`].
//!
//! Has the parts that every generator takes alike, and knows none of them.

use serde_json::{Map, Value, json};

use crate::contract::{Contract, EnumValue, Object, Parameter, Schema, Shape, Type};
use crate::names;

/// What one generator needs in a form of its own.
pub(crate) trait Dialect {
    /// A string of an open set.
    fn open_enum(&self, schema: &Schema, values: &[EnumValue]) -> Value;

    /// A schema whose value may also be null.
    fn nullable(&self, schema: Value) -> Value;

    /// A schema with its description.
    fn described(&self, schema: Value, docs: &str) -> Value;
}

/// The component schemas: those of the document, and the comma lists.
pub(crate) fn schemas(contract: &Contract, dialect: &impl Dialect) -> Map<String, Value> {
    let mut schemas = Map::new();
    for schema in &contract.schemas {
        let view = match &schema.shape {
            Shape::Object(object) => view_object(object, dialect),
            Shape::Array(list) | Shape::Map(list) => view_type(&list.ty),
            Shape::Enum(values) => dialect.open_enum(schema, values),
        };
        schemas.insert(schema.name.clone(), dialect.described(view, &schema.docs));
    }
    for item in comma_list_items(contract) {
        let docs = match &item {
            Type::Named(name) => format!("Values of `{name}`, separated by commas."),
            _ => "Values separated by commas.".to_owned(),
        };
        let view = dialect.described(json!({ "type": "string" }), &docs);
        schemas.insert(comma_list_name(contract, &item), view);
    }
    schemas
}

fn view_object(object: &Object, dialect: &impl Dialect) -> Value {
    let members = object.members.iter().map(|member| {
        let view = view_type(&member.ty);
        let view = if member.nullable {
            dialect.nullable(view)
        } else {
            view
        };
        (member.name.as_str(), dialect.described(view, &member.docs))
    });
    let required = object.members.iter().filter(|member| member.required);
    let view = object_of(members, required.map(|member| member.name.as_str()));
    if object.open {
        with(view, "additionalProperties", json!({}))
    } else {
        view
    }
}

/// An object with these properties, some of them required.
pub(crate) fn object_of<'a>(
    properties: impl Iterator<Item = (&'a str, Value)>,
    required: impl Iterator<Item = &'a str>,
) -> Value {
    let properties: Map<_, _> = properties
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect();
    let view = json!({ "type": "object", "properties": properties });
    let required: Vec<_> = required.collect();
    // OpenAPI 3.0 has no empty `required`.
    if required.is_empty() {
        view
    } else {
        with(view, "required", json!(required))
    }
}

/// The schema of a parameter.
pub(crate) fn parameter_type(contract: &Contract, parameter: &Parameter) -> Value {
    match &parameter.ty {
        Type::Array(item) => reference(&comma_list_name(contract, item)),
        other => view_type(other),
    }
}

fn view_type(ty: &Type) -> Value {
    match ty {
        Type::String => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer" }),
        Type::Number => json!({ "type": "number" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Any => json!({}),
        Type::Array(item) => json!({ "type": "array", "items": view_type(item) }),
        Type::Map(value) => json!({ "type": "object", "additionalProperties": view_type(value) }),
        Type::Named(name) => reference(name),
    }
}

/// The item types of the comma lists that occur.
pub(crate) fn comma_list_items(contract: &Contract) -> Vec<Type> {
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

/// The component of a comma list of these items.
pub(crate) fn comma_list_name(contract: &Contract, item: &Type) -> String {
    let item = match item {
        Type::Named(name) => contract
            .schema(name)
            .map_or(name.as_str(), |schema| schema.rust.as_str()),
        Type::Integer => "Integer",
        Type::Number => "Number",
        Type::Boolean => "Boolean",
        Type::String | Type::Any | Type::Array(_) | Type::Map(_) => "String",
    };
    names::comma_list(item)
}

/// A body or a response of one media type.
pub(crate) fn body(description: &str, media_type: &str, schema: &str) -> Value {
    json!({ "description": description, "content": { media_type: { "schema": reference(schema) } } })
}

/// A reference to a component schema.
pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object with one more member, or another value of it.
pub(crate) fn with(mut object: Value, key: &str, value: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
    object
}
