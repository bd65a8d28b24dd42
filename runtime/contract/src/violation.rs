//! The constraints that a request can break. Says nothing about their error codes.

/// A constraint of the document that a request breaks. Closed on purpose: the document gives each one
/// an error code, under the key [`Violation::name`] of `x-faults`.
///
/// The order of the variants is the order of evaluation among violations without a code of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Violation {
    /// A required parameter or member is absent, or null where null is not allowed.
    Missing,
    /// None of several alternatives is present.
    OneOf,
    /// Shorter than the minimum, in characters or in items.
    TooShort,
    /// Longer than the maximum, in characters or in items.
    TooLong,
    /// Any other broken constraint: wrong type, unknown value, wrong format, out of range.
    Invalid,
}

impl Violation {
    /// Every violation, in order of evaluation.
    pub const ALL: [Self; 5] = [
        Self::Missing,
        Self::OneOf,
        Self::TooShort,
        Self::TooLong,
        Self::Invalid,
    ];

    /// The key under which the document gives this violation its error code.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::OneOf => "one-of",
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Invalid => "invalid",
        }
    }
}
