//! Which JSON type the value of each keyword of OpenAPI 3.0 has, and which keywords came with 3.1.
//!
//! Only for reports: the model decides what is OpenAPI and says it less clearly.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The keywords whose value has the same type wherever they are known.
const TYPES: &[(&str, &[&str])] = &[
    (
        "a string",
        &[
            "$ref",
            "bearerFormat",
            "description",
            "externalValue",
            "format",
            "in",
            "name",
            "openapi",
            "operationId",
            "pattern",
            "scheme",
            "style",
            "summary",
            "title",
            "type",
            "url",
            "version",
        ],
    ),
    (
        "a boolean",
        &[
            "allowEmptyValue",
            "allowReserved",
            "deprecated",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "explode",
            "nullable",
            "readOnly",
            "uniqueItems",
            "writeOnly",
        ],
    ),
    (
        "an integer",
        &[
            "maxItems",
            "maxLength",
            "maxProperties",
            "minItems",
            "minLength",
            "minProperties",
        ],
    ),
    ("a number", &["maximum", "minimum", "multipleOf"]),
    (
        "an array",
        &[
            "allOf",
            "anyOf",
            "enum",
            "oneOf",
            "parameters",
            "security",
            "servers",
            "tags",
        ],
    ),
    (
        "an object",
        &[
            "components",
            "content",
            "headers",
            "info",
            "items",
            "not",
            "paths",
            "properties",
            "requestBody",
            "responses",
            "schema",
        ],
    ),
];

/// Keywords that OpenAPI 3.1 has and 3.0 has not.
const OF_3_1: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "identifier",
    "if",
    "jsonSchemaDialect",
    "maxContains",
    "minContains",
    "pathItems",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "webhooks",
];

/// What has a keyword, as far as the type of its value depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Schema,
    Other,
}

/// Whether a key that OpenAPI 3.0 does not know is one of 3.1.
pub(super) fn is_of_3_1(key: &str) -> bool {
    OF_3_1.contains(&key)
}

/// Whether the value of a keyword is a boolean, in one of its places at least.
pub(super) fn is_boolean(key: &str) -> bool {
    let mut types = TYPES.iter();
    key == "required" || types.any(|(of, keys)| *of == "a boolean" && keys.contains(&key))
}

/// The problem of a keyword whose value has the wrong type, if it has.
pub(super) fn problem(key: &str, value: &Value, at: &Pointer, holder: Holder) -> Option<Problem> {
    let expected = match key {
        "required" if holder == Holder::Schema => "an array",
        "required" => "a boolean",
        _ => TYPES
            .iter()
            .find(|(_, keys)| keys.contains(&key))
            .map(|(expected, _)| *expected)?,
    };
    let found = type_of(value);
    if found == expected || (expected, found) == ("a number", "an integer") {
        return None;
    }
    let problem = |sentence| Problem::new(Rule::NotOpenapi, Place::Key(at.clone()), sentence);
    let of_3_1 = match (key, value) {
        ("type", Value::Array(_)) => {
            Some("write one type; leave a member that may be absent out of `required`")
        }
        ("exclusiveMinimum", Value::Number(_)) => Some("write `minimum: …` and `exclusiveMinimum: true`"),
        ("exclusiveMaximum", Value::Number(_)) => Some("write `maximum: …` and `exclusiveMaximum: true`"),
        _ => None,
    };
    if let Some(help) = of_3_1 {
        let sentence = format!("`{key}` as {found} is OpenAPI 3.1, and the document is OpenAPI 3.0");
        return Some(problem(sentence).with_help(help));
    }
    let sentence = format!("`{key}` must be {expected}, and is {found}");
    Some(problem(sentence).with_help(match (expected, value) {
        (_, Value::Null) => format!("write {expected} behind `{key}:`, or remove the key"),
        ("a boolean", _) => format!("write `{key}: true` or `{key}: false`, without quotes"),
        ("a string", Value::Bool(_) | Value::Number(_)) => "put it in quotes".to_owned(),
        ("an array", Value::String(text)) => format!("write `{key}: [{text}]`"),
        ("an integer" | "a number", Value::String(_)) => "write the number without quotes".to_owned(),
        _ => format!("write {expected}"),
    }))
}

/// The JSON type of a value, with its article.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
