//! What is wrong with a document, and where.
//!
//! Checks nothing itself and knows nothing of lines; `report` turns places into lines.

use std::borrow::Cow;

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
    /// What to do about it, in one line.
    pub help: Cow<'static, str>,
    /// Another place that one has to see to understand the problem.
    pub related: Option<Box<Related>>,
}

/// A second place of a problem, such as the other one of two definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub place: Place,
    /// What is there, in a few words.
    pub note: String,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// A problem, with the help of its rule.
    #[must_use]
    pub fn new(rule: Rule, place: Place, sentence: impl Into<String>) -> Self {
        Self {
            rule,
            sentence: sentence.into(),
            place,
            help: Cow::Borrowed(rule.help()),
            related: None,
        }
    }

    /// A problem at the key of a value.
    #[must_use]
    pub fn at(rule: Rule, at: &Pointer, sentence: impl Into<String>) -> Self {
        Self::new(rule, Place::Key(at.clone()), sentence)
    }

    /// A problem at a value itself.
    #[must_use]
    pub fn at_value(rule: Rule, at: &Pointer, sentence: impl Into<String>) -> Self {
        Self::new(rule, Place::Value(at.clone()), sentence)
    }

    /// The same problem with a help of its own, where that of its rule does not fit the sentence.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = help.into();
        self
    }

    /// The same problem with a second place, and what is there.
    #[must_use]
    pub fn with_related(mut self, place: Place, note: impl Into<String>) -> Self {
        let note = note.into();
        self.related = Some(Box::new(Related { place, note }));
        self
    }
}
