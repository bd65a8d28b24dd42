//! The mark on our own responses, by which the layers around them know them. Never reaches the wire.

use axum::http::StatusCode;
use axum::response::Response;
use std::fmt::Display;

use crate::operation::Operation;

/// Attached to every response that was written here.
#[derive(Clone, Debug)]
pub(crate) struct ResponseMark {
    /// The `operationId`; empty before a route is known.
    #[cfg_attr(
        not(feature = "serve"),
        expect(dead_code, reason = "only the access log reads it")
    )]
    pub(crate) operation: &'static str,
    failure: Option<(StatusCode, String)>,
}

impl ResponseMark {
    pub(crate) fn of_success(operation: &'static Operation) -> Self {
        Self {
            operation: operation.id,
            failure: None,
        }
    }

    pub(crate) fn of_failure(
        operation: Option<&'static Operation>,
        status: StatusCode,
        code: &impl Display,
    ) -> Self {
        Self {
            operation: operation.map_or("", |operation| operation.id),
            failure: Some((status, code.to_string())),
        }
    }

    /// The error code, if it still is what the response says: a layer may have changed the status since.
    pub(crate) fn code(&self, status: StatusCode) -> Option<&str> {
        let (written, code) = self.failure.as_ref()?;
        (*written == status).then_some(code)
    }
}

/// Whether a response that says failure is the envelope.
pub(crate) fn is_envelope(response: &Response) -> bool {
    let mark = response.extensions().get::<ResponseMark>();
    mark.is_some_and(|mark| mark.code(response.status()).is_some())
}
