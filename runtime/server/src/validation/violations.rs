//! Collects the constraints that one request breaks, and decides which of them the answer names.
//!
//! Never holds a value of the request: only wire names and limits.

use std::ops::{Bound, RangeBounds};

use fonedynamics_contract::{Envelope, Fault, Violation};

use crate::failure::Failure;
use crate::failure::rejection::Rejection;
use crate::validation::duplicates::Repeated;
use crate::validation::expected::Expected;
use crate::validation::message;
use crate::validation::path::{MAXIMUM_NAME, Path};

/// The most entries that one answer carries. A body of a megabyte can break a constraint a hundred thousand
/// times; an answer ten times its size would be a gift to an attacker.
pub(crate) const MAXIMUM_FIELDS: usize = 1000;

/// A violation has been recorded in place of a value. [`Violations::finish`] fails before it can matter; if
/// it is passed on all the same, it becomes an internal failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidValue(pub(crate) ());

impl<E: Envelope, O> From<InvalidValue> for Failure<E, O> {
    fn from(_: InvalidValue) -> Self {
        let cause = "a violation was passed on without finishing the list it is in";
        Rejection::because(Fault::Internal, cause).into()
    }
}

/// What a length is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Characters,
    Items,
}

/// A bound on a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) count: usize,
    pub(crate) unit: Unit,
}

/// What is wrong with one value, with what a message needs to say what would be right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Breach {
    Missing,
    OneOf,
    TooShort(Limit),
    TooLong(Limit),
    Invalid(Expected),
}

impl Breach {
    const fn violation(self) -> Violation {
        match self {
            Self::Missing => Violation::Missing,
            Self::OneOf => Violation::OneOf,
            Self::TooShort(_) => Violation::TooShort,
            Self::TooLong(_) => Violation::TooLong,
            Self::Invalid(_) => Violation::Invalid,
        }
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

/// One value that breaks a constraint.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) breach: Breach,
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
/// Generated code reads parameters and body in document order, each of them whatever became of those
/// before, and then calls [`finish`](Self::finish).
#[derive(Debug)]
pub struct Violations<E: Envelope> {
    groups: Vec<Group<E>>,
    count: usize,
    repeated: Repeated,
}

impl<E: Envelope> Violations<E> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            groups: Vec::new(),
            count: 0,
            repeated: Repeated::nothing(),
        }
    }

    /// A required value is absent or null.
    pub(crate) fn missing(&mut self, at: &Path<'_>) -> InvalidValue {
        self.record(at, Breach::Missing, None)
    }

    /// None of these alternatives is there in the object at `at`. One entry, whose name is the names of all
    /// members joined with commas.
    pub(crate) fn one_of(&mut self, at: &Path<'_>, alternatives: &[&[&str]]) -> InvalidValue {
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
        self.record_named(Breach::OneOf, None, || joined)
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
    /// `None` stands for the envelope's default.
    pub(crate) fn invalid(
        &mut self,
        at: &Path<'_>,
        expected: Expected,
        invalid: Option<E::Code>,
    ) -> InvalidValue {
        self.record(at, Breach::Invalid(expected), invalid)
    }

    /// From now on, these members stand twice in their object.
    pub(crate) fn note_repeated(&mut self, repeated: &Repeated) {
        self.repeated.clone_from(repeated);
    }

    /// Whether the member stands twice in its object.
    pub(crate) fn is_repeated(&self, at: &Path<'_>) -> bool {
        !self.repeated.is_nothing() && self.repeated.holds(at)
    }

    /// How many violations were recorded, repetitions included.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Ends the list: nothing where it is empty, else the failure that answers the request.
    ///
    /// The first class with an entry wins: missing, one of several, values with a code of their own, too
    /// short, too long, invalid. Among values with a code of their own the one that was recorded first
    /// decides. The answer lists every parameter that fails with the code decided on, in the order of
    /// recording, each once, and at most a thousand of them.
    ///
    /// # Errors
    ///
    /// If anything was recorded.
    pub fn finish<O>(self) -> Result<(), Failure<E, O>> {
        let Some(group) = self.groups.into_iter().min_by_key(|group| group.rank) else {
            return Ok(());
        };
        let message = message::describe(group.breach, &group.entries);
        let fields = group
            .entries
            .into_iter()
            .map(|entry| entry.name)
            .filter(|name| !name.is_empty());
        Err(Failure::coded(group.code, message, fields.collect()))
    }

    fn record(&mut self, at: &Path<'_>, breach: Breach, invalid: Option<E::Code>) -> InvalidValue {
        self.record_named(breach, invalid, || at.name())
    }

    /// Names are built only for entries that are kept.
    fn record_named(
        &mut self,
        breach: Breach,
        invalid: Option<E::Code>,
        name: impl FnOnce() -> String,
    ) -> InvalidValue {
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
                    group.breach = breach;
                }
                &mut group.entries
            }
            None => {
                let entry = Entry { name: name(), breach };
                self.groups.push(Group {
                    code,
                    rank,
                    breach,
                    entries: vec![entry],
                });
                return InvalidValue(());
            }
        };
        if entries.len() < MAXIMUM_FIELDS {
            let name = name();
            if entries.iter().all(|entry| entry.name != name) {
                entries.push(Entry { name, breach });
            }
        }
        InvalidValue(())
    }
}

impl<E: Envelope> Default for Violations<E> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
