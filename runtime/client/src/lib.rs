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

mod call;
mod config;
mod error;
mod response;
mod retry;
#[cfg(test)]
mod testing;

pub use fonedynamics_contract::{MalformedPhoneNumber, PhoneNumber, UnixTime};

pub use call::hooks::{ClientHooks, ClientInfo, OperationInfo, RequestBuilderExt};
pub use call::path::{encode_path, omit_prefix};
pub use call::query::QueryParam;
pub use call::raw_call::RawCall;
pub use call::session::Session;
pub use config::credentials::Credentials;
pub use config::options::{BuildError, Connection, Options};
pub use error::transport_error::Unanswered;
pub use error::unexpected_response::{Defect, Unreadable};
pub use error::{Category, Error};
pub use response::ResponseValue;
pub use response::body::{ByteStream, MAX_BODY_BYTES};
pub use response::items::Items;
pub use retry::policy::Retries;
pub use serde_json::Value;
