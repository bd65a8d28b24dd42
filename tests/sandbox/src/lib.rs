//! A stateful server of the Fone Dynamics REST API to test against: offline, with rules that hold, and with every error
//! code within reach.

mod clock;
mod front;
mod operations;
mod permissions;
#[cfg(feature = "program")]
pub mod program;
mod recorder;
mod sandbox;
mod service;
mod store;
mod switch;

pub use fonedynamics_server::types::ErrorCode;
pub use recorder::SeenRequest;
pub use sandbox::Sandbox;
