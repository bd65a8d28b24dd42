//! A request on its way to its handler: credentials first, then everything else.
//!
//! Reads nothing of parameters or body before the caller is admitted.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use fonedynamics_contract::Fault;

use crate::failure::rejection::Rejection;
use crate::operation::Operation;
use crate::request::context::Context;
use crate::request::credentials::Credentials;
use crate::request::percent::{self, Plus};
use crate::request::refusal::Refusal;
use crate::request::request_id::RequestId;

/// A request whose caller is not admitted yet. All it can be asked for is to admit the caller.
pub struct Incoming {
    operation: &'static Operation,
    request_id: RequestId,
    body_limit: usize,
    request: Request,
}

/// The parameters and the body of a request whose caller is admitted.
pub struct Input {
    pub(crate) operation: &'static Operation,
    pub(crate) parts: Arc<Parts>,
    pub(crate) query: Vec<Pair>,
    pub(crate) body: Body,
    pub(crate) body_limit: usize,
}

/// One pair of the query string.
pub(crate) struct Pair {
    pub(crate) key: String,
    /// `None` where it cannot be decoded.
    pub(crate) value: Option<String>,
}

impl Incoming {
    pub(crate) fn new(
        operation: &'static Operation,
        request_id: RequestId,
        body_limit: usize,
        request: Request,
    ) -> Self {
        Self {
            operation,
            request_id,
            body_limit,
            request,
        }
    }

    /// Admits the caller if `authenticate` accepts its credentials.
    ///
    /// # Errors
    ///
    /// If credentials are missing, malformed, wrong or not sufficient, or could not be checked.
    pub async fn admit<C, F>(
        self,
        authenticate: impl FnOnce(Credentials, &'static Operation) -> F,
    ) -> Result<(Context<C>, Input), Rejection>
    where
        F: Future<Output = Result<C, Refusal>>,
    {
        let Some(credentials) = Credentials::of(self.request.headers()) else {
            return Err(Rejection::new(Fault::Credentials));
        };
        match authenticate(credentials, self.operation).await {
            Ok(caller) => Ok(self.admitted(caller)),
            Err(Refusal::Unauthorized) => Err(Rejection::new(Fault::Credentials)),
            Err(Refusal::Forbidden) => Err(Rejection::new(Fault::Refused)),
            Err(Refusal::Failed(cause)) => Err(Rejection::because(Fault::Internal, cause)),
        }
    }

    /// Admits anyone: for an operation that needs no credentials. Does not look at any.
    #[must_use]
    pub fn open(self) -> (Context<()>, Input) {
        self.admitted(())
    }

    fn admitted<C>(self, caller: C) -> (Context<C>, Input) {
        let Self {
            operation,
            request_id,
            body_limit,
            request,
        } = self;
        let (parts, body) = request.into_parts();
        let query = pairs(parts.uri.query().unwrap_or_default());
        let parts = Arc::new(parts);
        let context = Context::new(caller, operation, request_id, Arc::clone(&parts));
        (
            context,
            Input {
                operation,
                parts,
                query,
                body,
                body_limit,
            },
        )
    }
}

/// Pairs whose key cannot be decoded are dropped: they are none that the document knows.
fn pairs(query: &str) -> Vec<Pair> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = percent::decode(key, Plus::Space)?;
            Some(Pair {
                key,
                value: percent::decode(value, Plus::Space),
            })
        })
        .collect()
}
