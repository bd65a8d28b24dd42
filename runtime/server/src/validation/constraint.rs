//! What a value must satisfy once its type is right. Reads no type itself, with the exception of values out
//! of a set, which are strings.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::RangeBounds;

use fonedynamics_contract::{Date, DateTime, Envelope};

use crate::validation::breach::Unit;
use crate::validation::check::{Checked, Subject};
use crate::validation::expected::Expected;
use crate::validation::pattern::Pattern;
use crate::validation::value::Value;

impl<E: Envelope> Checked<'_, E> {
    /// The length of a string, in characters.
    pub fn length(self, limits: impl RangeBounds<usize>) -> Self {
        match self.subject {
            Subject::String(string) => self.counted(string.chars().count(), &limits, Unit::Characters),
            _ => self,
        }
    }

    /// The length of an array, in items.
    pub fn count(self, limits: impl RangeBounds<usize>) -> Self {
        let count = match &self.subject {
            Subject::Array(array) => array.items().count(),
            Subject::Entries(entries) => entries.len(),
            _ => return self,
        };
        self.counted(count, &limits, Unit::Items)
    }

    fn counted(self, count: usize, limits: &impl RangeBounds<usize>, unit: Unit) -> Self {
        let invalid = self.invalid.clone();
        self.violations.length(count, limits, unit, &self.at, invalid);
        self
    }

    /// The form of a string.
    pub fn pattern(self, pattern: &Pattern) -> Self {
        self.form(|string| pattern.is_in(string), Expected::Form(pattern.expected))
    }

    /// A date and a time in RFC 3339 form.
    pub fn date_time(self) -> Self {
        self.form(|string| string.parse::<DateTime>().is_ok(), Expected::DateTime)
    }

    /// A date in RFC 3339 form.
    pub fn date(self) -> Self {
        self.form(|string| string.parse::<Date>().is_ok(), Expected::Date)
    }

    /// A UUID: hexadecimal digits in groups of 8, 4, 4, 4 and 12, of any version.
    pub fn uuid(self) -> Self {
        self.form(is_uuid, Expected::Uuid)
    }

    fn form(mut self, fits: impl FnOnce(&str) -> bool, expected: Expected) -> Self {
        if let Subject::String(string) = self.subject
            && !fits(string)
        {
            self.breaks(expected);
        }
        self
    }

    /// A string that is one of these values.
    pub fn among<T: PartialEq<str> + Display>(self, values: &[T]) -> Self {
        let string = self.read(Value::as_string, Some);
        let known = string.filter(|string| values.iter().any(|value| *value == **string));
        match known {
            Some(_) => self,
            None => self.typed(None, Expected::of_values(values)),
        }
    }

    /// Items of which no two are equal. Objects are equal whatever the order of their members, and numbers
    /// of a body where they are written alike.
    pub fn unique(mut self) -> Self {
        // A hash takes less memory than an item. Of a million, two are equal by chance once in thirty million bodies.
        let (hasher, mut seen) = (RandomState::new(), BTreeSet::new());
        let mut is_new = |item: &str| seen.insert(hasher.hash_one(item));
        let is_unique = match &self.subject {
            Subject::Array(array) => array.items().map(Value::sorted).all(|item| is_new(&item)),
            Subject::Entries(entries) => entries.iter().all(|entry| is_new(entry)),
            _ => true,
        };
        if !is_unique {
            self.breaks(Expected::Unique);
        }
        self
    }
}

fn is_uuid(string: &str) -> bool {
    let groups = string.split('-');
    groups.clone().map(str::len).eq([8, 4, 4, 4, 12])
        && groups.flat_map(str::bytes).all(|byte| byte.is_ascii_hexdigit())
}
