//! The whole vocabulary of generated code: what a generated server names, it finds here.
//!
//! Holds the checks of bodies and otherwise nothing but re-exports. What an implementer needs is at the
//! crate's root.

pub mod check;

pub use std::ops::Bound;
pub use std::sync::Arc;

pub use axum::Router;
pub use axum::response::Response;
pub use fonedynamics_contract::Envelope;
pub use serde_json::Value;
pub use tokio::net::TcpListener;

pub use self::check::Pattern;
pub use crate::answer::{json, no_content};
pub use crate::body::decode;
pub use crate::faulted::Faulted;
pub use crate::incoming::{Incoming, Input};
pub use crate::json::Json;
pub use crate::parameter::unconstrained;
pub use crate::path::Path;
pub use crate::violations::{Recorded, Violations};
pub use crate::{
    AboutParameter, AboutState, Code, Context, Credentials, Endpoint, Failure, Lists, Method, Operation,
    Refusal, Routes,
};
