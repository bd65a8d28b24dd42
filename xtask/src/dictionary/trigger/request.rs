//! A request that raises a code. Plain data.

use serde_json::Value;

use crate::contract::{Operation, Parameter};

/// A request that raises a code.
#[derive(Clone, Debug)]
pub struct Trigger<'c> {
    /// The operation that it calls.
    pub operation: &'c Operation,
    /// Whose credentials it has.
    pub sender: Sender,
    /// The parameters that it has, each with what is sent, once for each time that it is sent.
    pub parameters: Vec<(&'c Parameter, Vec<String>)>,
    /// Its body.
    pub body: Option<Value>,
    /// The code that the sandbox has to be told to respond with, because nothing in a request provokes it.
    pub told: Option<String>,
}

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Somebody who may do everything.
    Known,
    /// Somebody who may not do this.
    Restricted,
    /// Somebody without.
    Nobody,
}
