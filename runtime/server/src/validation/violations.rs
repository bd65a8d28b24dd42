//! Collects the constraints that one request breaks, and decides which of them the response names.
//!
//! Never holds a value of the request: only wire names and limits.

use std::ops::{Bound, RangeBounds};

use fonedynamics_contract::{Envelope, Fault, Violation};

use crate::failure::rejection::Rejection;
use crate::failure::{Failure, MAXIMUM_FIELDS, MAXIMUM_NAME};
use crate::validation::breach::{Breach, Entry, Limit, Unit};
use crate::validation::expected::Expected;
use crate::validation::message;
use crate::validation::path::Path;

/// A violation has been recorded in place of a value. The list that it is in fails before this can matter; if
/// it is passed on all the same, it becomes an internal failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidValue(pub(crate) ());

impl<E: Envelope, O> From<InvalidValue> for Failure<E, O> {
    fn from(_: InvalidValue) -> Self {
        let cause = "a violation was passed on without finishing the list it is in";
        Rejection::because(Fault::Internal, cause).into()
    }
}

/// The classes of violations, in order of evaluation: the first that has an entry decides the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Missing,
    OneOf,
    /// Anything about a value for which the document names a code of its own.
    Specific,
    TooShort,
    TooLong,
    Invalid,
}

impl Class {
    const fn of(violation: Violation) -> Self {
        match violation {
            Violation::Missing => Self::Missing,
            Violation::OneOf => Self::OneOf,
            Violation::TooShort => Self::TooShort,
            Violation::TooLong => Self::TooLong,
            Violation::Invalid => Self::Invalid,
        }
    }
}

/// All entries with one code.
#[derive(Debug)]
struct Group<E: Envelope> {
    code: E::Code,
    /// The first class with an entry in this group, and when that entry was recorded.
    rank: (Class, usize),
    breach: Breach,
    entries: Vec<Entry>,
}

/// The constraints that one request breaks, in the order in which they were found.
///
/// Parameters and body are checked in document order, each of them whatever became of those before.
#[derive(Debug)]
pub(crate) struct Violations<E: Envelope> {
    groups: Vec<Group<E>>,
    count: usize,
}

impl<E: Envelope> Violations<E> {
    /// An empty list.
    pub(crate) const fn new() -> Self {
        Self {
            groups: Vec::new(),
            count: 0,
        }
    }

    /// A required value is absent or null.
    pub(crate) fn missing(&mut self, at: &Path<'_>) {
        self.record(at, Breach::Missing, None);
    }

    /// A required value that may be null is absent.
    pub(crate) fn absent(&mut self, at: &Path<'_>) {
        self.record(at, Breach::Absent, None);
    }

    /// None of these alternatives is there in the object at `at`. One entry, whose name is the names of all
    /// members joined with commas.
    pub(crate) fn one_of(&mut self, at: &Path<'_>, alternatives: &[&[&str]]) {
        let mut names: Vec<String> = Vec::new();
        for name in alternatives.iter().copied().flatten() {
            let name = at.member(name).name();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut joined = names.join(",");
        if joined.len() > MAXIMUM_NAME {
            // Half a list of names would say something false.
            joined.clear();
        }
        self.record_named(Breach::OneOf, None, || joined);
    }

    /// Records a length that is beyond its limits.
    pub(crate) fn length(
        &mut self,
        length: usize,
        limits: &impl RangeBounds<usize>,
        unit: Unit,
        at: &Path<'_>,
        invalid: Option<E::Code>,
    ) {
        let least = match limits.start_bound() {
            Bound::Included(least) => *least,
            Bound::Excluded(below) => below.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let most = match limits.end_bound() {
            Bound::Included(most) => *most,
            Bound::Excluded(above) => above.saturating_sub(1),
            Bound::Unbounded => usize::MAX,
        };
        if length < least {
            self.record(at, Breach::TooShort(Limit { count: least, unit }), invalid);
        } else if length > most {
            self.record(at, Breach::TooLong(Limit { count: most, unit }), invalid);
        }
    }

    /// Any other broken constraint: wrong type, unknown value, wrong form, out of range.
    ///
    /// `invalid` is, here as elsewhere, the code that the document names for this value (`x-invalid-code`);
    /// `None` means the envelope's default.
    pub(crate) fn invalid(&mut self, at: &Path<'_>, expected: Expected, invalid: Option<E::Code>) {
        self.record(at, Breach::Invalid(expected), invalid);
    }

    /// How many violations were recorded, those that are not kept included.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Ends the list: nothing where it is empty, else the failure of the request.
    ///
    /// The first class with an entry wins: missing, one of several, values with a code of their own, too
    /// short, too long, invalid. Among values with a code of their own the one that was recorded first
    /// decides. The response lists every parameter that fails with the code decided on, in the order of
    /// recording, each once, and at most a thousand of them.
    ///
    /// # Errors
    ///
    /// If anything was recorded.
    pub(crate) fn finish<O>(self) -> Result<(), Failure<E, O>> {
        match self.decided() {
            None => Ok(()),
            Some((code, message, fields)) => Err(Failure::coded(code, Some(message), fields)),
        }
    }

    /// The code, its message and the fields. Compiled once, and not for each operation.
    fn decided(self) -> Option<(E::Code, String, Vec<String>)> {
        let group = self.groups.into_iter().min_by_key(|group| group.rank)?;
        let message = message::describe(&group.breach, &group.entries);
        let names = group.entries.into_iter().map(|entry| entry.name);
        let fields = names.filter(|name| !name.is_empty()).collect();
        Some((group.code, message, fields))
    }

    fn record(&mut self, at: &Path<'_>, breach: Breach, invalid: Option<E::Code>) {
        self.record_named(breach, invalid, || at.name());
    }

    /// Names are built only for entries that are kept.
    fn record_named(&mut self, breach: Breach, invalid: Option<E::Code>, name: impl FnOnce() -> String) {
        let (class, code) = match invalid {
            Some(code) => (Class::Specific, code),
            None => (
                Class::of(breach.violation()),
                E::code_of_violation(breach.violation()),
            ),
        };
        let rank = (class, self.count);
        self.count = self.count.saturating_add(1);
        let entries = match self.groups.iter_mut().find(|group| group.code == code) {
            Some(group) => {
                if rank < group.rank {
                    group.rank = rank;
                    group.breach = breach.clone();
                }
                &mut group.entries
            }
            None => {
                self.groups.push(Group {
                    code,
                    rank,
                    breach: breach.clone(),
                    entries: vec![Entry { name: name(), breach }],
                });
                return;
            }
        };
        if entries.len() < MAXIMUM_FIELDS {
            let name = name();
            if entries.iter().all(|entry| entry.name != name) {
                entries.push(Entry { name, breach });
            }
        }
    }
}

#[cfg(test)]
mod tests;
