//! Sending a request until it is answered or there is no point in going on. Reads no body, and writes
//! neither paths with identifiers, queries, headers nor bodies into traces.

use std::time::Duration;

use reqwest::{Request, Response, StatusCode};
use tokio::time::{Instant, sleep};
use tracing::{Instrument as _, debug, field::Empty, info_span};

use crate::{
    OperationInfo, Unanswered,
    call::sent::{Dispatch, Idempotency, Sent},
    error::transport_error::may_pass,
    retry::policy::{Allowance, Retries},
    retry::retry_after::{asks_for_later, retry_after},
};

/// How a client sends.
pub(crate) struct Manner<'session> {
    pub(crate) retries: Retries,
    pub(crate) allowance: &'session Allowance,
    /// The longest body that is kept of an answer, in bytes.
    pub(crate) limit: usize,
}

impl Manner<'_> {
    /// Sends a request, within a span of its own that lasts until the body of the answer was read.
    pub(crate) async fn send(
        &self,
        client: &reqwest::Client,
        request: Request,
        info: &OperationInfo,
    ) -> Result<Response, Unanswered> {
        let span = info_span!(
            "call",
            operation = info.operation_id,
            method = request.method().as_str(),
            path = info.path,
            status = Empty,
            error_code = Empty,
            attempts = Empty,
        );
        let mut dispatch = Dispatch::once(request.method());
        let result = self
            .attempt(client, request, &mut dispatch)
            .instrument(span.clone())
            .await;
        span.record("attempts", dispatch.attempts);
        match result {
            Ok(mut response) => {
                span.record("status", response.status().as_u16());
                response.extensions_mut().insert(Sent {
                    dispatch,
                    limit: self.limit,
                    span,
                });
                Ok(response)
            }
            Err(error) => Err(Unanswered::after(error, dispatch)),
        }
    }

    async fn attempt(
        &self,
        client: &reqwest::Client,
        mut request: Request,
        dispatch: &mut Dispatch,
    ) -> reqwest::Result<Response> {
        let started = Instant::now();
        loop {
            let spare = match self.retries.permit_after(dispatch.attempts) {
                true => request.try_clone(),
                false => None,
            };
            let result = client.execute(request).await;
            let passing = Passing::of(&result, dispatch.idempotency);
            if passing.is_none() && dispatch.attempts == 1 {
                self.allowance.earn();
            }
            let (Some(spare), Some(passing)) = (spare, passing) else {
                return result;
            };
            let delay = self
                .retries
                .delay(dispatch.attempts, passing.asked, started.elapsed());
            let Some(delay) = delay.filter(|_| self.allowance.take()) else {
                return result;
            };
            debug!(
                attempt = dispatch.attempts,
                status = result.as_ref().ok().map(|answer| answer.status().as_u16()),
                delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
                "sending the request again"
            );
            // The answer's connection is of no use while waiting.
            drop(result);
            sleep(delay).await;
            request = spare;
            dispatch.attempts = dispatch.attempts.saturating_add(1);
        }
    }
}

/// A failure that may have passed when the request is sent again.
struct Passing {
    /// The wait that the server asks for.
    asked: Option<Duration>,
}

impl Passing {
    fn of(result: &reqwest::Result<Response>, idempotency: Idempotency) -> Option<Self> {
        let idempotent = idempotency == Idempotency::Idempotent;
        match result {
            Ok(answer) => {
                let (status, headers) = (answer.status(), answer.headers());
                let later = asks_for_later(headers);
                let passes = is_repeated(status) && (later || (idempotent && is_passing(status)));
                passes.then(|| Self {
                    asked: retry_after(headers),
                })
            }
            Err(error) => (idempotent && may_pass(error)).then_some(Self { asked: None }),
        }
    }
}

/// Whether an answer may be repeated without asking the caller. What the caller has to change first is not,
/// nor is what succeeded.
fn is_repeated(status: StatusCode) -> bool {
    status.as_u16() >= 400 && !matches!(status.as_u16(), 400 | 401 | 403)
}

/// Whether a status says that the server may be well again soon.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502 | 503 | 504)
}
