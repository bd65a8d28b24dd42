//! Where a document does not have the form of OpenAPI: every such place, as precisely as possible.
//!
//! The model stops at its first error and often names a place far above it. So the parts that can be read
//! separately are, the inner ones first.

use openapiv3::{
    Example, Header, Operation, Parameter, ReferenceOr, RequestBody, Response, Schema, SecurityScheme,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The problems of a document that the model refuses; none if no part of it can be named.
pub(super) fn problems(document: &Value) -> Vec<Problem> {
    let mut found = Vec::new();
    visit(document, &Pointer::default(), &mut found);
    found
}

/// Reads the inner parts first: a problem in one of them is not repeated for its parents.
fn visit(value: &Value, at: &Pointer, found: &mut Vec<Problem>) {
    let before = found.len();
    match value {
        Value::Object(members) => {
            let keywords = at.last() != "properties";
            for (key, child) in members {
                if keywords
                    && (matches!(key.as_str(), "example" | "value" | "default") || key.starts_with("x-"))
                {
                    continue;
                }
                visit(child, &at.child(key), found);
            }
        }
        Value::Array(items) => {
            for (number, child) in items.iter().enumerate() {
                visit(child, &at.child(&number.to_string()), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    if found.len() == before
        && let Some(problem) = alone(value, at)
    {
        found.push(problem);
    }
}

/// Reads a value as what belongs in its place, if that can be read separately.
fn alone(value: &Value, at: &Pointer) -> Option<Problem> {
    let (own, holder) = (at.last(), at.parent().last());
    match (holder.as_str(), own.as_str()) {
        ("properties" | "schemas", _) | (_, "schema" | "items") => read::<ReferenceOr<Schema>>(value, at),
        ("parameters", _) => read::<ReferenceOr<Parameter>>(value, at),
        ("responses", status) if !status.starts_with("x-") => read::<ReferenceOr<Response>>(value, at),
        ("headers", _) => read::<ReferenceOr<Header>>(value, at),
        ("examples", _) => read::<ReferenceOr<Example>>(value, at),
        ("requestBodies", _) | (_, "requestBody") => read::<ReferenceOr<RequestBody>>(value, at),
        ("securitySchemes", _) => read::<ReferenceOr<SecurityScheme>>(value, at),
        (path, "get" | "put" | "post" | "delete" | "patch" | "head" | "options" | "trace")
            if path.starts_with('/') =>
        {
            read::<Operation>(value, at)
        }
        _ => None,
    }
}

fn read<T: DeserializeOwned>(value: &Value, at: &Pointer) -> Option<Problem> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let place = Place::Key(inside(at, error.path()));
    Some(Problem::new(
        Rule::NotOpenapi,
        place,
        sentence(&error.into_inner()),
    ))
}

/// What the model says, as a problem.
pub(super) fn sentence(error: &serde_json::Error) -> String {
    format!("this is not OpenAPI 3.0: {error}")
}

/// The pointer to a path inside a value.
pub(super) fn inside(at: &Pointer, path: &serde_path_to_error::Path) -> Pointer {
    path.iter().fold(at.clone(), |pointer, segment| match segment {
        serde_path_to_error::Segment::Seq { index } => pointer.child(&index.to_string()),
        serde_path_to_error::Segment::Map { key } => pointer.child(key),
        serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => pointer,
    })
}
