//! How a request was sent: by what kind of method, how often, and whether it was redirected. Sends nothing.

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

/// What the HTTP client does with redirects. After one, a failure says nothing about the request that was
/// redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Redirects {
    /// It follows none.
    Refused,
    /// It may follow some.
    Possible,
    /// It followed one, which may have made a GET of another method.
    Followed,
}

/// The attempts at one request. Kept with its response or its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempts {
    pub(crate) idempotency: Idempotency,
    pub(crate) redirects: Redirects,
    pub(crate) count: u32,
}

impl Attempts {
    /// The first attempt at a request.
    pub(crate) fn first(method: &Method) -> Self {
        Self {
            idempotency: Idempotency::from(method),
            ..Self::default()
        }
    }
}

impl Default for Attempts {
    /// One attempt at a request of which nothing is known, by a client that follows no redirects.
    fn default() -> Self {
        Self {
            idempotency: Idempotency::NotIdempotent,
            redirects: Redirects::Refused,
            count: 1,
        }
    }
}
