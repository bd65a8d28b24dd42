//! What a handler knows about its request beside the parameters. Never prints headers: they hold
//! credentials.

use std::fmt;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use fonedynamics_contract::{Envelope, Fault};

use crate::failure::rejection::Rejection;
use crate::failure::response::log;
use crate::failure::{Failure, Kind};
use crate::operation::Operation;
use crate::request::request_id::RequestId;
use crate::response_headers::SuccessHeaders;

/// What a handler knows about its request beside the parameters.
///
/// `C` is what `authenticate` made of the credentials, and `()` for operations that need none.
#[derive(Clone)]
pub struct Context<C> {
    /// What `authenticate` made of the credentials.
    pub caller: C,
    exchange: Arc<Exchange>,
}

/// A request without its body, and what a handler decides of its response. Shared by all that happens to the request.
pub(crate) struct Exchange {
    pub(crate) operation: &'static Operation,
    pub(crate) request_id: RequestId,
    pub(crate) parts: Parts,
    pub(crate) success_headers: SuccessHeaders,
}

impl Exchange {
    /// The query string, empty where there is none.
    pub(super) fn query(&self) -> &str {
        self.parts.uri.query().unwrap_or_default()
    }
}

impl<C> Context<C> {
    pub(crate) fn new(caller: C, exchange: Arc<Exchange>) -> Self {
        Self { caller, exchange }
    }

    /// The request ID, which goes back to the caller in `X-Request-Id` and is in the log lines of this request: the
    /// caller's own where it sent a usable one. 1 to 128 visible ASCII characters.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.exchange.request_id.as_str()
    }

    /// The headers of the request, credentials included.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.exchange.parts.headers
    }

    /// Sets a header of the response, such as `ETag`, in case that the request succeeds; a failure has its own, set by
    /// [`Failure::header`], so that no failing response is cached like a success. Which headers have no effect is said
    /// there.
    pub fn set_header(&self, name: HeaderName, value: HeaderValue) {
        self.exchange.success_headers.set(name, value);
    }

    /// What the implementer's own layers have attached to the request.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.exchange.parts.extensions
    }

    /// The operation that is called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.exchange.operation
    }

    /// The error code and the message of a failure that is an entry of a successful response, such as that of a batch.
    /// The cause of one that is internal goes to the log, as if the request had failed.
    pub fn entry<E: Envelope, O>(&self, failure: Failure<E, O>) -> (E::Code, String) {
        let entry = (failure.code(), failure.text());
        if let Kind::Rejected(Rejection { fault, cause, .. }) = failure.into_parts().kind {
            log(
                Some(self.operation()),
                &self.exchange.request_id,
                fault,
                cause.as_deref(),
            );
        }
        entry
    }

    /// The failure of an operation that this server does not implement: what the default body of each
    /// generated method returns.
    #[must_use]
    pub fn not_offered<E: Envelope, O>(&self) -> Failure<E, O> {
        Rejection::new(Fault::NotOffered).into()
    }
}

impl<C: fmt::Debug> fmt::Debug for Context<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Context")
            .field("caller", &self.caller)
            .field("operation", &self.operation().id)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}
