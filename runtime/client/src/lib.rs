//! The hand-written half of a generated client: calls, retries, responses, errors and configuration.
//!
//! Generated code uses this crate under another name: the client crate's manifest renames it to
//! `progenitor-client`, the name under which progenitor writes its calls. What they do is ours: whatever a
//! response brings, its status, its headers and its bytes reach the caller.
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

pub use call::{
    Attempt, CallOptions, ClientInfo, Items, OperationInfo, Pages, RawCall, Session, UnusableSegment,
    encode_path, omit_prefix,
};
pub use config::{BuildError, Connection, Credentials, Options};
pub use error::{Category, Defect, Error, TransportError, UnexpectedResponse};
pub use fonedynamics_contract::{
    Date, DateTime, MalformedDateTime, MalformedPhoneNumber, Nullable, PhoneNumber, UnixTime,
};
pub use response::{MAX_BODY_BYTES, Misfit, ResponseValue};
pub use retry::{RetryBudget, RetryPolicy, TransportFailure};
pub use serde_json::{Map, Value};
