//! What keeps one request from taking the server down: panics, time, and bodies that nobody reads.
//!
//! Holds modules only, and none of them decides what a caller gets.

pub(crate) mod deadline;
pub(crate) mod discard;
pub(crate) mod panic;
pub(crate) mod request_body;
