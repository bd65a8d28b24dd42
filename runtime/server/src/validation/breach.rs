//! What is wrong with one value. Holds limits of the document, never a value and never a code.

use std::fmt;

use fonedynamics_contract::Violation;

use crate::validation::expected::Expected;

/// What is wrong with one value, with what a message needs to say what would be right.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Breach {
    Missing,
    /// Missing where null would do.
    Absent,
    OneOf,
    TooShort(Limit),
    TooLong(Limit),
    Invalid(Expected),
}

impl Breach {
    pub(crate) const fn violation(&self) -> Violation {
        match self {
            Self::Missing | Self::Absent => Violation::Missing,
            Self::OneOf => Violation::OneOf,
            Self::TooShort(_) => Violation::TooShort,
            Self::TooLong(_) => Violation::TooLong,
            Self::Invalid(_) => Violation::Invalid,
        }
    }
}

/// A value that breaks a constraint, by its wire name.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) breach: Breach,
}

/// What a length is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Characters,
    Items,
}

/// A bound on a length. Written as in `at least 1 item`, without the first two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) count: usize,
    pub(crate) unit: Unit,
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match (self.unit, self.count) {
            (Unit::Characters, 1) => "character",
            (Unit::Characters, _) => "characters",
            (Unit::Items, 1) => "item",
            (Unit::Items, _) => "items",
        };
        write!(formatter, "{} {unit}", self.count)
    }
}
