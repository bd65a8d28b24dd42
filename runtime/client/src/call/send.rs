//! Sending a request until there is a response or no retry is allowed. Parses no body, and writes neither
//! queries, headers nor bodies into traces.

use std::time::Duration;

use reqwest::{Method, Request};
use tokio::time::{Instant, sleep};
use tracing::{Span, debug};

use super::{
    OperationInfo,
    attempt::{Attempt, Hook},
};
use crate::{
    error::without_secrets,
    response::{Received, receive},
    retry::{Attempts, Outcome, Redirects, Retry, RetryBudget, RetryPolicy, TransportFailure},
};

/// How requests are sent, whichever they are.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) retries: RetryPolicy,
    pub(super) budget: RetryBudget,
    /// What the HTTP client does with redirects.
    pub(super) redirects: Redirects,
    /// The longest body that is kept, in bytes.
    pub(super) max_body_bytes: usize,
    pub(super) hook: Option<Hook>,
}

impl Sender {
    /// Sends a request as often as the policy and the budget permit, reads the body of the last response, and
    /// counts the attempts.
    pub(super) async fn send(
        &self,
        client: &reqwest::Client,
        mut request: Request,
        operation: &OperationInfo,
        attempts: &mut Attempts,
        span: &Span,
    ) -> reqwest::Result<Received> {
        let started = Instant::now();
        loop {
            let copy = match self.retries.permit_after(attempts.count) {
                true => request.try_clone(),
                false => None,
            };
            let begun = Instant::now();
            let (method, url) = (request.method().clone(), request.url().clone());
            let response = client.execute(request).await.map_err(without_secrets);
            attempts.redirects = match &response {
                // A GET or HEAD stays one.
                Ok(response) if *response.url() != url && !matches!(method, Method::GET | Method::HEAD) => {
                    Redirects::Followed
                }
                _ => self.redirects,
            };
            let retry = |outcome: Outcome<'_>| {
                copy.as_ref()
                    .and_then(|_| self.wait(*attempts, &outcome, started.elapsed()))
            };
            let mut retry_in = match &response {
                Ok(response) => retry(Outcome::Response(response.status(), response.headers())),
                Err(error) => retry(Outcome::Failure(TransportFailure::of(error))),
            };
            let result = match response {
                Ok(response) if retry_in.is_none() => {
                    let received = receive(response, self.max_body_bytes, *attempts, span.clone()).await;
                    if received.is_incomplete_success() {
                        retry_in = retry(Outcome::Incomplete);
                    }
                    Ok(received)
                }
                // The connection of the response is of no use while waiting.
                Ok(response) => Ok(Received::head(response, *attempts, span.clone())),
                Err(error) => Err(error),
            };
            if let Some(hook) = &self.hook {
                let seen = Attempt::new(operation, &method, attempts.count, &result);
                hook.call(&seen.timed(begun.elapsed(), retry_in));
            }
            let (Some(copy), Some(retry_in)) = (copy, retry_in) else {
                if result.as_ref().is_ok_and(Received::is_whole_success) {
                    self.budget.earn();
                }
                return result;
            };
            debug!(
                attempt = attempts.count,
                status = result.as_ref().ok().map(|received| received.status.as_u16()),
                delay_ms = u64::try_from(retry_in.as_millis()).unwrap_or(u64::MAX),
                "retrying the request"
            );
            sleep(retry_in).await;
            request = copy;
            attempts.count = attempts.count.saturating_add(1);
        }
    }

    /// The wait before another attempt, which is then paid for, or `None` where there is none.
    fn wait(&self, attempts: Attempts, outcome: &Outcome<'_>, elapsed: Duration) -> Option<Duration> {
        let retry = Retry::of(attempts, outcome)?;
        let wait = self.retries.delay(attempts.count, retry.after, elapsed)?;
        self.budget.take().then_some(wait)
    }
}
