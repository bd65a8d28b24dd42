//! One call: from a request that generated code has built, over its attempts, to a value or an
//! [`Error`](crate::Error). Knows no operation.

mod attempt;
mod call_options;
mod info;
mod items;
mod pages;
mod path;
mod raw_call;
mod read;
mod send;
mod session;

#[cfg(test)]
mod tests;

pub use attempt::Attempt;
pub(crate) use attempt::Hook;
pub use call_options::CallOptions;
pub use info::{ClientInfo, OperationInfo};
pub use items::Items;
pub use pages::Pages;
pub use path::{UnusableSegment, encode_path, omit_prefix};
pub use raw_call::RawCall;
pub use session::Session;
