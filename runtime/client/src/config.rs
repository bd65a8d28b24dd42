//! How a client is set up. Sends nothing.

pub(crate) mod credentials;
pub(crate) mod options;
