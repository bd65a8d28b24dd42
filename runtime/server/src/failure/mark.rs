//! The mark on our own failing responses, by which the layers around them know them. Never reaches the wire.

use std::borrow::Cow;

use axum::http::StatusCode;
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};

/// Attached to every failing response that was written here.
#[derive(Clone, Debug)]
pub(crate) struct ResponseMark {
    pub(super) status: StatusCode,
    code: Cow<'static, str>,
    /// `None` where a handler failed. For the access log.
    #[cfg_attr(
        not(feature = "serve"),
        expect(dead_code, reason = "there is no access log without `serve`")
    )]
    pub(crate) fault: Option<Fault>,
}

impl ResponseMark {
    pub(super) fn new<E: Envelope>(status: StatusCode, code: &E::Code, fault: Option<Fault>) -> Self {
        let code = E::name_of(code).map_or_else(|| code.to_string().into(), Cow::Borrowed);
        Self { status, code, fault }
    }

    /// The error code, if it still is what the response says: a layer may have changed the status since.
    pub(crate) fn code(&self, status: StatusCode) -> Option<&str> {
        (self.status == status).then_some(&self.code)
    }
}

/// The error code of a failing response of ours.
pub(crate) fn code(response: &Response) -> Option<&str> {
    let mark = response.extensions().get::<ResponseMark>();
    mark.and_then(|mark| mark.code(response.status()))
}

/// Whether a response that says failure is the envelope.
pub(crate) fn is_envelope(response: &Response) -> bool {
    code(response).is_some()
}
