//! The document's examples, found by schema and name. Makes up none.

use fonedynamics_types::examples::{ALL, Example};
use serde::de::DeserializeOwned;

/// The text of the first example of a response with this schema.
#[track_caller]
pub(crate) fn response(schema: &str) -> &'static str {
    find(schema, |pointer| pointer.contains("/responses/"))
}

/// The text of a request's example: its schema, and its name in the document.
#[track_caller]
pub(crate) fn request(schema: &str, name: &str) -> &'static str {
    let end = format!("/examples/{name}/value");
    find(schema, |pointer| {
        pointer.contains("/requestBody/") && pointer.ends_with(&end)
    })
}

/// The same, read as its type.
#[track_caller]
pub(crate) fn typed_request<T: DeserializeOwned>(schema: &str, name: &str) -> T {
    serde_json::from_str(request(schema, name)).unwrap()
}

/// The text of the envelope with this error code.
#[track_caller]
pub(crate) fn envelope(code: &str) -> &'static str {
    let end = format!("/examples/{code}/value");
    find("ErrorResponse", |pointer| pointer.ends_with(&end))
}

#[track_caller]
fn find(schema: &str, expected: impl Fn(&str) -> bool) -> &'static str {
    let fits = |example: &&Example| example.schema == schema && expected(example.pointer);
    let example = ALL.iter().find(fits);
    example
        .unwrap_or_else(|| panic!("the document has no such example of {schema}"))
        .json
}
