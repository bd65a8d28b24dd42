//! Whether a request is retried: one decision, which the client follows and
//! [`Error::is_retryable`](crate::Error::is_retryable) tells. Sends nothing and waits for nothing.

mod attempts;
mod budget;
mod policy;
mod retry_after;

use std::time::Duration;

use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

pub(crate) use attempts::{Attempts, Idempotency};
pub(crate) use budget::RetryBudget;
pub use policy::RetryPolicy;
pub(crate) use retry_after::retry_after;

/// What came of an attempt, as far as a retry depends on it.
pub(crate) enum Outcome<'attempt> {
    Response(StatusCode, &'attempt HeaderMap),
    /// A successful response whose body is incomplete.
    Incomplete,
    /// No response.
    Failure(&'attempt reqwest::Error),
}

/// A retry that may help and cannot harm.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Retry {
    /// The wait that the server asks for.
    pub(crate) after: Option<Duration>,
}

impl Retry {
    /// Decides about one attempt. How many attempts there are and how long they may take is up to the
    /// [`RetryPolicy`].
    pub(crate) fn of(idempotency: Idempotency, outcome: &Outcome<'_>) -> Option<Self> {
        let idempotent = idempotency == Idempotency::Idempotent;
        let (retried, after) = match *outcome {
            Outcome::Response(status, headers) => {
                let asked = headers.contains_key(RETRY_AFTER);
                let retried =
                    is_failure_of_the_server(status) && (asked || (idempotent && is_passing(status)));
                (retried, retry_after(headers))
            }
            Outcome::Incomplete => (idempotent, None),
            Outcome::Failure(error) => (idempotent && !error.is_builder() && !error.is_redirect(), None),
        };
        retried.then_some(Self { after })
    }
}

/// Whether the same request could succeed later. What the caller has to change first cannot, and what
/// succeeded or was redirected is done.
fn is_failure_of_the_server(status: StatusCode) -> bool {
    status.as_u16() >= 400 && !matches!(status.as_u16(), 400 | 401 | 403)
}

/// Whether a status says that the server may work again soon.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502 | 503 | 504)
}
