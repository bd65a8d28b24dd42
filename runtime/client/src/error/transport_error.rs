//! Requests without a response. Decides nothing by the message of an error.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
};

use reqwest::Method;

use super::one_line::OneLine;
use crate::retry::{Attempts, Outcome, Retry};

/// A request without a response: the connection was refused or reset, the time ran out, or redirects formed a
/// loop.
///
/// `Display` says where the request went, without its query, and what went wrong.
#[derive(Debug)]
pub struct TransportError {
    error: reqwest::Error,
    attempts: Attempts,
}

impl TransportError {
    /// Takes the failure of a request that was sent once. Its URL loses what may be secret.
    #[must_use]
    pub fn new(error: reqwest::Error, method: &Method) -> Self {
        Self::after(error, Attempts::first(method))
    }

    /// Takes the failure of the last attempt.
    pub(crate) fn after(error: reqwest::Error, attempts: Attempts) -> Self {
        Self {
            error: without_secrets(error),
            attempts,
        }
    }

    /// The error of the HTTP client.
    #[must_use]
    pub fn http_error(&self) -> &reqwest::Error {
        &self.error
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts.count
    }

    /// Whether sending the request once more may help and cannot harm, by the rules of the
    /// [`RetryPolicy`](crate::RetryPolicy): where its method is idempotent or no connection could be made, and never
    /// where TLS refuses the server's certificate.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        Retry::of(self.attempts, &Outcome::Failure(&self.error)).is_some()
    }
}

/// Removes from an error's URL what may be secret: user, password, query and fragment.
pub(crate) fn without_secrets(mut error: reqwest::Error) -> reqwest::Error {
    if let Some(url) = error.url_mut() {
        url.set_query(None);
        url.set_fragment(None);
        // Both fail for a URL that cannot have a user at all, which is fine.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    error
}

impl Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = if self.error.is_timeout() {
            "timed out"
        } else if self.error.is_connect() {
            "could not connect"
        } else if self.error.is_redirect() {
            "the redirects could not be followed"
        } else {
            "the connection failed"
        };
        formatter.write_str("no response")?;
        if let Some(url) = self.error.url() {
            write!(formatter, " from {}", OneLine(url.as_str()))?;
        }
        write!(formatter, ": {why}")
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}
