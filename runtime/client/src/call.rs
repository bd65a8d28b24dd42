//! One call: from a request that generated code has built, over its attempts, to a value or an
//! [`Error`](crate::Error). Knows no operation.

mod info;
mod lists;
mod path;
mod raw_call;
mod read;
mod send;
mod session;

#[cfg(test)]
mod tests;

pub use info::{ClientInfo, OperationInfo};
pub use path::{encode_path, omit_prefix};
pub use raw_call::RawCall;
pub use session::Session;
