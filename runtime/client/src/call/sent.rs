//! What is known of a request once it was sent, on its way to whoever reads the answer. Sends nothing.

use reqwest::Method;
use tracing::Span;

use crate::MAX_BODY_BYTES;

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

/// How a request was sent. Kept with its answer or its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dispatch {
    pub(crate) idempotency: Idempotency,
    /// How often it was sent.
    pub(crate) attempts: u32,
}

impl Dispatch {
    /// A request that was sent once.
    pub(crate) fn once(method: &Method) -> Self {
        Self {
            idempotency: Idempotency::from(method),
            attempts: 1,
        }
    }
}

impl Default for Dispatch {
    /// Of a request of which nothing is known.
    fn default() -> Self {
        Self {
            idempotency: Idempotency::NotIdempotent,
            attempts: 1,
        }
    }
}

/// What travels with an answer, as an extension of it, until its body is read.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) dispatch: Dispatch,
    /// The longest body that is kept, in bytes.
    pub(crate) limit: usize,
    /// The span of the call, which ends when the body was read.
    pub(crate) span: Span,
}

impl Sent {
    /// Takes what travelled with an answer.
    pub(crate) fn of(response: &mut reqwest::Response) -> Self {
        response.extensions_mut().remove().unwrap_or_default()
    }
}

impl Default for Sent {
    fn default() -> Self {
        Self {
            dispatch: Dispatch::default(),
            limit: MAX_BODY_BYTES,
            span: Span::none(),
        }
    }
}
