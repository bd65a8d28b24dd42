//! The access log: one event for each request. Never sees a header, a query, a body or credentials.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::time::Instant;

use crate::failure::mark::ResponseMark;
use crate::request::request_id::RequestId;

/// A request that can be read as HTTP, until there is a response.
pub(super) struct InFlight {
    pub(super) method: Method,
    /// Without the query.
    pub(super) path: String,
    pub(super) request_id: RequestId,
    pub(super) since: Instant,
}

impl InFlight {
    pub(super) fn record(&self, response: &Response) {
        record(
            self.method.as_str(),
            &self.path,
            self.since,
            &self.request_id,
            response,
        );
    }

    /// Records that the caller was gone before there was a response.
    pub(super) fn record_abandoned(&self) {
        tracing::info!(
            method = self.method.as_str(),
            path = self.path,
            duration_ms = milliseconds(self.since),
            request_id = self.request_id.as_str(),
            "request abandoned"
        );
    }
}

/// Records the response to what has neither method nor path that could be read.
pub(super) fn record_unparsed(since: Instant, request_id: &RequestId, response: &Response) {
    record("", "", since, request_id, response);
}

fn record(method: &str, path: &str, since: Instant, request_id: &RequestId, response: &Response) {
    let status: StatusCode = response.status();
    let mark = response.extensions().get::<ResponseMark>();
    let code = mark.and_then(|mark| mark.code(status)).unwrap_or_default();
    let operation = mark.map_or("", |mark| mark.operation);
    let duration_ms = milliseconds(since);
    tracing::info!(
        method,
        path,
        status = status.as_u16(),
        code,
        operation,
        duration_ms,
        request_id = request_id.as_str(),
        "request completed"
    );
}

fn milliseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
