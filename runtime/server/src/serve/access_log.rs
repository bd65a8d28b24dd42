//! The access log: one event for each request. Never sees a header, a query, a body or credentials.

use axum::http::{Method, StatusCode, Uri};
use axum::response::Response;
use fonedynamics_contract::Fault;
use tokio::time::Instant;

use crate::failure::mark::ResponseMark;
use crate::request::request_id::RequestId;

/// What is recorded as the path of a request.
#[derive(Clone, Copy, Debug)]
pub(super) enum LoggedPath {
    /// The template of its operation.
    Template,
    /// What the caller sent, without the query.
    Sent,
}

impl LoggedPath {
    pub(super) fn of(self, uri: &Uri) -> Option<String> {
        match self {
            Self::Template => None,
            Self::Sent => Some(uri.path().to_owned()),
        }
    }
}

/// A request that can be read as HTTP, until there is a response.
pub(super) struct InFlight {
    pub(super) method: Method,
    /// In place of the template.
    pub(super) path: Option<String>,
    pub(super) request_id: RequestId,
    pub(super) since: Instant,
}

impl InFlight {
    pub(super) fn record(&self, response: &Response) {
        let (operation, path) = self.target();
        record(
            [self.method.as_str(), path, operation],
            self.since,
            &self.request_id,
            response,
        );
    }

    /// Records that the caller was gone before there was a response.
    pub(super) fn record_abandoned(&self) {
        let (operation, path) = self.target();
        tracing::info!(
            method = self.method.as_str(),
            path,
            operation,
            duration_ms = milliseconds(self.since),
            request_id = self.request_id.as_str(),
            "request abandoned"
        );
    }

    /// The operation and the path. Empty where the request has reached no operation.
    fn target(&self) -> (&str, &str) {
        let (operation, template) = self
            .request_id
            .operation()
            .map_or_else(Default::default, |operation| (operation.id, operation.path));
        (operation, self.path.as_deref().unwrap_or(template))
    }
}

/// Records the response to what has neither method nor path that could be read.
pub(super) fn record_unparsed(since: Instant, request_id: &RequestId, response: &Response) {
    record([""; 3], since, request_id, response);
}

fn record([method, path, operation]: [&str; 3], since: Instant, request_id: &RequestId, response: &Response) {
    let status: StatusCode = response.status();
    let mark = || response.extensions().get::<ResponseMark>();
    // Nothing is looked up unless somebody listens.
    tracing::info!(
        method,
        path,
        status = status.as_u16(),
        code = mark().and_then(|mark| mark.code(status)).unwrap_or_default(),
        fault = mark().and_then(|mark| mark.fault).map_or("", Fault::name),
        operation,
        duration_ms = milliseconds(since),
        request_id = request_id.as_str(),
        "request completed"
    );
}

fn milliseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
