//! Checks of a body against what its schema says, one function per kind of constraint.
//!
//! Every function takes the value, its path and the list to record in. None stops the walk, and none keeps
//! or repeats a value. `invalid` is the code that the document names for the value; `None` stands for the
//! envelope's default. Null is a value of the wrong type, except where a function says otherwise.

use std::ops::{Bound, RangeBounds};

use fonedynamics_contract::Envelope;
use serde_json::{Map, Value};

use crate::path::Path;
use crate::violations::Violations;

/// An object. Returns its members, so that they can be checked in turn.
pub fn object<'v, E: Envelope>(
    value: &'v Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) -> Option<&'v Map<String, Value>> {
    let members = value.as_object();
    if members.is_none() {
        violations.invalid(at, invalid);
    }
    members
}

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
        Some(value) => check(value, &at.member(name), violations),
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
        check(value, &at.member(name), violations);
    }
}

/// At least one of several members, null not counted.
pub fn any_of<E: Envelope>(
    members: &Map<String, Value>,
    at: &Path<'_>,
    names: &[&str],
    violations: &mut Violations<E>,
) {
    if present(members, names).next().is_none() {
        violations.one_of(at, names);
    }
}

/// Exactly one of several members, null not counted. More than one are each invalid.
pub fn one_of<E: Envelope>(
    members: &Map<String, Value>,
    at: &Path<'_>,
    names: &[&str],
    violations: &mut Violations<E>,
) {
    any_of(members, at, names, violations);
    if present(members, names).nth(1).is_some() {
        for name in present(members, names) {
            violations.invalid(&at.member(name), None);
        }
    }
}

fn present<'n>(members: &Map<String, Value>, names: &[&'n str]) -> impl Iterator<Item = &'n str> {
    names
        .iter()
        .copied()
        .filter(|name| members.get(*name).is_some_and(|value| !value.is_null()))
}

/// Anything, null included.
pub fn any<E: Envelope>(_: &Value, _: &Path<'_>, _: &mut Violations<E>) {}

/// Text.
pub fn string<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    known(value, at, invalid, |_| true, violations);
}

/// Text that `acceptable` accepts: one of the listed values, or of a documented form.
pub fn known<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    acceptable: impl Fn(&str) -> bool,
    violations: &mut Violations<E>,
) {
    if !value.as_str().is_some_and(acceptable) {
        violations.invalid(at, invalid);
    }
}

/// Text of a length within `length`, in characters.
pub fn string_of_length<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    length: impl RangeBounds<usize>,
    violations: &mut Violations<E>,
) {
    match value.as_str() {
        Some(text) => characters(text, at, invalid, length, violations),
        None => {
            violations.invalid(at, invalid);
        }
    }
}

/// The length of text, in characters. Also for parameters: their path is a member of the root.
pub fn characters<E: Envelope>(
    text: &str,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    length: impl RangeBounds<usize>,
    violations: &mut Violations<E>,
) {
    match beyond(text.chars().count(), &length) {
        Some(Beyond::Below(minimum)) => {
            violations.too_few_characters(at, minimum, invalid);
        }
        Some(Beyond::Above(maximum)) => {
            violations.too_many_characters(at, maximum, invalid);
        }
        None => {}
    }
}

/// True or false.
pub fn boolean<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    if !value.is_boolean() {
        violations.invalid(at, invalid);
    }
}

/// A whole number of 64 bits, written without fraction or exponent.
pub fn integer<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    integer_within(value, at, invalid, .., violations);
}

/// A whole number within `range`, bounds that its type sets included.
pub fn integer_within<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    range: impl RangeBounds<i64>,
    violations: &mut Violations<E>,
) {
    if !value.as_i64().is_some_and(|number| range.contains(&number)) {
        violations.invalid(at, invalid);
    }
}

/// A number.
pub fn number<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    number_within(value, at, invalid, .., violations);
}

/// A number within `range`.
pub fn number_within<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    range: impl RangeBounds<f64>,
    violations: &mut Violations<E>,
) {
    if !value.as_f64().is_some_and(|number| range.contains(&number)) {
        violations.invalid(at, invalid);
    }
}

/// An array, each item of which is checked.
pub fn array<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
    check: impl FnMut(&Value, &Path<'_>, &mut Violations<E>),
) {
    array_of_length(value, at, invalid, .., violations, check);
}

/// An array of a length within `length`, each item of which is checked.
pub fn array_of_length<E: Envelope>(
    value: &Value,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    length: impl RangeBounds<usize>,
    violations: &mut Violations<E>,
    mut check: impl FnMut(&Value, &Path<'_>, &mut Violations<E>),
) {
    let Some(items) = value.as_array() else {
        violations.invalid(at, invalid);
        return;
    };
    match beyond(items.len(), &length) {
        Some(Beyond::Below(minimum)) => {
            violations.too_few_items(at, minimum, invalid);
        }
        Some(Beyond::Above(maximum)) => {
            violations.too_many_items(at, maximum, invalid);
        }
        None => {}
    }
    for (index, item) in items.iter().enumerate() {
        check(item, &at.item(index), violations);
    }
}

enum Beyond {
    Below(usize),
    Above(usize),
}

fn beyond(length: usize, range: &impl RangeBounds<usize>) -> Option<Beyond> {
    let minimum = match range.start_bound() {
        Bound::Included(minimum) => *minimum,
        Bound::Excluded(below) => below.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let maximum = match range.end_bound() {
        Bound::Included(maximum) => *maximum,
        Bound::Excluded(above) => above.saturating_sub(1),
        Bound::Unbounded => usize::MAX,
    };
    if length < minimum {
        Some(Beyond::Below(minimum))
    } else if length > maximum {
        Some(Beyond::Above(maximum))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
