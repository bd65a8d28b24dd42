//! The whole vocabulary of generated code: what a generated server names, it finds here.
//!
//! Holds the checks of bodies and otherwise nothing but re-exports. What an implementer needs is at the
//! crate's root.

pub use std::ops::Bound;
pub use std::sync::Arc;

pub use axum::Router;
pub use axum::response::Response;
pub use fonedynamics_contract::Envelope;
pub use serde_json::Value;
pub use tokio::net::TcpListener;

pub use crate::failure::rejection::Rejection;
pub use crate::failure::response::{json, no_content};
pub use crate::request::admission::{Incoming, Input};
pub use crate::request::body::decode;
pub use crate::request::json::Json;
pub use crate::request::parameters::unconstrained;
pub use crate::validation::check::{self, Pattern};
pub use crate::validation::path::Path;
pub use crate::validation::violations::{InvalidValue, Violations};
pub use crate::{
    AboutParameter, AboutState, Code, Context, Credentials, Endpoint, Failure, Lists, Method, Operation,
    Refusal, Routes,
};
