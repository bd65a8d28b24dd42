//! A request whose response is known, and what it is called. Plain data.

use super::call::Request;
use super::document::Failure;

/// What is tested about a server.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// The situation, or the constraint that is broken.
    pub(super) name: String,
    /// The operation; empty where none is meant.
    pub(super) operation: String,
    pub(super) request: Request,
    pub(super) expected: Failure,
}
