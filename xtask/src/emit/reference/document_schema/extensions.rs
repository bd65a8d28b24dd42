//! Our `x-` keys, as types. What their values must be beyond that is for `lint` to check.

#![expect(dead_code, reason = "only the schemas of these types are used")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::closed;
use crate::faults;

/// An error code of the document.
#[derive(JsonSchema)]
pub(super) struct Code(String);

/// An error code that a handler can raise: one that takes state to decide.
#[derive(JsonSchema)]
pub(super) struct RaisedCode(String);

/// The code of each fault (failure outside a handler) and each violation (broken constraint).
pub(super) struct Faults;

impl JsonSchema for Faults {
    fn schema_name() -> Cow<'static, str> {
        "Faults".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let code = generator.subschema_for::<Code>();
        let properties: Map<_, _> = faults::names()
            .map(|name| (name.to_owned(), Value::from(code.clone())))
            .collect();
        json_schema!({
            "description": "The code of each fault (failure outside a handler) and each violation (broken constraint).",
            "type": "object",
            "properties": properties,
            "required": faults::names().collect::<Vec<_>>(),
            "additionalProperties": false,
        })
    }
}

/// How a list is paged.
#[derive(JsonSchema)]
pub(super) struct Pages {
    /// The member of the response with the items.
    items: String,
    /// The group of the query parameters that page: `results` for `Results_Count` and `Results_Skip`.
    by: String,
}

/// What the API calls the parts of its credentials: the arguments that take them.
#[derive(JsonSchema)]
#[schemars(transform = super::closed)]
pub(super) struct Credentials {
    /// The user of HTTP Basic.
    user: Option<String>,
    /// The password of HTTP Basic.
    password: Option<String>,
    /// The token of HTTP Bearer.
    token: Option<String>,
}

/// The error codes, in the order of `enum`.
#[derive(JsonSchema)]
#[schemars(transform = named_as_codes)]
pub(super) struct ErrorCodes(BTreeMap<String, ErrorCode>);

fn named_as_codes(schema: &mut Schema) {
    let name = json_schema!({ "pattern": "^[A-Z](?:[A-Z0-9_]{0,61}[A-Z0-9])?$" });
    schema.insert("propertyNames".to_owned(), name.into());
}

/// What there is to know about an error code.
#[derive(JsonSchema)]
#[schemars(transform = closed)]
struct ErrorCode {
    /// That of the responses with this code. Below 500 if the caller can do something about it, 401 for
    /// credentials. A code has one status for ever.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// Where the code is documented.
    origin: Origin,
    /// What callers read, one sentence, with `{FieldName}` where parameters are named.
    #[schemars(length(min = 1))]
    message: String,
    /// What it means.
    #[schemars(length(min = 1))]
    meaning: String,
    /// What usually leads to it.
    #[schemars(length(min = 1))]
    causes: Vec<String>,
    /// What the caller can do.
    #[schemars(length(min = 1))]
    remedy: String,
}

/// Where an error code is documented.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Origin {
    /// The API's page of error codes.
    ErrorPage,
    /// The page of an operation.
    OperationPage,
    /// No public page.
    Extension,
}
