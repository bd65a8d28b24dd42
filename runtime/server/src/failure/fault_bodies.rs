//! The bodies of responses to faults that name no parameter. Each is the same every time, so it is serialised once.

use std::array;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use fonedynamics_contract::{Envelope, Fault};
use serde::Serialize;

/// The bodies that one contract has for its faults, each from the first time on. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct FaultBodies(Arc<[OnceLock<Bytes>; Fault::ALL.len()]>);

impl FaultBodies {
    pub(super) fn of<E: Envelope + Serialize>(&self, fault: Fault) -> serde_json::Result<Bytes> {
        let known = self.0.get(fault as usize);
        if let Some(bytes) = known.and_then(OnceLock::get) {
            return Ok(bytes.clone());
        }
        let message = fault.message().to_owned();
        let envelope = E::from_parts(E::code_of_fault(fault), message, Vec::new());
        let bytes: Bytes = serde_json::to_vec(&envelope)?.into();
        if let Some(known) = known {
            let _ = known.set(bytes.clone());
        }
        Ok(bytes)
    }
}

impl Default for FaultBodies {
    fn default() -> Self {
        Self(Arc::new(array::from_fn(|_| OnceLock::new())))
    }
}
