//! Error codes and operations as types, so that the compiler knows which of them go together.
//!
//! Generated code implements these traits, from the document alone. Nothing here runs.

use fonedynamics_contract::Envelope;

use crate::operation::Operation;

/// An operation as a type. Names the operation in the type of its handler's failures.
pub trait Endpoint: Send + 'static {
    /// The operation.
    const OPERATION: &'static Operation;
}

/// An error code of the document as a type.
pub trait Code<E: Envelope> {
    /// The code as a value.
    const CODE: E::Code;
}

/// An operation for which the document lists the code `C`, so its handler can answer with it.
///
/// In a function that several handlers share it is a bound: `O: Lists<codes::AddressNotFound>`.
#[diagnostic::on_unimplemented(
    message = "the document does not list `{C}` for `{Self}`",
    label = "not a code of this operation",
    note = "a handler can fail with the codes that the document lists for its operation, and with no other"
)]
pub trait Lists<C> {}

/// A code that is about a parameter of the request, which its failure names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not about a parameter",
    note = "build the failure with `Failure::new`"
)]
pub trait AboutParameter {}

/// A code that is about the caller or about state, so that there need be no parameter to name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is about a parameter, which the failure has to name",
    note = "build the failure with `Failure::at`"
)]
pub trait AboutState {}
