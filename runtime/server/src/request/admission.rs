//! A request on its way to its handler: credentials first, then everything else.
//!
//! Reads nothing of parameters or body before the caller is admitted.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::mem;
use std::ops::Range;
use std::sync::Arc;

use axum::body::Body;
use fonedynamics_contract::{Envelope, Fault};

use crate::failure::Failure;
use crate::failure::rejection::Rejection;
use crate::operation::Operation;
use crate::request::context::{Context, Exchange};
use crate::request::credentials::FromAuthorization;
use crate::request::percent::{self, Plus};
use crate::request::refusal::Refusal;
use crate::validation::value::Values;
use crate::validation::violations::Violations;

/// A request whose caller is not admitted yet. All it can be asked for is to admit the caller.
///
/// `A` is the server, `E` the envelope of its failing responses.
pub struct Call<A, E: Envelope> {
    /// The server that is called.
    pub api: Arc<A>,
    exchange: Arc<Exchange>,
    body: Body,
    body_limit: usize,
    envelope: PhantomData<fn() -> E>,
}

/// The parameters and the body of a request whose caller is admitted, on their way to the handler.
///
/// They are read and checked in document order, each of them whatever became of those before, and then
/// [`finish`](Self::finish) gives what the handler cannot be called without.
pub struct Input<C, E: Envelope> {
    caller: C,
    pub(super) exchange: Arc<Exchange>,
    pub(super) query: Vec<Pair>,
    pub(super) body: Body,
    pub(super) body_limit: usize,
    /// The body, if one was sent.
    pub(super) json: Option<Values>,
    pub(super) violations: Violations<E>,
}

/// One pair of the query string.
pub(super) struct Pair {
    pub(super) key: Piece,
    /// `None` where it cannot be decoded.
    pub(super) value: Option<Piece>,
}

/// A text of the query string: a part of it, or what that is decoded to.
pub(super) enum Piece {
    Plain(Range<usize>),
    Decoded(String),
}

impl Piece {
    /// What stands there. `None` where it cannot be decoded.
    fn at(range: Range<usize>, query: &str) -> Option<Self> {
        let raw = query.get(range.clone())?;
        Some(match percent::decode(raw, Plus::Space)? {
            Cow::Borrowed(_) => Self::Plain(range),
            Cow::Owned(text) => Self::Decoded(text),
        })
    }

    pub(super) fn is(&self, text: &str, query: &str) -> bool {
        match self {
            Self::Plain(range) => query.as_bytes().get(range.clone()) == Some(text.as_bytes()),
            Self::Decoded(decoded) => decoded == text,
        }
    }

    pub(super) fn text<'a>(&'a self, query: &'a str) -> &'a str {
        match self {
            Self::Plain(range) => query.get(range.clone()).unwrap_or_default(),
            Self::Decoded(text) => text,
        }
    }
}

impl<A, E: Envelope> Call<A, E> {
    pub(crate) fn new(api: Arc<A>, exchange: Arc<Exchange>, body: Body, body_limit: usize) -> Self {
        Self {
            api,
            exchange,
            body,
            body_limit,
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
        let Some(credentials) = K::of(&self.exchange.parts.headers) else {
            return Err(Rejection::new(Fault::Credentials));
        };
        let body = mem::take(&mut self.body);
        match authenticate(&self.api, credentials, self.exchange.operation).await {
            Ok(caller) => Ok(self.admitted(caller, body)),
            Err(Refusal::Unauthorized) => Err(Rejection::new(Fault::Credentials)),
            Err(Refusal::Forbidden) => Err(Rejection::new(Fault::Forbidden)),
            Err(Refusal::Failed(cause)) => Err(Rejection::because(Fault::Internal, cause)),
        }
    }

    /// Admits anyone: for an operation that needs no credentials. Does not look at any.
    #[must_use]
    pub fn open(&mut self) -> Input<(), E> {
        let body = mem::take(&mut self.body);
        self.admitted((), body)
    }

    fn admitted<C>(&self, caller: C, body: Body) -> Input<C, E> {
        Input {
            caller,
            exchange: Arc::clone(&self.exchange),
            query: pairs(self.exchange.query()),
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
        Ok(Context::new(self.caller, self.exchange))
    }
}

/// Pairs whose key cannot be decoded are dropped: they are none that the document knows.
fn pairs(query: &str) -> Vec<Pair> {
    if query.is_empty() {
        return Vec::new();
    }
    let mut end = 0;
    // Faster by bytes, and the separators are ASCII.
    let pairs = query.as_bytes().split(|byte| *byte == b'&').filter_map(|pair| {
        let begin = end;
        // Behind the pair and what separates it from the next one.
        end += pair.len() + 1;
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let value = begin + pair.len().min(equals + 1)..begin + pair.len();
        (!pair.is_empty()).then_some(Pair {
            key: Piece::at(begin..begin + equals, query)?,
            value: Piece::at(value, query),
        })
    });
    pairs.collect()
}
