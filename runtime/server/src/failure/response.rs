//! Writes the response to everything that fails.
//!
//! The only place where a failure becomes bytes, so the only one that decides what a caller gets to see.

use std::error::Error;
use std::iter;

use axum::body::{Body, Bytes};
use axum::http::header::{CONNECTION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use serde::Serialize;

use crate::failure::challenge::Challenge;
use crate::failure::fault_bodies::FaultBodies;
use crate::failure::mark::ResponseMark;
use crate::failure::naming::documented_message;
use crate::failure::rejection::Rejection;
use crate::failure::{Failure, Kind, Parts};
use crate::limits::panic::{Panicked, catch_now};
use crate::operation::Operation;
use crate::request::request_id::RequestId;
use crate::response_headers;

/// The most causes of an error that are logged, itself among them.
const MOST_CAUSES: usize = 16;

/// The media type of every body that is written here.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Room for a small body, which then is not moved while it grows.
const INITIAL_CAPACITY: usize = 512;

/// A body of JSON.
pub(crate) fn serialized<T: Serialize>(body: &T) -> serde_json::Result<Bytes> {
    let mut bytes = Vec::with_capacity(INITIAL_CAPACITY);
    serde_json::to_writer(&mut bytes, body)?;
    Ok(bytes.into())
}

/// Writes the failing response to one request.
pub(crate) struct Responder<'a> {
    /// `None` before a route is known.
    pub(crate) operation: Option<&'static Operation>,
    /// For the log.
    pub(crate) request_id: &'a RequestId,
    /// For a 401.
    pub(crate) challenge: &'a Challenge,
    pub(crate) bodies: &'a FaultBodies,
}

impl Responder<'_> {
    /// The response to a failure, after logging what the operator must know of it.
    pub(crate) fn respond<E: Envelope + Serialize, O>(&self, failure: Failure<E, O>) -> Response {
        let Parts { kind, headers } = failure.into_parts();
        let mut response = match kind {
            Kind::Coded {
                code,
                message,
                fields,
            } => match documented_status::<E>(&code) {
                Some(status) => {
                    let message = message.unwrap_or_else(|| documented_message::<E>(&code, &fields));
                    let mark = ResponseMark::new::<E>(status, &code, None);
                    self.write(mark, serialized(&E::from_parts(code, message, fields)))
                }
                None => self.reject::<E>(Rejection::because(
                    Fault::Internal,
                    format!("the document gives {code} no status"),
                )),
            },
            Kind::Rejected(rejection) => self.reject::<E>(rejection),
        };
        response_headers::add(&headers, &mut response);
        response
    }

    /// The response to a panic. Its text goes to the log only.
    pub(crate) fn respond_to_panic<E: Envelope + Serialize>(&self, panicked: Panicked) -> Response {
        self.reject::<E>(Rejection::because(Fault::Panic, panicked.0))
    }

    /// The response to a request that met a fault.
    pub(crate) fn reject<E: Envelope + Serialize>(&self, rejection: Rejection) -> Response {
        let message = rejection.message();
        let Rejection { fault, field, cause } = rejection;
        log(self.operation, self.request_id, fault, cause.as_deref());
        let code = E::code_of_fault(fault);
        let status = documented_status::<E>(&code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mark = ResponseMark::new::<E>(status, &code, Some(fault));
        let body = match field {
            None => self.bodies.of::<E>(fault),
            Some(field) => serialized(&E::from_parts(code, message.to_owned(), vec![field.to_owned()])),
        };
        let mut response = self.write(mark, body);
        if ends_connection(fault) {
            response
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    fn write(&self, mark: ResponseMark, body: serde_json::Result<Bytes>) -> Response {
        let (status, bytes) = match body {
            Ok(bytes) => (mark.status, bytes),
            Err(cause) => {
                // An envelope holds strings, which always serialise. Should it fail, there is nothing to say.
                log(
                    self.operation,
                    self.request_id,
                    Fault::Serialization,
                    Some(&cause),
                );
                (StatusCode::INTERNAL_SERVER_ERROR, Bytes::new())
            }
        };
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, JSON);
        response.extensions_mut().insert(mark);
        if status == StatusCode::UNAUTHORIZED {
            for value in self.challenge.values() {
                response.headers_mut().append(WWW_AUTHENTICATE, value.clone());
            }
        }
        response
    }
}

/// Faults of the server go to the log; those of callers do not.
pub(crate) fn log(
    operation: Option<&'static Operation>,
    request_id: &RequestId,
    fault: Fault,
    cause: Option<&(dyn Error + Send + Sync + 'static)>,
) {
    let operation = operation.map_or("", |operation| operation.id);
    let fault_name = fault.name();
    match fault {
        Fault::Panic
        | Fault::Serialization
        | Fault::HandlerTimeout
        | Fault::Internal
        | Fault::Unavailable => {
            let cause = cause.map(chain).unwrap_or_default();
            tracing::error!(
                fault = fault_name,
                operation,
                request_id = request_id.as_str(),
                cause,
                "a request failed"
            );
        }
        Fault::NotOffered => {
            tracing::warn!(
                fault = fault_name,
                operation,
                request_id = request_id.as_str(),
                "an operation is called that this server does not implement"
            );
        }
        Fault::Malformed
        | Fault::HeadTooLarge
        | Fault::ReadTimeout
        | Fault::UnknownRoute
        | Fault::WrongMethod
        | Fault::Credentials
        | Fault::Forbidden
        | Fault::MediaType
        | Fault::Syntax
        | Fault::TooLarge
        | Fault::LayerBadRequest
        | Fault::LayerForbidden
        | Fault::LayerRateLimited => {}
    }
}

/// Whether what is left of the request cannot be told from the next one, or is not worth reading.
const fn ends_connection(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::Malformed | Fault::HeadTooLarge | Fault::ReadTimeout | Fault::TooLarge
    )
}

/// The status of a code, if the document gives it one that says failure.
fn documented_status<E: Envelope>(code: &E::Code) -> Option<StatusCode> {
    let status = StatusCode::from_u16(E::status_of(code)?).ok()?;
    (status.is_client_error() || status.is_server_error()).then_some(status)
}

/// An error and its causes in one line. Errors come from anywhere: one may have no end of causes, and one may
/// panic when it is asked what it says.
fn chain(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let first: &(dyn Error + 'static) = error;
    let causes = iter::successors(Some(first), |&error| error.source());
    let said = catch_now(|| {
        causes
            .take(MOST_CAUSES)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    });
    said.map_or_else(
        |panicked| format!("an error that panics: {}", panicked.0),
        |texts| texts.join(": "),
    )
}
