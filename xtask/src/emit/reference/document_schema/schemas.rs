//! The schemas of OpenAPI 3.0 in the subset that `lint` accepts, as types.

#![expect(dead_code, reason = "only the schemas of these types are used")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema as JsonSchemaOf, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::extensions::{Code, ErrorCodes};
use super::{Component, OrReference, closed};

/// A schema. Without a type, it takes any value.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", transform = closed, transform = expected_of_pattern)]
pub(super) struct Schema {
    r#type: Option<Type>,
    format: Option<String>,
    title: Option<String>,
    description: Option<String>,
    r#enum: Option<Vec<EnumValue>>,
    /// Whether a member with this schema may be null.
    nullable: Option<bool>,
    default: Option<Value>,
    /// Plain ASCII and anchored; alternatives in a group.
    pattern: Option<String>,
    min_length: Option<u64>,
    max_length: Option<u64>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    exclusive_minimum: Option<bool>,
    exclusive_maximum: Option<bool>,
    items: Option<Box<OrReference<Schema>>>,
    min_items: Option<u64>,
    max_items: Option<u64>,
    unique_items: Option<bool>,
    required: Option<Vec<String>>,
    properties: Option<BTreeMap<String, OrReference<Schema>>>,
    /// `{}` if further members are kept; the schema of all members if there are no `properties`.
    additional_properties: Option<Further>,
    /// Exactly one of several members, or groups of members, is there.
    one_of: Option<Vec<Alternative>>,
    /// At least one of several members, or groups of members, is there.
    any_of: Option<Vec<Alternative>>,
    deprecated: Option<bool>,
    external_docs: Option<ExternalDocs>,
    /// The code raised when the value fails validation. It replaces the codes of all its keywords.
    #[schemars(rename = "x-invalid-code")]
    invalid_code: Option<Code>,
    /// What a value must be, as the end of "It must be …": a phrase without a full stop.
    #[schemars(rename = "x-expected", length(min = 1, max = 100))]
    expected: Option<String>,
    /// The name of the type in Rust, where that of the component cannot be it.
    #[schemars(rename = "x-rust-name", regex(pattern = "^[A-Z][A-Za-z0-9]*$"))]
    rust_name: Option<String>,
    /// The names in Rust of properties or values, where theirs cannot be it.
    #[schemars(rename = "x-rust-names")]
    rust_names: Option<BTreeMap<String, String>>,
    #[schemars(rename = "x-error-codes")]
    error_codes: Option<ErrorCodes>,
    /// Codes that were removed and are never used again.
    #[schemars(rename = "x-retired-codes")]
    retired_codes: Option<Value>,
}

fn expected_of_pattern(schema: &mut JsonSchemaOf) {
    let needed = json!({ "x-expected": ["pattern"] });
    schema.insert("dependencies".to_owned(), needed);
}

impl Component for Schema {
    const KIND: &'static str = "schemas";
}

/// A string, or the null of an enum that is nullable.
struct EnumValue;

impl JsonSchema for EnumValue {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "EnumValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> JsonSchemaOf {
        json_schema!({ "anyOf": [{ "type": "string" }, { "const": null }] })
    }
}

/// Whether further members are kept, or the schema of all members.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Further {
    Whether(bool),
    Values(Box<OrReference<Schema>>),
}

/// The types of JSON that generated types can express.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Type {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}

/// Members of an object that belong together.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Alternative {
    #[schemars(length(min = 1))]
    required: Vec<String>,
}

/// What to read besides.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
pub(super) struct ExternalDocs {
    description: Option<String>,
    url: String,
}
