//! [`Sandbox`] is what a test starts; the module `program` is the command line, behind the cargo feature of its name.
//!
#![doc = include_str!("../README.md")]

mod clock;
mod front;
pub mod ledger;
mod permissions;
#[cfg(feature = "program")]
pub mod probe;
#[cfg(feature = "program")]
pub mod program;
mod recorder;
mod resources;
mod sandbox;
mod service;
mod store;
mod switch;

pub use fonedynamics_server::operations;
pub use fonedynamics_server::types::ErrorCode;
pub use recorder::SeenRequest;
pub use sandbox::Sandbox;
