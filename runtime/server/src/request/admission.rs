//! A request on its way to its handler: credentials first, then everything else.
//!
//! Reads nothing of parameters or body before the caller is admitted.

use std::marker::PhantomData;
use std::mem;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use fonedynamics_contract::{Envelope, Fault};

use crate::failure::Failure;
use crate::failure::rejection::Rejection;
use crate::operation::Operation;
use crate::request::context::Context;
use crate::request::credentials::FromAuthorization;
use crate::request::json::Json;
use crate::request::percent::{self, Plus};
use crate::request::refusal::Refusal;
use crate::request::request_id::RequestId;
use crate::validation::violations::Violations;

/// A request whose caller is not admitted yet. All it can be asked for is to admit the caller.
///
/// `A` is the server, `E` the envelope of its failing responses.
pub struct Call<A, E: Envelope> {
    /// The server that is called.
    pub api: Arc<A>,
    operation: &'static Operation,
    request_id: RequestId,
    body_limit: usize,
    request: Request,
    envelope: PhantomData<fn() -> E>,
}

/// The parameters and the body of a request whose caller is admitted, on their way to the handler.
///
/// They are read and checked in document order, each of them whatever became of those before, and then
/// [`finish`](Self::finish) gives what the handler cannot be called without.
pub struct Input<C, E: Envelope> {
    caller: C,
    request_id: RequestId,
    pub(super) operation: &'static Operation,
    pub(super) parts: Arc<Parts>,
    pub(super) query: Vec<Pair>,
    pub(super) body: Body,
    pub(super) body_limit: usize,
    /// The body, if one was sent.
    pub(super) json: Option<Json>,
    pub(super) violations: Violations<E>,
}

/// One pair of the query string.
pub(super) struct Pair {
    pub(super) key: String,
    /// `None` where it cannot be decoded.
    pub(super) value: Option<String>,
}

impl<A, E: Envelope> Call<A, E> {
    pub(crate) fn new(
        api: Arc<A>,
        operation: &'static Operation,
        request_id: RequestId,
        body_limit: usize,
        request: Request,
    ) -> Self {
        Self {
            api,
            operation,
            request_id,
            body_limit,
            request,
            envelope: PhantomData,
        }
    }

    /// Admits the caller if `authenticate` accepts its credentials.
    ///
    /// # Errors
    ///
    /// If credentials are missing, malformed, wrong or not sufficient, or could not be checked.
    pub async fn admit<'a, K, C, F>(
        &'a mut self,
        authenticate: impl FnOnce(&'a A, K, &'static Operation) -> F,
    ) -> Result<Input<C, E>, Rejection>
    where
        K: FromAuthorization,
        F: Future<Output = Result<C, Refusal>>,
    {
        let Some(credentials) = K::of(self.request.headers()) else {
            return Err(Rejection::new(Fault::Credentials));
        };
        let request = mem::take(&mut self.request);
        match authenticate(&self.api, credentials, self.operation).await {
            Ok(caller) => Ok(self.admitted(caller, request)),
            Err(Refusal::Unauthorized) => Err(Rejection::new(Fault::Credentials)),
            Err(Refusal::Forbidden) => Err(Rejection::new(Fault::Forbidden)),
            Err(Refusal::Failed(cause)) => Err(Rejection::because(Fault::Internal, cause)),
        }
    }

    /// Admits anyone: for an operation that needs no credentials. Does not look at any.
    #[must_use]
    pub fn open(&mut self) -> Input<(), E> {
        let request = mem::take(&mut self.request);
        self.admitted((), request)
    }

    fn admitted<C>(&self, caller: C, request: Request) -> Input<C, E> {
        let (parts, body) = request.into_parts();
        Input {
            caller,
            request_id: self.request_id.clone(),
            operation: self.operation,
            query: pairs(parts.uri.query().unwrap_or_default()),
            parts: Arc::new(parts),
            body,
            body_limit: self.body_limit,
            json: None,
            violations: Violations::new(),
        }
    }
}

impl<C, E: Envelope> Input<C, E> {
    /// What the handler knows about its request beside the parameters, if all of these are as documented.
    ///
    /// # Errors
    ///
    /// If a parameter or the body breaks a constraint of the document.
    pub fn finish<O>(self) -> Result<Context<C>, Failure<E, O>> {
        self.violations.finish()?;
        Ok(Context::new(
            self.caller,
            self.operation,
            self.request_id,
            self.parts,
        ))
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
