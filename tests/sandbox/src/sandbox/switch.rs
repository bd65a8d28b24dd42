//! What the next call of an operation does instead of what it is for. A layer, so it works whatever the operation does.

use std::collections::{BTreeMap, VecDeque};
use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{CONTENT_TYPE, LINK, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use fonedynamics_server::types::{ErrorCode, ErrorResponse, ResponseStatus};
use fonedynamics_server::{Exempt, Operation, operations};

use crate::sandbox::front::{Front, Peer};

/// What becomes of a call instead.
#[derive(Clone, Debug)]
pub(crate) enum Instead {
    /// It fails with this code.
    Fail(ErrorCode),
    /// It gets no response.
    Hang,
    /// Its connection carries these bytes, and ends.
    Respond(Vec<u8>),
}

/// What becomes of the next calls, by operation. Clones are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switch {
    next: Arc<Mutex<BTreeMap<&'static str, VecDeque<Instead>>>>,
    front: Front,
    help: Option<Arc<str>>,
}

impl Switch {
    /// A switch whose bytes go to connections of this front, and whose failures link to this page, as those of the server
    /// do.
    pub(crate) fn new(front: Front, help: Option<&str>) -> Self {
        let (next, help) = (Arc::default(), help.map(Arc::from));
        Self { next, front, help }
    }

    /// Sets what becomes of the call after those that are set already.
    pub(crate) fn set(&self, operation: &'static Operation, instead: Instead) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.entry(operation.id).or_default().push_back(instead);
    }

    fn take(&self, operation: &Operation) -> Option<Instead> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.get_mut(operation.id)?.pop_front()
    }
}

/// The layer.
pub(crate) async fn act(
    State(switch): State<Switch>,
    peer: Option<Extension<ConnectInfo<Peer>>>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let called = path.and_then(|path| operation(&request, path.as_str()));
    match called.and_then(|operation| switch.take(operation)) {
        None => next.run(request).await,
        Some(Instead::Fail(code)) => failed(code, switch.help.as_deref()),
        Some(Instead::Hang) => pending().await,
        Some(Instead::Respond(bytes)) => {
            if let Some(Extension(ConnectInfo(peer))) = peer {
                switch.front.respond(peer, bytes);
            }
            // The front ends the connection, and this with it.
            pending().await
        }
    }
}

/// The operation that a request calls.
pub(crate) fn operation(request: &Request, path: &str) -> Option<&'static Operation> {
    let mut all = operations::ALL.iter().copied();
    all.find(|operation| operation.method == *request.method() && operation.path == path)
}

/// The response with which a call fails: as the server words it, without the name of a parameter. A code that the
/// document does not list has the status 400.
fn failed(code: ErrorCode, help: Option<&str>) -> Response {
    let status = code.status().and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::BAD_REQUEST);
    let message = code.message().unwrap_or("Failed on purpose.");
    let message = message.replace("{FieldName}", "the parameter");
    let link = help.and_then(|page| HeaderValue::from_str(&format!("<{page}#{code}>; rel=\"help\"")).ok());
    let envelope = ErrorResponse::new(ResponseStatus::new(code, message));
    let body = serde_json::to_vec(&envelope).map_or_else(|_| Body::empty(), Body::from);
    let mut response = (status, Extension(Exempt), body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if status == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Basic realm=\"Fone Dynamics REST API\"");
        headers.insert(WWW_AUTHENTICATE, challenge);
    }
    headers.extend(link.map(|link| (LINK, link)));
    response
}
