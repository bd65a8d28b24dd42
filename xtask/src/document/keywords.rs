//! What is wrong with the value of a keyword of OpenAPI 3.0, and which keywords came with 3.1.
//!
//! Only for reports: the model decides what is OpenAPI and says it less clearly.

use serde_json::Value;

use super::Position;
use super::keys::{self, ANY, ARRAY, BOOLEAN, INTEGER, KEYS, NUMBER, STRING, type_of};
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

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

/// Whether a key that OpenAPI 3.0 does not know is one of 3.1.
pub(super) fn is_of_3_1(key: &str) -> bool {
    OF_3_1.contains(&key)
}

/// Whether the value of a keyword is a boolean, in one of its places at least.
pub(super) fn is_boolean(key: &str) -> bool {
    let mut keys = KEYS.iter().flat_map(|(_, keys)| *keys);
    keys.any(|(known, of, _)| *known == key && *of == BOOLEAN)
}

/// The problem of a keyword of an object whose value has the wrong type, if it has.
pub(super) fn problem(object: Position, key: &str, value: &Value, at: &Pointer) -> Option<Problem> {
    let (_, expected, _) = *keys::key(object, key).filter(|(_, expected, _)| *expected != ANY)?;
    let found = type_of(value);
    if found == expected || (expected, found) == (NUMBER, INTEGER) {
        return None;
    }
    let problem = |sentence| Problem::new(Rule::NotOpenapi, Place::Key(at.clone()), sentence);
    let of_3_1 = match (key, value) {
        ("type", Value::Array(_)) => {
            Some("write one type, and `nullable: true` for a member that may be null")
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
        (BOOLEAN, _) => format!("write `{key}: true` or `{key}: false`, without quotes"),
        (STRING, Value::Bool(_) | Value::Number(_)) => "put it in quotes".to_owned(),
        (ARRAY, Value::String(text)) => format!("write `{key}: [{text}]`"),
        (INTEGER | NUMBER, Value::String(_)) => "write the number without quotes".to_owned(),
        _ => format!("write {expected}"),
    }))
}
