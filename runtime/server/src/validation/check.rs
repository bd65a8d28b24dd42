//! Checks of a body against what its schema says, one function per kind of constraint.
//!
//! Every function takes the value, its path and the list to record in. None stops the walk, and none keeps
//! or repeats a value. `invalid` is the code that the document names for the value; `None` stands for the
//! envelope's default. Null is a value of the wrong type, except where a function says otherwise.

use std::collections::BTreeMap;

use fonedynamics_contract::Envelope;
use serde_json::{Map, Value};

pub use crate::validation::constraint::{
    Pattern, count, known, length, pattern, unique, within, within_real,
};

use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::violations::Violations;

/// An object. Returns its members, so that they can be checked in turn.
pub fn object<'v, E: Envelope>(
    value: &'v Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<&'v Map<String, Value>> {
    typed(value.as_object(), Expected::Object, at, invalid, violations)
}

/// A list. Returns its items, so that they can be checked in turn.
pub fn list<'v, E: Envelope>(
    value: &'v Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<&'v [Value]> {
    typed(
        value.as_array().map(Vec::as_slice),
        Expected::List,
        at,
        invalid,
        violations,
    )
}

/// A text.
pub fn text<'v, E: Envelope>(
    value: &'v Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<&'v str> {
    typed(value.as_str(), Expected::Text, at, invalid, violations)
}

/// A whole number of 64 bits, written without fraction or exponent.
pub fn integer<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<i64> {
    typed(value.as_i64(), Expected::Integer, at, invalid, violations)
}

/// A number.
pub fn number<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<f64> {
    typed(value.as_f64(), Expected::Number, at, invalid, violations)
}

/// True or false.
pub fn boolean<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<bool> {
    typed(value.as_bool(), Expected::Boolean, at, invalid, violations)
}

fn typed<T, E: Envelope>(
    value: Option<T>,
    expected: Expected,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<T> {
    if value.is_none() {
        violations.invalid(at, expected, invalid);
    }
    value
}

/// A text, whatever it says.
pub fn is_text<E: Envelope>(value: &Value, at: &Path<'_>, violations: &mut Violations<E>) {
    text(value, at, None, violations);
}

/// A whole number of 64 bits.
pub fn is_integer<E: Envelope>(value: &Value, at: &Path<'_>, violations: &mut Violations<E>) {
    integer(value, at, None, violations);
}

/// Any number.
pub fn is_number<E: Envelope>(value: &Value, at: &Path<'_>, violations: &mut Violations<E>) {
    number(value, at, None, violations);
}

/// True or false.
pub fn is_boolean<E: Envelope>(value: &Value, at: &Path<'_>, violations: &mut Violations<E>) {
    boolean(value, at, None, violations);
}

/// Anything, null included.
pub fn any<E: Envelope>(_: &Value, _: &Path<'_>, _: &mut Violations<E>) {}

/// A required member that may not be null. Absent or null, it is missing.
pub fn required<E: Envelope>(
    members: &Map<String, Value>,
    at: &Path<'_>,
    name: &str,
    violations: &mut Violations<E>,
    check: impl FnOnce(&Value, &Path<'_>, &mut Violations<E>),
) {
    match members.get(name) {
        None | Some(Value::Null) => {
            violations.missing(&at.member(name));
        }
        Some(value) => member(value, &at.member(name), violations, check),
    }
}

/// An optional member that may not be null.
pub fn optional<E: Envelope>(
    members: &Map<String, Value>,
    at: &Path<'_>,
    name: &str,
    violations: &mut Violations<E>,
    check: impl FnOnce(&Value, &Path<'_>, &mut Violations<E>),
) {
    if let Some(value) = members.get(name) {
        member(value, &at.member(name), violations, check);
    }
}

/// A member that stands twice in its object has no value that could be checked.
fn member<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    violations: &mut Violations<E>,
    check: impl FnOnce(&Value, &Path<'_>, &mut Violations<E>),
) {
    if violations.is_repeated(at) {
        violations.invalid(at, Expected::Once, None);
    } else {
        check(value, at, violations);
    }
}

/// Each item of a list.
pub fn each<E: Envelope>(
    items: &[Value],
    at: &Path<'_>,
    violations: &mut Violations<E>,
    mut check: impl FnMut(&Value, &Path<'_>, &mut Violations<E>),
) {
    for (index, item) in items.iter().enumerate() {
        check(item, &at.item(index), violations);
    }
}

/// Items of a list of which no two are equal. Objects are equal whatever the order of their members, and
/// numbers where they are written alike.
pub fn unique_items<E: Envelope>(
    items: &[Value],
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    crate::validation::constraint::unique(items.iter().map(sorted), at, invalid, violations);
}

/// The value as text, with the members of objects in alphabetical order.
fn sorted(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(sorted).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: BTreeMap<&String, String> = members
                .iter()
                .map(|(name, value)| (name, sorted(value)))
                .collect();
            format!("{members:?}")
        }
        scalar => scalar.to_string(),
    }
}

/// All members of at least one alternative, null not counted.
pub fn any_of<E: Envelope>(
    members: &Map<String, Value>,
    at: &Path<'_>,
    alternatives: &[&[&str]],
    violations: &mut Violations<E>,
) {
    if met(members, alternatives).next().is_none() {
        violations.one_of(at, alternatives);
    }
}

/// All members of exactly one alternative, null not counted. Where more than one is there, their members
/// are each invalid.
pub fn one_of<E: Envelope>(
    members: &Map<String, Value>,
    at: &Path<'_>,
    alternatives: &[&[&str]],
    violations: &mut Violations<E>,
) {
    any_of(members, at, alternatives, violations);
    if met(members, alternatives).nth(1).is_some() {
        for name in met(members, alternatives).flatten() {
            violations.invalid(&at.member(name), Expected::Alone, None);
        }
    }
}

/// The alternatives of which every member is there.
fn met<'n>(
    members: &Map<String, Value>,
    alternatives: &[&'n [&'n str]],
) -> impl Iterator<Item = &'n [&'n str]> {
    let is_there = |name: &&str| members.get(*name).is_some_and(|value| !value.is_null());
    alternatives
        .iter()
        .copied()
        .filter(move |names| names.iter().all(is_there))
}

#[cfg(test)]
mod tests;
