//! A value that is held against its schema: its type, its members and its items. What a value must satisfy
//! beyond its type is in `constraint`.
//!
//! Values come from a JSON body or from the text of a parameter, and the same check serves both. No check
//! stops at the first violation, and none keeps or repeats a value.

use std::mem;
use std::ops::{Bound, RangeBounds};
use std::str::FromStr;

use fonedynamics_contract::Envelope;

use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::value::{Member, Value};
use crate::validation::violations::Violations;

/// The first number beyond the integers of 64 bits.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

/// A value that is being checked: where it is, which code it raises, and where its violations go.
///
/// A check is a chain: first the type that the value must have, then what the value must satisfy. Once a
/// value has another type, the rest of the chain does nothing. Null is a value of the wrong type.
#[derive(Debug)]
pub struct Checked<'a, E: Envelope> {
    pub(super) subject: Subject<'a>,
    pub(super) at: Path<'a>,
    pub(super) invalid: Option<E::Code>,
    pub(super) violations: &'a mut Violations<E>,
}

/// What is known of a value.
#[derive(Debug)]
pub(crate) enum Subject<'a> {
    /// A value of a body, of any type.
    Json(Value<'a>),
    /// The raw string of a parameter, which can be read as any type but an object.
    Parameter(&'a str),
    /// A parameter that is there and cannot be read.
    Unreadable(Expected),
    /// A string.
    String(&'a str),
    /// An array of a body.
    Array(Value<'a>),
    /// The entries of a parameter that is an array, as their types write them.
    Entries(Vec<String>),
    /// An object.
    Object(Value<'a>),
    /// A value about which there is nothing more to check.
    Done,
}

impl<'a, E: Envelope> Checked<'a, E> {
    pub(crate) fn new(subject: Subject<'a>, at: Path<'a>, violations: &'a mut Violations<E>) -> Self {
        Self {
            subject,
            at,
            invalid: None,
            violations,
        }
    }

    /// The code that the document names for the value (`x-invalid-code`), in place of the envelope's defaults.
    pub fn raises(mut self, code: E::Code) -> Self {
        self.invalid = Some(code);
        self
    }

    /// A string.
    pub fn string(self) -> Self {
        let string = self.read(Value::as_string, Some);
        self.typed(string.map(Subject::String), Expected::String)
    }

    /// An integer of 64 bits within a range. In a body it has neither fraction nor exponent.
    pub fn integer(self, range: impl RangeBounds<i64>) -> Self {
        let integer = self.read(Value::as_integer, |text| text.parse().ok());
        let number = self.read(Value::as_number, |text| text.parse::<f64>().ok());
        let is_too_long = integer.is_none() && number.is_some_and(|number| number.abs() >= I64_END);
        let integer = integer.filter(|integer| range.contains(integer));
        let bound = |bound: Bound<&i64>, end| match bound {
            // Otherwise the message would ask for what was sent.
            Bound::Unbounded if is_too_long => Bound::Included(end),
            bound => bound.cloned(),
        };
        let expected = Expected::Integer(
            bound(range.start_bound(), i64::MIN),
            bound(range.end_bound(), i64::MAX),
        );
        self.typed(integer.map(|_| Subject::Done), expected)
    }

    /// A number within a range. Infinity is none, and neither is what is not a number.
    pub fn number(self, range: impl RangeBounds<f64>) -> Self {
        let number = self.read(Value::as_number, |text| text.parse().ok());
        let number = number.filter(|number| number.is_finite() && range.contains(number));
        let expected = Expected::Number(range.start_bound().cloned(), range.end_bound().cloned());
        self.typed(number.map(|_| Subject::Done), expected)
    }

    /// A boolean.
    pub fn boolean(self) -> Self {
        let boolean = self.read(Value::as_boolean, |text| text.parse().ok());
        self.typed(boolean.map(|_| Subject::Done), Expected::Boolean)
    }

    /// An array of a body.
    pub fn array(self) -> Self {
        let array = self.read(Value::as_array, |_| None);
        self.typed(array.map(Subject::Array), Expected::Array)
    }

    /// A parameter that is an array of strings, separated by commas.
    pub fn strings(self) -> Self {
        self.entries::<String>(Expected::Array)
    }

    /// A parameter that is an array of integers, separated by commas.
    pub fn integers(self) -> Self {
        self.entries::<i64>(Expected::Integers)
    }

    /// A parameter that is an array of numbers, separated by commas.
    pub fn numbers(self) -> Self {
        self.entries::<f64>(Expected::Numbers)
    }

    /// A parameter that is an array of booleans, separated by commas.
    pub fn booleans(self) -> Self {
        self.entries::<bool>(Expected::Booleans)
    }

    /// An entry is kept as its type writes it, so that `1` and `01` are equal where they are integers.
    fn entries<T: FromStr + ToString>(self, expected: Expected) -> Self {
        let entry = |text: &str| text.parse::<T>().ok().map(|entry| entry.to_string());
        let entries = match self.subject {
            Subject::Parameter("") => Some(Vec::new()),
            Subject::Parameter(text) => text.split(',').map(entry).collect(),
            _ => None,
        };
        self.typed(entries.map(Subject::Entries), expected)
    }

    /// Each item of an array.
    pub fn each(self, check: impl for<'i> Fn(Checked<'i, E>) -> Checked<'i, E>) -> Self {
        match &self.subject {
            Subject::Array(array) => {
                for (index, item) in array.items().enumerate() {
                    let at = self.at.item(index);
                    check(Checked::new(Subject::Json(item), at, self.violations));
                }
            }
            Subject::Entries(entries) => {
                for entry in entries {
                    check(Checked::new(Subject::Parameter(entry), self.at, self.violations));
                }
            }
            _ => {}
        }
        self
    }

    /// An object.
    pub fn object(self) -> Self {
        let object = self.read(Value::as_object, |_| None);
        self.typed(object.map(Subject::Object), Expected::Object)
    }

    /// An object that the check of its schema takes over, with the codes of that. What is no object raises the
    /// code of this value.
    pub fn object_of(self, check: impl for<'o> FnOnce(Checked<'o, E>) -> Checked<'o, E>) -> Self {
        if let Subject::Json(value) = self.subject
            && let Some(object) = value.as_object()
        {
            check(Checked::new(Subject::Json(object), self.at, self.violations));
        }
        self.object()
    }

    /// The same for an array.
    pub fn array_of(self, check: impl for<'o> FnOnce(Checked<'o, E>) -> Checked<'o, E>) -> Self {
        if let Subject::Json(value) = self.subject
            && let Some(array) = value.as_array()
        {
            check(Checked::new(Subject::Json(array), self.at, self.violations));
        }
        self.array()
    }

    /// Each value of a map, which is an object whose members have any names: in the order of these.
    pub fn values(self, check: impl for<'m> Fn(Checked<'m, E>) -> Checked<'m, E>) -> Self {
        if let Subject::Object(object) = self.subject {
            object.each_member(|name, found| member(found, self.at.key(name), self.violations, &check));
        }
        self
    }

    /// A required member that may not be null. Absent or null, it is missing.
    pub fn required(self, name: &str, check: impl for<'m> FnOnce(Checked<'m, E>) -> Checked<'m, E>) -> Self {
        if let Subject::Object(object) = self.subject {
            let at = self.at.member(name);
            match object.member(name) {
                Some(found) if !found.value.is_null() => member(found, at, self.violations, check),
                _ => self.violations.missing(&at),
            }
        }
        self
    }

    /// An optional member that may not be null.
    pub fn optional(self, name: &str, check: impl for<'m> FnOnce(Checked<'m, E>) -> Checked<'m, E>) -> Self {
        if let Subject::Object(object) = self.subject
            && let Some(found) = object.member(name)
        {
            member(found, self.at.member(name), self.violations, check);
        }
        self
    }

    /// A required member that may be null. Absent, it is missing.
    pub fn required_nullable(
        self,
        name: &str,
        check: impl for<'m> FnOnce(Checked<'m, E>) -> Checked<'m, E>,
    ) -> Self {
        if let Subject::Object(object) = self.subject
            && object.member(name).is_none()
        {
            self.violations.absent(&self.at.member(name));
        }
        self.optional_nullable(name, check)
    }

    /// An optional member that may be null.
    pub fn optional_nullable(
        self,
        name: &str,
        check: impl for<'m> FnOnce(Checked<'m, E>) -> Checked<'m, E>,
    ) -> Self {
        self.optional(name, |value| match value.subject {
            Subject::Json(null) if null.is_null() => value,
            _ => check(value),
        })
    }

    /// All members of at least one alternative, null not counted.
    pub fn any_of(self, alternatives: &[&[&str]]) -> Self {
        if let Subject::Object(object) = self.subject
            && met(object, alternatives).next().is_none()
        {
            self.violations.one_of(&self.at, alternatives);
        }
        self
    }

    /// All members of exactly one alternative, null not counted. Where more than one is there, their members
    /// are each invalid.
    pub fn one_of(self, alternatives: &[&[&str]]) -> Self {
        let checked = self.any_of(alternatives);
        if let Subject::Object(object) = checked.subject
            && met(object, alternatives).nth(1).is_some()
        {
            for name in met(object, alternatives).flatten() {
                let at = checked.at.member(name);
                checked.violations.invalid(&at, Expected::Alone, None);
            }
        }
        checked
    }

    /// The value as one of a body or as the text of a parameter, whichever it is.
    pub(super) fn read<T>(
        &self,
        of_json: fn(Value<'a>) -> Option<T>,
        of_parameter: fn(&'a str) -> Option<T>,
    ) -> Option<T> {
        match self.subject {
            Subject::Json(value) => of_json(value),
            Subject::Parameter(text) => of_parameter(text),
            _ => None,
        }
    }

    /// Goes on with what the value turned out to be. `None` is a violation, unless there was one before.
    pub(super) fn typed(mut self, typed: Option<Subject<'a>>, expected: Expected) -> Self {
        let before = mem::replace(&mut self.subject, Subject::Done);
        match (typed, before) {
            (Some(typed), _) => self.subject = typed,
            (None, Subject::Done) => {}
            (None, Subject::Unreadable(readable)) => self.breaks(readable),
            (None, _) => self.breaks(expected),
        }
        self
    }

    /// Records that the value is invalid.
    pub(super) fn breaks(&mut self, expected: Expected) {
        self.violations.invalid(&self.at, expected, self.invalid.clone());
    }
}

/// A member that occurs twice in its object has no value that could be checked.
fn member<E: Envelope>(
    found: Member<'_>,
    at: Path<'_>,
    violations: &mut Violations<E>,
    check: impl for<'m> FnOnce(Checked<'m, E>) -> Checked<'m, E>,
) {
    if found.is_repeated {
        violations.invalid(&at, Expected::Once, None);
    } else {
        check(Checked::new(Subject::Json(found.value), at, violations));
    }
}

/// The alternatives of which every member is there.
fn met<'n>(object: Value<'_>, alternatives: &[&'n [&'n str]]) -> impl Iterator<Item = &'n [&'n str]> {
    let is_there = move |name: &&str| object.member(name).is_some_and(|found| !found.value.is_null());
    alternatives
        .iter()
        .copied()
        .filter(move |names| names.iter().all(is_there))
}

/// A string, whatever it says.
pub fn string<E: Envelope>(value: Checked<'_, E>) -> Checked<'_, E> {
    value.string()
}

/// An integer of 64 bits.
pub fn integer<E: Envelope>(value: Checked<'_, E>) -> Checked<'_, E> {
    value.integer(..)
}

/// A number.
pub fn number<E: Envelope>(value: Checked<'_, E>) -> Checked<'_, E> {
    value.number(..)
}

/// A boolean.
pub fn boolean<E: Envelope>(value: Checked<'_, E>) -> Checked<'_, E> {
    value.boolean()
}

/// A parameter that is an array of strings, separated by commas.
pub fn strings<E: Envelope>(value: Checked<'_, E>) -> Checked<'_, E> {
    value.strings()
}

/// Anything, null included.
pub fn any<E: Envelope>(value: Checked<'_, E>) -> Checked<'_, E> {
    value
}

#[cfg(test)]
mod tests;
