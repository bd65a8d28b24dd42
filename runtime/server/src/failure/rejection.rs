//! A request that met a fault. Knows neither envelope nor code: those come in with [`Failure`](crate::Failure).

use std::error::Error;

use fonedynamics_contract::Fault;

/// The name under which a coding that the server does not decode is reported.
pub(crate) const ENCODING: &str = "Content-Encoding";

/// A request that met a fault, before or behind its handler. Converts into a [`Failure`](crate::Failure) of
/// any envelope, so generated code passes it on with `?`.
///
/// Not an error type itself: errors convert into internal failures, and this is not one.
#[derive(Debug)]
pub struct Rejection {
    pub(crate) fault: Fault,
    /// The parameter at fault, where one can be named.
    pub(crate) field: Option<&'static str>,
    /// For the log only.
    pub(crate) cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Rejection {
    pub(crate) fn new(fault: Fault) -> Self {
        Self {
            fault,
            field: None,
            cause: None,
        }
    }

    pub(crate) fn at(fault: Fault, field: &'static str) -> Self {
        Self {
            fault,
            field: Some(field),
            cause: None,
        }
    }

    pub(crate) fn because(fault: Fault, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            fault,
            field: None,
            cause: Some(cause.into()),
        }
    }

    /// The text that goes to the caller. Of a body, the media type and the coding are the same fault.
    pub(crate) fn message(&self) -> &'static str {
        match (self.fault, self.field) {
            (Fault::MediaType, Some(ENCODING)) => {
                "The Content-Encoding header names a coding that the server does not decode."
            }
            (fault, _) => fault.message(),
        }
    }
}
