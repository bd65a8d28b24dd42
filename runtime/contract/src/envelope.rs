//! The error envelope, seen from code that must not know its fields or its codes.
//!
//! Implemented once per contract, by generated code. Says nothing about how it is serialised.

use std::fmt::{Debug, Display};

use crate::{Fault, Violation};

/// The placeholder in the documented message of a code: the names of the parameters at fault replace it.
pub const FIELD_NAME: &str = "{FieldName}";

/// The one body of every failing response.
///
/// The generated types implement it for the schema that wraps the envelope, so that the client and
/// the server can read and build envelopes without naming an error code.
pub trait Envelope: Clone + Debug + Send + Sync + 'static {
    /// The open set of error codes.
    type Code: Clone + Debug + Display + Eq + Send + Sync + 'static;

    /// The names of its outermost members on the wire.
    const MEMBERS: &'static [&'static str];

    /// Builds an envelope from its code, its message and the wire names of the parameters at fault.
    ///
    /// `fields` may be empty: the list of entries is then left out on the wire.
    fn from_parts(code: Self::Code, message: String, fields: Vec<String>) -> Self;

    /// The error code, or `None` where the response carried none.
    fn code(&self) -> Option<&Self::Code>;

    /// The message for people, or `None` where the response carried none. Not part of the contract: it may
    /// be reworded at any time.
    fn message(&self) -> Option<&str>;

    /// The wire names of the parameters at fault, one per entry, in the order of the response. Entries
    /// without a name are skipped.
    fn fields(&self) -> impl Iterator<Item = &str>;

    /// A code on the wire, where it is known without a copy. Codes that the document does not list are not.
    fn name_of(_code: &Self::Code) -> Option<&'static str> {
        None
    }

    /// The status that a code is documented with, or `None` for a code that the document does not list.
    fn status_of(code: &Self::Code) -> Option<u16>;

    /// What a response with a code says, with [`FIELD_NAME`] where it names parameters, or `None` for a code
    /// that the document does not list.
    fn message_of(code: &Self::Code) -> Option<&'static str>;

    /// The code of a failure outside a handler.
    fn code_of_fault(fault: Fault) -> Self::Code;

    /// The code of a broken constraint, unless the document names a specific one.
    fn code_of_violation(violation: Violation) -> Self::Code;
}
