//! The headers of a response that a handler decides on: what they may say, and how they get there.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::header::{
    CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, DATE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

/// The header that names a request, for the caller and in the logs.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a handler may not say: how the body is written, what becomes of the connection, and what every response gets
/// after the handler.
const RESERVED: [HeaderName; 9] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    UPGRADE,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    TRAILER,
    TRANSFER_ENCODING,
    DATE,
    REQUEST_ID,
];

/// The headers for the success of one request.
#[derive(Debug, Default)]
pub(crate) struct SuccessHeaders(Mutex<HeaderMap>);

impl SuccessHeaders {
    pub(crate) fn set(&self, name: HeaderName, value: HeaderValue) {
        let mut headers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        headers.insert(name, value);
    }

    pub(crate) fn add_to(&self, response: &mut Response) {
        add(&self.0.lock().unwrap_or_else(PoisonError::into_inner), response);
    }
}

/// The value of `Retry-After`: whole seconds, so that nobody comes back too early.
pub(crate) fn seconds(wait: Duration) -> HeaderValue {
    let started = u64::from(wait.subsec_nanos() > 0);
    HeaderValue::from(wait.as_secs().saturating_add(started))
}

/// Adds headers to a response. Those that it has already stay as they are.
pub(crate) fn add(headers: &HeaderMap, response: &mut Response) {
    for (name, value) in headers {
        if !RESERVED.contains(name) {
            let entry = response.headers_mut().entry(name);
            entry.or_insert_with(|| value.clone());
        }
    }
}
