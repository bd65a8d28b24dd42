//! Sending a request until there is a response or no retry is allowed. Reads no body, and writes neither
//! queries, headers nor bodies into traces.

use reqwest::{Request, Response};
use tokio::time::{Instant, sleep};
use tracing::debug;

use crate::retry::{Attempts, Outcome, Retry, RetryBudget, RetryPolicy};

/// Sends a request as often as the policy and the budget permit, and counts the attempts.
pub(super) async fn send(
    client: &reqwest::Client,
    mut request: Request,
    policy: RetryPolicy,
    budget: &RetryBudget,
    attempts: &mut Attempts,
) -> reqwest::Result<Response> {
    let started = Instant::now();
    loop {
        let copy = match policy.permit_after(attempts.count) {
            true => request.try_clone(),
            false => None,
        };
        let result = client.execute(request).await;
        let outcome = match &result {
            Ok(response) => Outcome::Response(response.status(), response.headers()),
            Err(error) => Outcome::Failure(error),
        };
        let retry = Retry::of(attempts.idempotency, &outcome);
        if retry.is_none() && attempts.count == 1 {
            budget.put_back();
        }
        let (Some(copy), Some(retry)) = (copy, retry) else {
            return result;
        };
        let delay = policy.delay(attempts.count, retry.after, started.elapsed());
        let Some(delay) = delay.filter(|_| budget.take()) else {
            return result;
        };
        debug!(
            attempt = attempts.count,
            status = result.as_ref().ok().map(|response| response.status().as_u16()),
            delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
            "retrying the request"
        );
        // The connection of the response is of no use while waiting.
        drop(result);
        sleep(delay).await;
        request = copy;
        attempts.count = attempts.count.saturating_add(1);
    }
}
