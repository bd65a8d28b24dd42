//! Sending a request. Reads no error envelope.

pub(crate) mod hooks;
pub(crate) mod path;
pub(crate) mod query;
pub(crate) mod raw_call;
pub(crate) mod send;
pub(crate) mod sent;
pub(crate) mod session;
#[cfg(test)]
mod tests;
