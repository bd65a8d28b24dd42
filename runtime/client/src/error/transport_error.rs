//! Requests without a response. Decides nothing by the message of an error.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
    iter,
};

use reqwest::Method;

use super::one_line::OneLine;
use crate::retry::{Attempts, Outcome, Retry, TransportFailure};

/// A request without a response: the connection was refused or reset, the time ran out, or redirects formed a
/// loop.
///
/// `Display` says where the request went, without its query, what went wrong, and the first cause of it.
#[derive(Debug)]
pub struct TransportError {
    failure: TransportFailure,
    error: Option<reqwest::Error>,
    attempts: Attempts,
}

impl TransportError {
    /// Takes the failure of a request that was sent once. Its URL loses what may be secret.
    #[must_use]
    pub fn new(error: reqwest::Error, method: &Method) -> Self {
        Self::after(error, Attempts::first(method))
    }

    /// A failure that no HTTP client had, for tests of code that handles errors.
    #[must_use]
    pub fn simulated(failure: TransportFailure, method: &Method) -> Self {
        Self {
            failure,
            error: None,
            attempts: Attempts::first(method),
        }
    }

    /// Takes the failure of the last attempt.
    pub(crate) fn after(error: reqwest::Error, attempts: Attempts) -> Self {
        Self {
            failure: TransportFailure::of(&error),
            error: Some(without_secrets(error)),
            attempts,
        }
    }

    /// Why there was no response.
    #[must_use]
    pub fn failure(&self) -> TransportFailure {
        self.failure
    }

    /// The error of the HTTP client, or `None` if it is [simulated](Self::simulated).
    #[must_use]
    pub fn http_error(&self) -> Option<&reqwest::Error> {
        self.error.as_ref()
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
        Retry::of(self.attempts, &Outcome::Failure(self.failure)).is_some()
    }

    /// What went wrong, and the first cause of it. Without the URL, whose path may hold identifiers.
    pub(crate) fn reason(&self) -> impl Display {
        Reason(self)
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

struct Reason<'error>(&'error TransportError);

impl Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0.failure {
            TransportFailure::NotConnected => "could not connect",
            TransportFailure::NotTrusted => "the server is not trusted",
            TransportFailure::TimedOut => "timed out",
            TransportFailure::ConnectionLost => "the connection failed",
            TransportFailure::Redirects => "the redirects could not be followed",
        })?;
        // The error itself says the URL. Its first cause is what the operating system, the resolver or TLS says.
        let first_cause = iter::successors(self.0.source(), |&error| error.source())
            .skip(1)
            .last();
        match first_cause {
            _ if self.0.failure == TransportFailure::TimedOut => Ok(()),
            Some(cause) => write!(formatter, ": {}", OneLine(&cause.to_string())),
            None => Ok(()),
        }
    }
}

impl Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no response")?;
        if let Some(url) = self.error.as_ref().and_then(reqwest::Error::url) {
            write!(formatter, " from {}", OneLine(url.as_str()))?;
        }
        write!(formatter, ": {}", self.reason())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.as_ref().map(|error| error as _)
    }
}
