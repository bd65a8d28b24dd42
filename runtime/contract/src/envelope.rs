//! The error envelope, seen from code that must not know its fields or its codes.
//!
//! Implemented once per contract, by generated code. Says nothing about how it is serialised.

use std::fmt::{Debug, Display};

use crate::{Fault, Violation};

/// The one body of every failing answer.
///
/// The generated types implement it for the schema that wraps the envelope, so that the client and
/// the server can read and build envelopes without naming an error code.
pub trait Envelope: Clone + Debug + Send + Sync + 'static {
    /// The open set of error codes.
    type Code: Clone + Debug + Display + Eq + Send + Sync + 'static;

    /// Builds an envelope from its code, its text and the wire names of the parameters at fault.
    ///
    /// `fields` may be empty: the list of entries is then left out on the wire.
    fn from_parts(code: Self::Code, message: String, fields: Vec<String>) -> Self;

    /// The error code, or `None` where the answer carried none.
    fn code(&self) -> Option<&Self::Code>;

    /// The text for people, or `None` where the answer carried none. Not part of the contract: it may
    /// be reworded at any time.
    fn message(&self) -> Option<&str>;

    /// The wire names of the parameters at fault, one per entry, in the order of the answer. Entries
    /// without a name are passed over.
    fn fields(&self) -> impl Iterator<Item = &str>;

    /// The status that a code is documented with, or `None` for a code that the document does not list.
    fn status_of(code: &Self::Code) -> Option<u16>;

    /// What the document says of a code, or `None` for a code that the document does not list.
    fn meaning_of(code: &Self::Code) -> Option<&'static str>;

    /// The code with which a failure outside a handler is answered.
    fn code_of_fault(fault: Fault) -> Self::Code;

    /// The code with which a broken constraint is answered, unless the document names a specific one.
    fn code_of_violation(violation: Violation) -> Self::Code;
}
