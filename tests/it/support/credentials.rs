//! Who calls: the users that the servers of tests know, and their one password.

/// The one password.
pub(crate) const PASSWORD: &str = "secret";
/// A user who may do everything.
pub(crate) const USER: &str = "AC1";
/// A user who may do nothing.
pub(crate) const GUEST: &str = "AC2";
/// A user whose credentials cannot be checked.
pub(crate) const UNCHECKED: &str = "AC3";

/// The value of `Authorization` for the user who may do everything.
pub(crate) const AUTHORIZATION: &str = "Basic QUMxOnNlY3JldA==";
/// The same as a header.
pub(crate) const AUTHORIZED: &str = "Authorization: Basic QUMxOnNlY3JldA==";
/// The header of the user who may do nothing.
pub(crate) const UNAUTHORIZED: &str = "Authorization: Basic QUMyOnNlY3JldA==";
