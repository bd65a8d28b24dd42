//! How `authenticate` says no. Names no error code.

use std::error::Error;

use crate::failure::cause::Cause;

/// Why a caller may not go on. Any error, boxed error or string converts into [`Refusal::Failed`], so `?` works.
///
/// Not an error type itself: that conversion would then be ambiguous.
#[derive(Debug)]
pub enum Refusal {
    /// The credentials are wrong. The response is exactly that to missing ones.
    Unauthorized,
    /// The caller is known and may not use this operation at all.
    Forbidden,
    /// The credentials could not be checked. This is an internal failure; the cause goes to the log.
    Failed(Box<dyn Error + Send + Sync>),
}

impl<X: Cause> From<X> for Refusal {
    fn from(cause: X) -> Self {
        Self::Failed(cause.into_cause())
    }
}
