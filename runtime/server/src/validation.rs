//! What the document says of a value, held against the value: constraints, the violations that were found,
//! and the messages about them that callers get.
//!
//! Holds modules only. Reads no request: values come from `request`.

pub(crate) mod breach;
pub mod check;
pub(crate) mod constraint;
pub(crate) mod expected;
pub(crate) mod message;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod value;
pub(crate) mod violations;
