//! Whether a request is retried: one decision, which the client follows and
//! [`Error::is_retryable`](crate::Error::is_retryable) tells. Sends nothing and waits for nothing.

mod attempts;
mod budget;
mod failure;
mod policy;
mod retry_after;

use std::time::Duration;

use reqwest::{StatusCode, header::HeaderMap};

pub(crate) use attempts::{Attempts, Idempotency, Redirects};
pub use budget::RetryBudget;
pub use failure::TransportFailure;
pub use policy::RetryPolicy;
pub(crate) use retry_after::retry_after;

/// What came of an attempt, as far as a retry depends on it.
pub(crate) enum Outcome<'attempt> {
    Response(StatusCode, &'attempt HeaderMap),
    /// A successful response whose body is incomplete.
    Incomplete,
    /// No response.
    Failure(TransportFailure),
}

/// A retry that may help and cannot harm.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Retry {
    /// The wait that the server asks for.
    pub(crate) after: Option<Duration>,
}

impl Retry {
    /// Decides about the last of some attempts. How many there are and how long they may take is up to the
    /// [`RetryPolicy`].
    ///
    /// A request that is not idempotent is retried only where it certainly was not processed: there was no
    /// connection, or the server says when to come back.
    pub(crate) fn of(attempts: Attempts, outcome: &Outcome<'_>) -> Option<Self> {
        let idempotent = attempts.idempotency == Idempotency::Idempotent;
        let mut after = None;
        let retried = match *outcome {
            Outcome::Response(status, headers) => {
                after = retry_after(headers);
                match status.as_u16() {
                    429 | 503 => idempotent || (after.is_some() && attempts.redirects != Redirects::Followed),
                    408 | 425 | 500 | 502 | 504 => idempotent,
                    _ => false,
                }
            }
            Outcome::Incomplete => idempotent,
            Outcome::Failure(failure) => match failure {
                // The failed connection may be the one to the target of a redirect.
                TransportFailure::NotConnected => idempotent || attempts.redirects == Redirects::Refused,
                TransportFailure::TimedOut | TransportFailure::ConnectionLost => idempotent,
                TransportFailure::NotTrusted | TransportFailure::Redirects => false,
            },
        };
        retried.then_some(Self { after })
    }
}
