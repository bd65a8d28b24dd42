//! How a client is set up. Sends nothing.

mod build_error;
mod credentials;
mod options;
mod tls;

pub use build_error::BuildError;
pub use credentials::Credentials;
pub use options::{Connection, Options};
