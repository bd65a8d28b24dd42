//! How a request was sent: by what kind of method, and how often. Sends nothing.

use reqwest::Method;

/// Whether a request has the same effect however often it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idempotency {
    Idempotent,
    /// Or not known.
    NotIdempotent,
}

impl From<&Method> for Idempotency {
    fn from(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS | Method::TRACE => {
                Self::Idempotent
            }
            // A PATCH may say "one more", and whatever is not listed may do anything.
            _ => Self::NotIdempotent,
        }
    }
}

/// The attempts at one request. Kept with its response or its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempts {
    pub(crate) idempotency: Idempotency,
    pub(crate) count: u32,
}

impl Attempts {
    /// The first attempt at a request.
    pub(crate) fn first(method: &Method) -> Self {
        Self {
            idempotency: Idempotency::from(method),
            count: 1,
        }
    }
}

impl Default for Attempts {
    /// One attempt at a request of which nothing is known.
    fn default() -> Self {
        Self {
            idempotency: Idempotency::NotIdempotent,
            count: 1,
        }
    }
}
