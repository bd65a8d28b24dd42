//! Requests that no answer came to. Judges nothing by the text of an error.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
};

use reqwest::Method;

use crate::{
    call::sent::{Dispatch, Idempotency},
    error::one_line::OneLine,
    error::without_query,
};

/// A request that no answer came to: refused, reset, timed out, redirected in circles.
///
/// `Display` says where the request went, without its query, and what kept the answer away.
#[derive(Debug)]
pub struct Unanswered {
    error: reqwest::Error,
    dispatch: Dispatch,
}

impl Unanswered {
    /// Takes the failure of a request that was sent once. Its URL loses what may be secret.
    #[must_use]
    pub fn new(error: reqwest::Error, method: &Method) -> Self {
        Self::after(error, Dispatch::once(method))
    }

    /// Takes the last failure of a request.
    pub(crate) fn after(error: reqwest::Error, dispatch: Dispatch) -> Self {
        Self {
            error: without_query(error),
            dispatch,
        }
    }

    /// What the HTTP client says.
    #[must_use]
    pub fn http_error(&self) -> &reqwest::Error {
        &self.error
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.dispatch.attempts
    }

    /// Whether sending the request once more may help and cannot harm: only where it has the same effect
    /// however often it arrives.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.dispatch.idempotency == Idempotency::Idempotent && may_pass(&self.error)
    }
}

/// Whether a failure may be gone at the next attempt.
pub(crate) fn may_pass(error: &reqwest::Error) -> bool {
    !error.is_builder() && !error.is_redirect()
}

impl Display for Unanswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = if self.error.is_timeout() {
            "the time was up"
        } else if self.error.is_connect() {
            "no connection could be made"
        } else if self.error.is_redirect() {
            "the redirections could not be followed"
        } else {
            "the connection failed"
        };
        formatter.write_str("no answer")?;
        if let Some(url) = self.error.url() {
            write!(formatter, " from {}", OneLine(url.as_str()))?;
        }
        write!(formatter, ": {why}")
    }
}

impl StdError for Unanswered {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}
