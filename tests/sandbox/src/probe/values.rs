//! Values that satisfy a schema, and values each of which breaks one keyword of it. Knows no operation.

use regex_lite::Regex;
use serde_json::{Value, json};

use super::document::{Violation, at};

/// Texts that fit one pattern or break another. The number is of a range set aside for documentation.
const TEXTS: [&str; 6] = ["probe", "61255509999", "+61255509999", "AU", "?", ""];

/// A keyword, how a value breaks it, and the value.
pub(super) type Broken = (&'static str, Violation, Value);

/// A value of a scalar type that fits; a list of one for an array.
pub(super) fn fitting(schema: &Value) -> Value {
    if let Some(value) = at(schema, "enum").get(0) {
        return value.clone();
    }
    match at(schema, "type").as_str() {
        Some("integer" | "number") => json!(at(schema, "minimum").as_i64().unwrap_or(0)),
        Some("boolean") => json!(true),
        _ => json!(
            TEXTS
                .into_iter()
                .find(|text| fits(schema, text))
                .unwrap_or_default()
        ),
    }
}

/// A value of another type than the schema's; `None` where any type will do.
pub(super) fn of_another_type(schema: &Value) -> Option<Value> {
    match at(schema, "type").as_str()? {
        "string" => Some(json!(7)),
        "integer" | "number" | "boolean" => Some(json!("probe")),
        "array" => Some(json!({})),
        "object" => Some(json!([])),
        _ => None,
    }
}

/// For each keyword of a scalar's schema, a value of the right type that breaks it.
pub(super) fn breaking(schema: &Value) -> Vec<Broken> {
    let mut broken = match at(schema, "type").as_str() {
        Some("string") => texts(schema),
        Some("integer" | "number") => numbers(schema),
        _ => Vec::new(),
    };
    if at(schema, "enum").is_array() {
        broken.push(("enum", Violation::Invalid, json!("probe")));
    }
    broken
}

fn texts(schema: &Value) -> Vec<Broken> {
    let long = |length: u64| json!("x".repeat(usize::try_from(length).unwrap_or_default()));
    let mut broken = Vec::new();
    if let Some(least) = at(schema, "minLength").as_u64().filter(|least| *least > 0) {
        broken.push(("minLength", Violation::TooShort, long(least - 1)));
    }
    if let Some(most) = at(schema, "maxLength").as_u64() {
        broken.push(("maxLength", Violation::TooLong, long(most + 1)));
    }
    let misfit = TEXTS
        .into_iter()
        .find(|text| !text.is_empty() && has_length(schema, text) && !matches(schema, text));
    if let Some(text) = misfit {
        broken.push(("pattern", Violation::Invalid, json!(text)));
    }
    if matches!(at(schema, "format").as_str(), Some("date" | "date-time" | "uuid")) {
        broken.push(("format", Violation::Invalid, json!("probe")));
    }
    broken
}

fn numbers(schema: &Value) -> Vec<Broken> {
    let mut broken = Vec::new();
    if let Some(least) = at(schema, "minimum").as_i64() {
        let is_exclusive = at(schema, "exclusiveMinimum") == true;
        broken.push((
            "minimum",
            Violation::Invalid,
            json!(least - i64::from(!is_exclusive)),
        ));
    }
    if let Some(most) = at(schema, "maximum").as_i64() {
        let is_exclusive = at(schema, "exclusiveMaximum") == true;
        broken.push((
            "maximum",
            Violation::Invalid,
            json!(most + i64::from(!is_exclusive)),
        ));
    }
    match at(schema, "format").as_str() {
        Some("int32") => broken.push(("format", Violation::Invalid, json!(1_u64 << 31))),
        Some("int64" | "unix-time") => broken.push(("format", Violation::Invalid, json!(1_u64 << 63))),
        _ => {}
    }
    broken
}

fn fits(schema: &Value, text: &str) -> bool {
    !text.is_empty() && has_length(schema, text) && matches(schema, text)
}

fn has_length(schema: &Value, text: &str) -> bool {
    let length = text.chars().count() as u64;
    at(schema, "minLength")
        .as_u64()
        .is_none_or(|least| length >= least)
        && at(schema, "maxLength").as_u64().is_none_or(|most| length <= most)
}

/// Whether a text matches the schema's pattern; true where it has none that can be read.
fn matches(schema: &Value, text: &str) -> bool {
    let pattern = at(schema, "pattern")
        .as_str()
        .and_then(|pattern| Regex::new(pattern).ok());
    pattern.is_none_or(|pattern| pattern.is_match(text))
}

/// A value as the text of a parameter.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
