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
    /// The code in its wire form.
    const NAME: &'static str;
}

/// An operation for which the document lists the code `C`, so its handler can fail with it.
///
/// In a function that several handlers share it is a bound: `O: Lists<codes::AddressNotFound>`.
#[diagnostic::on_unimplemented(
    message = "the document does not list `{C}` for `{Self}`",
    label = "not a code of this operation",
    note = "a handler can fail with the codes that the document lists for its operation, and with no other"
)]
pub trait Lists<C>: Endpoint {}

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

/// Makes a type the operation that a static describes, and gives it the codes that the document lists: to the
/// compiler as [`Lists`], and to the static by their names. To be used where the types of the codes are in a
/// module `codes`:
///
/// ```ignore
/// endpoint!(GetBook, GET_BOOK, [Forbidden, BookNotFound]);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! endpoint {
    ($endpoint:ident, $operation:ident, [$($code:ident),* $(,)?] $(,)?) => {
        impl $crate::codegen::Endpoint for $endpoint {
            const OPERATION: &'static $crate::codegen::Operation = &$operation;
        }

        impl $endpoint {
            const CODES: &'static [&'static str] = &[$(<codes::$code as $crate::codegen::Code<_>>::NAME),*];
        }

        $(impl $crate::codegen::Lists<codes::$code> for $endpoint {})*
    };
}
