//! The runtime of generated servers: routing, extraction, validation, and the envelope on every failing
//! response.
//!
//! Generic over [`Envelope`](fonedynamics_contract::Envelope): this crate names no error code, no operation
//! and no generated type. Which code belongs to which failure is the document's business.
//!
//! # For implementers
//!
//! A server fills in the generated trait. Its methods return [`Failure`], its `authenticate` takes
//! [`Credentials`], a [`BearerToken`] or [`BasicOrBearer`] and returns [`Refusal`] when it says no, and each method
//! receives a [`Context`]. Any error, boxed error or string converts into either with `?`: it becomes an internal
//! failure, and its text goes to the log only.
//!
//! Where the document gives a successful response headers, a method returns [`Success`], which sets them. Any other
//! header is set with [`Context::set_header`], or with [`Failure::header`] where the request fails. A success that tells
//! of failures, such as that of a batch, takes them from [`Context::entry`].
//!
//! The generated router is an ordinary [`axum::Router`] with a fallback of its own, which responds to
//! unknown routes with the envelope. It can be served by anything that serves such routers. Own routes are added in
//! one of two ways:
//!
//! - `router.merge(own)`, where `own` has no fallback: unknown routes of both reach our fallback.
//! - `own.nest("/prefix", router)`: everything below the prefix is ours, the rest is not.
//!
//! Three parts keep every failing response in the envelope, and each can be used without the others:
//!
//! - [`Routes`] is responsible for what it routes: unknown routes, wrong methods, credentials, parameters, bodies,
//!   panics, and handlers or bodies that take too long.
//! - [`Boundary`] is a layer around a router and all other layers. It folds the failing responses of own
//!   routes and of layers; its documentation says which layer goes inside and which outside. A response that carries
//!   [`Exempt`], such as that of a health check, passes as it is.
//! - `Server`, behind the cargo feature `serve`, puts a router behind a listener. It responds to what is no HTTP
//!   that can be read, limits connections, heads and time, records each request, and shuts down gracefully. A
//!   router that is served by anything else does not have this: there, a request that is no HTTP, breaks off or has too
//!   large a head gets a response without the envelope, mostly an empty one, or none.
//!
//! The generated `serve` puts all three together. Time limits need the clock of a tokio runtime.
//!
//! # Log and metrics
//!
//! Everything is an event of `tracing`, whose target begins with `fonedynamics_server_runtime`; there are no spans.
//!
//! | event | level | fields |
//! | --- | --- | --- |
//! | `request completed` | `INFO` | `method`, `path`, `status`, `code`, `operation`, `duration_ms`, `request_id` |
//! | `request abandoned`: the caller was gone before there was a response | `INFO` | `method`, `path`, `operation`, `duration_ms`, `request_id` |
//! | `a request failed`, by a fault of the server | `ERROR` | `fault`, `operation`, `request_id`, `cause` |
//! | `an operation is called that this server does not implement` | `WARN` | `fault`, `operation`, `request_id` |
//! | `a failure names what its operation does not have` | `ERROR` | `operation`, `cause` |
//!
//! The first two are written by `Server`, once for each request. `code` is empty for a success, `operation` and `path`
//! where no operation was reached. Both, `method` aside, have few values, so they can be labels of a metric: a layer of
//! `tracing-subscriber` counts the first event by them. `tests/examples/metrics.rs` in the repository is one.
//!
//! # For generated code
//!
//! [`codegen`] is its whole vocabulary.
//!
//! A panic gets a response only where panics unwind. With `panic = "abort"` it ends the process.

mod boundary;
pub mod codegen;
mod failure;
mod limits;
mod operation;
mod request;
mod response_headers;
mod routes;
#[cfg(feature = "serve")]
mod serve;
mod success;
mod validation;

#[cfg(test)]
mod router_tests;

pub use axum::http::header;
pub use boundary::{Boundary, Bounded, Exempt};
pub use failure::cause::Cause;
pub use failure::challenge::{DEFAULT_REALM, Scheme};
pub use failure::codes::{AboutParameter, AboutState, Code, Endpoint, Lists};
pub use failure::of_another::FailureOfAnother;
pub use failure::{Failure, NotListed};
pub use fonedynamics_contract::{
    Date, DateTime, MalformedDateTime, MalformedPhoneNumber, Nullable, PhoneNumber, UnixTime,
};
pub use operation::{Method, Operation};
pub use request::context::Context;
pub use request::credentials::{BasicOrBearer, BearerToken, Credentials};
pub use request::refusal::Refusal;
pub use routes::{DEFAULT_BODY_LIMIT, DEFAULT_HANDLER_TIMEOUT, DEFAULT_READ_TIMEOUT, Routes};
pub use serde_json::{Map, Value};
#[cfg(feature = "serve")]
pub use serve::{
    DEFAULT_CONNECTIONS, DEFAULT_HEAD_TIMEOUT, DEFAULT_HEADER_LIMIT, DEFAULT_IDLE_TIMEOUT,
    DEFAULT_SHUTDOWN_GRACE, Server,
};
pub use success::Success;
