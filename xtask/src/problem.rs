//! What is wrong with a document, and where.
//!
//! Checks nothing itself and knows nothing of lines; `report` turns places into lines.

use crate::pointer::Pointer;
use crate::rule::Rule;

/// A rule that the document breaks, in one sentence, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule.
    pub rule: Rule,
    /// What is wrong, in one sentence.
    pub sentence: String,
    /// The place.
    pub place: Place,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the key of a value, or at the value where it has no key.
    Key(Pointer),
    /// At a value itself.
    Value(Pointer),
    /// At a line and a column, both from one: for text that is not parsed yet.
    Position {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// Nowhere in particular.
    Whole,
}

impl Problem {
    /// A problem.
    #[must_use]
    pub fn new(rule: Rule, place: Place, sentence: impl Into<String>) -> Self {
        Self {
            rule,
            sentence: sentence.into(),
            place,
        }
    }
}
