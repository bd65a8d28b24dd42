//! What a value must satisfy once its type is right: for bodies and for parameters alike.

use std::collections::BTreeSet;
use std::ops::{Bound, RangeBounds};
use std::sync::OnceLock;

use fonedynamics_contract::Envelope;
use regex_lite::Regex;

use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::violations::{Unit, Violations};

/// The form of a text: a regular expression, compiled when it is first needed. Matching takes a time that
/// is linear in the text.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A form, in the syntax of the crate `regex-lite`. The generator refuses any other.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether a part of the text has the form; anchors tie it to the ends.
    fn is_in(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.source).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// The length of a text, in characters.
pub fn length<E: Envelope>(
    text: &str,
    limits: impl RangeBounds<usize>,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    violations.length(text.chars().count(), &limits, Unit::Characters, at, invalid);
}

/// The length of a list, in items.
pub fn count<E: Envelope>(
    items: usize,
    limits: impl RangeBounds<usize>,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    violations.length(items, &limits, Unit::Items, at, invalid);
}

/// The form of a text.
pub fn pattern<E: Envelope>(
    text: &str,
    pattern: &Pattern,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    if !pattern.is_in(text) {
        violations.invalid(at, Expected::Form, invalid);
    }
}

/// A value of an open enum that `is_known`.
pub fn known<T, E: Envelope>(
    value: &T,
    is_known: impl Fn(&T) -> bool,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    if !is_known(value) {
        violations.invalid(at, Expected::Known, invalid);
    }
}

/// A whole number within bounds.
pub fn within<E: Envelope>(
    number: i64,
    range: impl RangeBounds<i64>,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    if !range.contains(&number) {
        let expected = Expected::Whole(range.start_bound().cloned(), range.end_bound().cloned());
        violations.invalid(at, expected, invalid);
    }
}

/// A number within bounds. Infinity is none, and neither is what is not a number.
pub fn within_real<E: Envelope>(
    number: f64,
    range: impl RangeBounds<f64>,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    if !number.is_finite() || !range.contains(&number) {
        let bound = |bound: Bound<&f64>| bound.cloned();
        let expected = Expected::Real(bound(range.start_bound()), bound(range.end_bound()));
        violations.invalid(at, expected, invalid);
    }
}

/// Items of which no two are equal.
pub fn unique<E: Envelope>(
    items: impl IntoIterator<Item: ToString>,
    at: &Path<'_>,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
) {
    let mut seen = BTreeSet::new();
    if !items.into_iter().all(|item| seen.insert(item.to_string())) {
        violations.invalid(at, Expected::Unique, invalid);
    }
}
