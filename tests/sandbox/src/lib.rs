//! [`Sandbox`] is what a test starts; the module `program` is the command line, behind the cargo feature of its name.
//!
#![doc = include_str!("../README.md")]

mod clock;
pub mod ledger;
mod permissions;
#[cfg(feature = "program")]
pub mod probe;
#[cfg(feature = "program")]
pub mod program;
mod resources;
mod sandbox;
mod service;
mod store;

pub use fonedynamics_server::operations;
pub use fonedynamics_server::types::ErrorCode;
pub use sandbox::Sandbox;
pub use sandbox::recorder::SeenRequest;
