//! The document: its values, and the place of every value in its text.
//!
//! Decides whether a text is an OpenAPI document at all. Knows nothing of error codes, and does no I/O.

mod form;
mod index;
mod json;
pub mod keys;
mod keywords;
mod model;
mod node;
mod plain;
mod position;
mod source;
mod syntax;
mod unsound;

pub use index::{Index, Span};
pub use node::Node;
pub use position::Position;
pub use source::{MAX_BYTES, Source};
pub use unsound::Unsound;

use serde_json::Value;

use crate::problem::Problem;

/// A document that can be read as OpenAPI 3.0. What it says is not yet checked.
pub struct Document {
    /// The whole document, members in the order of the text.
    pub value: Value,
    /// What of it is not OpenAPI. It hides no problem of other objects.
    pub unsound: Unsound,
}

impl Document {
    /// Reads a text. The index holds the places of what could be read, whether or not there are problems.
    ///
    /// # Errors
    ///
    /// Every problem of the first stage that finds any: limits and syntax, then what is no OpenAPI at all. A later
    /// stage would only repeat them.
    pub fn read(source: &Source) -> (Result<Self, Vec<Problem>>, Index) {
        let (index, problems) = Index::build(source);
        if !problems.is_empty() {
            return (Err(problems), index);
        }
        let read = model::read(&source.text);
        (read.map(|(value, unsound)| Self { value, unsound }), index)
    }

    /// The document's root, as a place to start from.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::root(&self.value)
    }
}
