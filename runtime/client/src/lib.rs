//! The hand-written half of a generated client: answers, errors, hooks, queries, paths, the session.
//!
//! Generated code uses this crate under another name: the client crate's manifest renames it to
//! `progenitor-client`, the name under which the generator writes its calls. So the shapes of
//! [`ClientInfo`], [`ClientHooks`], [`OperationInfo`], [`ResponseValue`], [`Error`], [`QueryParam`],
//! [`RequestBuilderExt`], [`ByteStream`] and [`encode_path`] are given by that code, and what they do is
//! ours: whatever an answer brings, its status, its headers and its bytes reach the caller.
//!
//! Names no generated type, no error code and no operation. Knows an error envelope only as
//! [`Envelope`](fonedynamics_contract::Envelope).

mod body;
mod credentials;
mod envelope;
mod error;
mod hooks;
mod items;
mod one_line;
mod options;
mod path;
mod query;
mod raw_call;
mod response;
mod retries;
mod retry_after;
mod send;
mod sent;
mod session;
mod unanswered;
mod unreadable;

#[cfg(test)]
mod tests;

pub use body::{ByteStream, MAX_BODY_BYTES};
pub use credentials::Credentials;
pub use fonedynamics_contract::{MalformedPhoneNumber, PhoneNumber, UnixTime};

pub use error::{Category, Error};
pub use hooks::{ClientHooks, ClientInfo, OperationInfo, RequestBuilderExt};
pub use items::Items;
pub use options::{BuildError, Connection, Options};
pub use path::{encode_path, omit_prefix};
pub use query::QueryParam;
pub use raw_call::RawCall;
pub use response::ResponseValue;
pub use retries::Retries;
pub use serde_json::Value;
pub use session::Session;
pub use unanswered::Unanswered;
pub use unreadable::{Defect, Unreadable};
