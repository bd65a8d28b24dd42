//! What a hook sees of each attempt at a request. Changes nothing about it.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{Method, StatusCode, header::HeaderMap};

use super::OperationInfo;
use crate::response::Received;

/// One attempt at a call, once it is over. See [`Options::on_attempt`](crate::Options::on_attempt).
#[derive(Debug)]
pub struct Attempt<'attempt> {
    operation_id: &'static str,
    method: &'attempt Method,
    number: u32,
    result: Result<(StatusCode, &'attempt HeaderMap), &'attempt reqwest::Error>,
    elapsed: Duration,
    retry_in: Option<Duration>,
}

impl<'attempt> Attempt<'attempt> {
    pub(super) fn new(
        operation: &OperationInfo,
        method: &'attempt Method,
        number: u32,
        result: &'attempt reqwest::Result<Received>,
    ) -> Self {
        Self {
            operation_id: operation.operation_id,
            method,
            number,
            result: result
                .as_ref()
                .map(|received| (received.status, &received.headers)),
            elapsed: Duration::ZERO,
            retry_in: None,
        }
    }

    pub(super) fn timed(mut self, elapsed: Duration, retry_in: Option<Duration>) -> Self {
        self.elapsed = elapsed;
        self.retry_in = retry_in;
        self
    }

    /// The document's `operationId`, or `raw` for a call that the document does not cover.
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.operation_id
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// The number of the attempt, from 1 on.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The status of the response, or `None` without one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.result.ok().map(|(status, _)| status)
    }

    /// The headers of the response, or `None` without one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.result.ok().map(|(_, headers)| headers)
    }

    /// Why there was no response, or `None` where there was one. Its URL has lost what may be secret.
    #[must_use]
    pub fn error(&self) -> Option<&reqwest::Error> {
        self.result.err()
    }

    /// How long the attempt took. The body of a response that is not the last one is not read.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The wait before the next attempt, or `None` where this was the last one.
    #[must_use]
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

/// What is called after each attempt.
#[derive(Clone)]
pub(crate) struct Hook(Arc<dyn Fn(&Attempt<'_>) + Send + Sync>);

impl Hook {
    pub(crate) fn new(function: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(function))
    }

    pub(super) fn call(&self, attempt: &Attempt<'_>) {
        (self.0)(attempt);
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hook")
    }
}
