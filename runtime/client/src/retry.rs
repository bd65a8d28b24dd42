//! When a request is sent again. Sends nothing.

pub(crate) mod policy;
pub(crate) mod retry_after;
