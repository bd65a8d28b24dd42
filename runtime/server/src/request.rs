//! What happens to a request before its handler: the caller is admitted, then everything else is read.
//!
//! Holds modules only. How a value is checked is in `validation`, and how a failure is written in `failure`.

pub(crate) mod admission;
pub(crate) mod body;
pub(crate) mod context;
pub(crate) mod credentials;
pub(crate) mod json;
pub(crate) mod parameters;
mod percent;
pub(crate) mod refusal;
pub(crate) mod request_id;
