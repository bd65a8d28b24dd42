//! Where an error code is documented. Holds no codes.

/// Where an error code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The API's public page of error codes.
    ErrorPage,
    /// The public page of one operation.
    OperationPage,
    /// No public page: added so that every failing response can carry a code.
    Extension,
}
