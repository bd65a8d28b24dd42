//! A stateful server of the Fone Dynamics REST API to test against: offline, with rules that hold, and with every error
//! code within reach.

mod clock;
mod operations;
mod permissions;
mod sandbox;
mod service;
mod store;

pub use sandbox::Sandbox;
