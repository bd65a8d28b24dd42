//! The whole vocabulary of generated code: what a generated server names, it finds here.
//!
//! Holds nothing but re-exports. What an implementer needs is at the crate's root.

pub use std::ops::Bound;

pub use axum::Router;
pub use fonedynamics_contract::CommaList;
#[cfg(feature = "serve")]
pub use tokio::net::TcpListener;

pub use crate::endpoint;
pub use crate::failure::challenge::Scheme;
pub use crate::failure::codes::{AboutParameter, AboutState, Code, Endpoint, Lists};
pub use crate::failure::rejection::Rejection;
pub use crate::operation::{Method, Operation};
pub use crate::request::admission::{Call, Input};
pub use crate::request::credentials::FromAuthorization;
pub use crate::routes::Routes;
pub use crate::validation::check::{self, Checked};
pub use crate::validation::pattern::Pattern;
pub use crate::validation::violations::InvalidValue;
