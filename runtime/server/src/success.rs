//! A request that succeeded: what handlers give back where the document gives the response headers, and how any
//! success becomes a response.

use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use serde::Serialize;

use crate::failure::Failure;
use crate::failure::rejection::Rejection;
use crate::failure::response::{JSON, serialized};
use crate::operation::Operation;
use crate::response_headers::seconds;

/// The body of a successful response with its headers. Handlers of operations whose success has documented headers
/// return it:
///
/// ```
/// use fonedynamics_server_runtime::Success;
///
/// let created = Success::new("a book").location("/books/0141439580");
/// # drop(created);
/// ```
///
/// A header that the document requires and that is not set makes the request an internal failure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Success<T> {
    body: T,
    location: Option<String>,
    retry_after: Option<Duration>,
}

impl<T> Success<T> {
    /// A success without headers. Where the response has no body, `body` is `()`.
    pub fn new(body: T) -> Self {
        Self {
            body,
            location: None,
            retry_after: None,
        }
    }

    /// The `Location` of what the request made, or of where its outcome can be asked for: a URL or a path, with
    /// everything encoded that a URL cannot hold. What a header cannot carry makes the request an internal failure.
    pub fn location(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// How long the caller should wait before it asks again: `Retry-After`, in seconds, rounded up.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}

/// The response of an operation that succeeded, with the headers that its document requires.
pub(crate) fn response<T: Serialize, E: Envelope, O>(
    operation: &'static Operation,
    required: &[&str],
    success: Success<T>,
) -> Result<Response, Failure<E, O>> {
    let Success {
        body,
        location,
        retry_after,
    } = success;
    let bytes = serialized(&body).map_err(|cause| Rejection::because(Fault::Serialization, cause))?;
    Ok(assembled(operation, required, bytes, location, retry_after)?)
}

/// Compiled once, and not for each type of a body.
fn assembled(
    operation: &'static Operation,
    required: &[&str],
    bytes: Bytes,
    location: Option<String>,
    retry_after: Option<Duration>,
) -> Result<Response, Rejection> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(operation.success).map_err(internal)?;
    let headers = response.headers_mut();
    if let Some(location) = location {
        headers.insert(LOCATION, HeaderValue::try_from(location).map_err(internal)?);
    }
    if let Some(wait) = retry_after {
        headers.insert(RETRY_AFTER, seconds(wait));
    }
    if let Some(missing) = required.iter().find(|name| !headers.contains_key(**name)) {
        let cause = format!("the handler did not set {missing}, which the document requires");
        return Err(internal(cause));
    }
    // A body is an object or an array, so this is that of a response without one.
    if bytes.as_ref() != b"null" {
        headers.insert(CONTENT_TYPE, JSON);
        *response.body_mut() = Body::from(bytes);
    }
    Ok(response)
}

fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Rejection {
    Rejection::because(Fault::Internal, cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;
    use crate::router_tests::contract::{Code, ErrorResponse};

    static ADD: Operation = Operation {
        id: "add",
        method: Method::POST,
        path: "/",
        success: 201,
        secured: false,
        codes: &[],
        fields: &[],
    };

    fn respond<T: Serialize>(success: Success<T>) -> Result<Response, Failure<ErrorResponse, ()>> {
        response(&ADD, &["Location"], success)
    }

    fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    #[test]
    fn headers_are_those_that_are_set_and_a_started_second_is_a_whole_one() {
        let wait = Duration::from_millis(6001);
        let response = respond(Success::new([1]).location("/1").retry_after(wait)).unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(header(&response, "location"), Some("/1"));
        assert_eq!(header(&response, "retry-after"), Some("7"));
        assert_eq!(header(&response, "content-type"), Some("application/json"));
        let endless = seconds(Duration::MAX);
        assert_eq!(endless, u64::MAX.to_string());
    }

    #[test]
    fn nothing_is_no_body() {
        let response = respond(Success::new(()).location("")).unwrap();
        assert_eq!(
            (header(&response, "location"), header(&response, "content-type")),
            (Some(""), None)
        );
    }

    #[test]
    fn required_header_that_is_missing_or_impossible_is_an_internal_failure() {
        for success in [Success::new(()), Success::new(()).location("\n")] {
            let failure = respond(success).unwrap_err();
            assert_eq!(failure.code(), Code::Internal);
        }
        let cause = format!("{:?}", respond(Success::new(())).unwrap_err());
        assert!(cause.contains("the handler did not set Location"), "{cause}");
    }
}
