//! The keys of OpenAPI 3.0: which object has which, the JSON type of its value, and what becomes of it.
//!
//! The one table of such decisions: a key that is refused here is refused by `lower`, and a test holds every other
//! decision against what is generated. Knows no `x-` keys, and no names of the API, of paths, statuses or media types.
//! A `$ref` may stand for any component.

use Decision::{Carried, Enforced, ForReaders, Refused};

use serde_json::Value;

use super::Position;
use crate::names;

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Generated code or its documentation says it.
    Carried,
    /// A server checks it, or a rule does.
    Enforced,
    /// It reaches the published document, whose readers it is for; nothing could be generated from it.
    ForReaders,
    /// It is a problem wherever it says something.
    Refused,
}

/// A key: its name, the JSON type of its value, and what becomes of it.
pub type Key = (&'static str, &'static str, Decision);

pub(super) const STRING: &str = "a string";
pub(super) const BOOLEAN: &str = "a boolean";
pub(super) const INTEGER: &str = "an integer";
pub(super) const NUMBER: &str = "a number";
pub(super) const ARRAY: &str = "an array";
pub(super) const OBJECT: &str = "an object";
/// A value of any type.
pub(super) const ANY: &str = "anything";

/// The keys of each kind of object, in the order of the specification of OpenAPI 3.0.
#[rustfmt::skip]
pub const KEYS: &[(Position, &[Key])] = &[
    (Position::Root, &[
        ("openapi", STRING, Enforced),
        ("info", OBJECT, Carried),
        ("servers", ARRAY, Carried),
        ("paths", OBJECT, Carried),
        ("components", OBJECT, Carried),
        ("security", ARRAY, Enforced),
        ("tags", ARRAY, Enforced),
        ("externalDocs", OBJECT, ForReaders),
    ]),
    (Position::Info, &[
        ("title", STRING, Carried),
        ("description", STRING, Carried),
        ("termsOfService", STRING, ForReaders),
        ("contact", OBJECT, ForReaders),
        ("license", OBJECT, ForReaders),
        ("version", STRING, Carried),
    ]),
    (Position::Contact, &[
        ("name", STRING, ForReaders),
        ("url", STRING, ForReaders),
        ("email", STRING, ForReaders),
    ]),
    (Position::License, &[
        ("name", STRING, ForReaders),
        ("url", STRING, ForReaders),
    ]),
    (Position::Server, &[
        ("url", STRING, Carried),
        ("description", STRING, ForReaders),
        ("variables", OBJECT, Refused),
    ]),
    (Position::ServerVariable, &[
        ("enum", ARRAY, Refused),
        ("default", STRING, Refused),
        ("description", STRING, Refused),
    ]),
    (Position::Components, &[
        ("schemas", OBJECT, Carried),
        ("responses", OBJECT, Carried),
        ("parameters", OBJECT, Carried),
        ("examples", OBJECT, Carried),
        ("requestBodies", OBJECT, Carried),
        ("headers", OBJECT, Carried),
        ("securitySchemes", OBJECT, Enforced),
        ("links", OBJECT, Refused),
        ("callbacks", OBJECT, Refused),
    ]),
    (Position::PathItem, &[
        ("$ref", STRING, Refused),
        ("summary", STRING, ForReaders),
        ("description", STRING, ForReaders),
        ("get", OBJECT, Carried),
        ("put", OBJECT, Carried),
        ("post", OBJECT, Carried),
        ("delete", OBJECT, Carried),
        ("options", OBJECT, Refused),
        ("head", OBJECT, Refused),
        ("patch", OBJECT, Carried),
        ("trace", OBJECT, Refused),
        ("servers", ARRAY, Refused),
        ("parameters", ARRAY, Carried),
    ]),
    (Position::Operation, &[
        ("tags", ARRAY, Enforced),
        ("summary", STRING, Carried),
        ("description", STRING, Carried),
        ("externalDocs", OBJECT, ForReaders),
        ("operationId", STRING, Carried),
        ("parameters", ARRAY, Carried),
        ("requestBody", OBJECT, Carried),
        ("responses", OBJECT, Carried),
        ("callbacks", OBJECT, Refused),
        ("deprecated", BOOLEAN, Carried),
        ("security", ARRAY, Carried),
        ("servers", ARRAY, Refused),
    ]),
    (Position::ExternalDocs, &[
        ("description", STRING, ForReaders),
        ("url", STRING, ForReaders),
    ]),
    (Position::Parameter, &[
        ("name", STRING, Carried),
        ("in", STRING, Carried),
        ("description", STRING, Carried),
        ("required", BOOLEAN, Carried),
        ("deprecated", BOOLEAN, Carried),
        ("allowEmptyValue", BOOLEAN, Refused),
        ("style", STRING, Enforced),
        ("explode", BOOLEAN, Enforced),
        ("allowReserved", BOOLEAN, Refused),
        ("schema", OBJECT, Carried),
        ("example", ANY, Refused),
        ("examples", OBJECT, Refused),
        ("content", OBJECT, Refused),
    ]),
    (Position::RequestBody, &[
        ("description", STRING, ForReaders),
        ("content", OBJECT, Carried),
        ("required", BOOLEAN, Enforced),
    ]),
    (Position::MediaType, &[
        ("schema", OBJECT, Carried),
        ("example", ANY, Refused),
        ("examples", OBJECT, Carried),
        ("encoding", OBJECT, Refused),
    ]),
    (Position::Encoding, &[
        ("contentType", STRING, Refused),
        ("headers", OBJECT, Refused),
        ("style", STRING, Refused),
        ("explode", BOOLEAN, Refused),
        ("allowReserved", BOOLEAN, Refused),
    ]),
    (Position::Responses, &[
        ("default", OBJECT, Refused),
    ]),
    (Position::Response, &[
        ("description", STRING, ForReaders),
        ("headers", OBJECT, Carried),
        ("content", OBJECT, Carried),
        ("links", OBJECT, Refused),
    ]),
    (Position::Example, &[
        ("summary", STRING, ForReaders),
        ("description", STRING, ForReaders),
        ("value", ANY, Carried),
        ("externalValue", STRING, Refused),
    ]),
    (Position::Link, &[
        ("operationRef", STRING, Refused),
        ("operationId", STRING, Refused),
        ("parameters", OBJECT, Refused),
        ("requestBody", ANY, Refused),
        ("description", STRING, Refused),
        ("server", OBJECT, Refused),
    ]),
    (Position::Header, &[
        ("description", STRING, Carried),
        ("required", BOOLEAN, Carried),
        ("deprecated", BOOLEAN, ForReaders),
        ("allowEmptyValue", BOOLEAN, Refused),
        ("style", STRING, Enforced),
        ("explode", BOOLEAN, Refused),
        ("allowReserved", BOOLEAN, Refused),
        ("schema", OBJECT, Enforced),
        ("example", ANY, Refused),
        ("examples", OBJECT, Refused),
        ("content", OBJECT, Refused),
    ]),
    (Position::Tag, &[
        ("name", STRING, Enforced),
        ("description", STRING, ForReaders),
        ("externalDocs", OBJECT, ForReaders),
    ]),
    (Position::Schema, &[
        ("title", STRING, ForReaders),
        ("multipleOf", NUMBER, Refused),
        ("maximum", NUMBER, Enforced),
        ("exclusiveMaximum", BOOLEAN, Enforced),
        ("minimum", NUMBER, Enforced),
        ("exclusiveMinimum", BOOLEAN, Enforced),
        ("maxLength", INTEGER, Enforced),
        ("minLength", INTEGER, Enforced),
        ("pattern", STRING, Enforced),
        ("maxItems", INTEGER, Enforced),
        ("minItems", INTEGER, Enforced),
        ("uniqueItems", BOOLEAN, Enforced),
        ("maxProperties", INTEGER, Refused),
        ("minProperties", INTEGER, Refused),
        ("required", ARRAY, Carried),
        ("enum", ARRAY, Carried),
        ("type", STRING, Carried),
        ("allOf", ARRAY, Refused),
        ("oneOf", ARRAY, Enforced),
        ("anyOf", ARRAY, Enforced),
        ("not", OBJECT, Refused),
        ("items", OBJECT, Carried),
        ("properties", OBJECT, Carried),
        ("additionalProperties", ANY, Carried),
        ("description", STRING, Carried),
        ("format", STRING, Enforced),
        ("default", ANY, Carried),
        ("nullable", BOOLEAN, Carried),
        ("discriminator", OBJECT, Refused),
        ("readOnly", BOOLEAN, Refused),
        ("writeOnly", BOOLEAN, Refused),
        ("xml", OBJECT, Refused),
        ("externalDocs", OBJECT, ForReaders),
        ("example", ANY, Refused),
        ("deprecated", BOOLEAN, Carried),
    ]),
    (Position::Discriminator, &[
        ("propertyName", STRING, Refused),
        ("mapping", OBJECT, Refused),
    ]),
    (Position::Xml, &[
        ("name", STRING, Refused),
        ("namespace", STRING, Refused),
        ("prefix", STRING, Refused),
        ("attribute", BOOLEAN, Refused),
        ("wrapped", BOOLEAN, Refused),
    ]),
    (Position::SecurityScheme, &[
        ("type", STRING, Enforced),
        ("description", STRING, ForReaders),
        ("name", STRING, Refused),
        ("in", STRING, Refused),
        ("scheme", STRING, Enforced),
        ("bearerFormat", STRING, Refused),
        ("flows", OBJECT, Refused),
        ("openIdConnectUrl", STRING, Refused),
    ]),
    (Position::Flows, &[
        ("implicit", OBJECT, Refused),
        ("password", OBJECT, Refused),
        ("clientCredentials", OBJECT, Refused),
        ("authorizationCode", OBJECT, Refused),
    ]),
    (Position::Flow, &[
        ("authorizationUrl", STRING, Refused),
        ("tokenUrl", STRING, Refused),
        ("refreshUrl", STRING, Refused),
        ("scopes", OBJECT, Refused),
    ]),
];

/// The keys of an object, if it is of a kind that has any.
#[must_use]
pub fn of(object: Position) -> Option<&'static [Key]> {
    let found = KEYS.iter().find(|(position, _)| *position == object);
    found.map(|(_, keys)| *keys)
}

/// A key of an object, if OpenAPI 3.0 knows it there.
#[must_use]
pub fn key(object: Position, name: &str) -> Option<&'static Key> {
    of(object)?.iter().find(|(known, ..)| *known == name)
}

/// The key that a name which an object does not know was probably meant to be.
#[must_use]
pub fn nearest(object: Position, name: &str) -> Option<&'static str> {
    names::nearest(name, of(object)?.iter().map(|(known, ..)| *known))
}

/// Whether a key of an object is refused, whatever else is said there.
#[must_use]
pub fn is_refused(object: Position, name: &str) -> bool {
    key(object, name).is_some_and(|(_, _, decision)| *decision == Refused)
}

/// Whether a value says no more than none would: `deprecated: false`, an empty array, a null that could be anything.
#[must_use]
pub fn says_nothing(object: Position, name: &str, value: &Value) -> bool {
    let is_empty = match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => false,
    };
    is_empty
        && key(object, name).is_some_and(|(_, expected, _)| {
            *expected == type_of(value) || (*expected, value) == (ANY, &Value::Null)
        })
}

/// The JSON type of a value, with its article.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => BOOLEAN,
        Value::Number(number) if number.is_f64() => NUMBER,
        Value::Number(_) => INTEGER,
        Value::String(_) => STRING,
        Value::Array(_) => ARRAY,
        Value::Object(_) => OBJECT,
    }
}
