//! The layer that keeps every failing response in the envelope, whoever produced it. Never looks into a body.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::BoxError;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, ALLOW, CONNECTION, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use axum::http::{HeaderName, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use fonedynamics_contract::{Envelope, Fault};
use futures_util::FutureExt as _;
use serde::Serialize;
use tower::{Layer, Service, ServiceExt as _};

use crate::failure::challenge::{Challenge, Scheme};
use crate::failure::fault_bodies::FaultBodies;
use crate::failure::help::Help;
use crate::failure::mark;
use crate::failure::rejection::{ENCODING, Rejection};
use crate::failure::response::Responder;
use crate::limits::panic::{Panicked, catch};
use crate::request::request_id::{self, RequestId};
use crate::routes::without_body;

/// Keeps every failing response in the envelope `E`, whoever produced it.
///
/// Goes around a router and all that was put around it:
///
/// ```text
/// router.layer(compression).layer(rate_limit).layer(boundary)
/// ```
///
/// A response with a status of 400 or more that none of our routes wrote is folded: it becomes the envelope,
/// with the status that the document gives the fault's code: of a document without a 404, an unknown route
/// may be a 400. So does a panic of a layer, and an error of one that returns errors.
///
/// | response | becomes |
/// | --- | --- |
/// | 401, 407 | [`Fault::Credentials`], with a challenge if there was none |
/// | 402, 403, 409, 410, 412, 423, 424, 425, 451 | [`Fault::LayerForbidden`] |
/// | 429 | [`Fault::LayerRateLimited`] |
/// | 404, 405, 413, 415, 431 | the fault of our own routes that says the same; a 415 with `Accept-Encoding` names `Content-Encoding` |
/// | every other 4xx | [`Fault::LayerBadRequest`] |
/// | 500, and a panic | [`Fault::Internal`], [`Fault::Panic`] |
/// | 504 | [`Fault::HandlerTimeout`] |
/// | 408, every other status from 500 on, and an error of a layer | [`Fault::Unavailable`] |
///
/// Of the response, these headers stay: `Accept-Encoding`, `Allow`, `Retry-After`, `WWW-Authenticate`, `X-Request-Id`, `Vary`,
/// `Connection` and those of CORS (`Access-Control-*`). All others described the body that is gone, or could
/// say anything. A response below 400 passes as it is; both get an `X-Request-Id` if they have none.
///
/// # Which layer goes where
///
/// Inside: whatever can respond by itself or change a status. Rate and load limits, time limits, CORS,
/// authentication, compression, redirects, own routes. A layer that replaces a failing response of ours,
/// instead of changing its headers or encoding its body, loses the mark by which it is known, and the response
/// is folded like one that we did not write.
///
/// Layers that return errors, as those of `tower` do, go into one stack with a boundary that is the first of it: a
/// router takes no layers whose errors nobody handles. Generated servers have `boundary()` for it. An error is
/// [`Fault::Unavailable`], and logged.
///
/// ```
/// use axum::Router;
/// use fonedynamics_server_runtime::Boundary;
/// use tower::ServiceBuilder;
/// # use fonedynamics_contract::Envelope;
/// # use serde::Serialize;
///
/// fn limited<E: Envelope + Serialize>(router: Router, boundary: Boundary<E>) -> Router {
///     let layers = ServiceBuilder::new()
///         .layer(boundary)
///         .load_shed()
///         .concurrency_limit(500);
///     router.layer(layers)
/// }
/// ```
///
/// Outside: only what never responds by itself, such as tracing, metrics, and layers that set headers.
///
/// A response of an own route that must keep its bytes, such as that of a health check, carries [`Exempt`].
pub struct Boundary<E> {
    challenge: Challenge,
    bodies: FaultBodies,
    help: Help,
    envelope: PhantomData<fn() -> E>,
}

/// An extension of a response that passes the [`Boundary`] as it is, whatever its status. For routes that are
/// not part of the API:
///
/// ```
/// use axum::Extension;
/// use axum::http::StatusCode;
/// use axum::response::IntoResponse;
/// use fonedynamics_server_runtime::Exempt;
///
/// async fn health() -> impl IntoResponse {
///     (StatusCode::SERVICE_UNAVAILABLE, Extension(Exempt), "the queue is full")
/// }
/// # drop(health());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exempt;

impl<E> Boundary<E> {
    /// A boundary whose challenge is HTTP Basic, with the realm [`DEFAULT_REALM`](crate::DEFAULT_REALM).
    #[must_use]
    pub fn new() -> Self {
        Self {
            challenge: Challenge::default(),
            bodies: FaultBodies::default(),
            help: Help::default(),
            envelope: PhantomData,
        }
    }

    /// The realm in the challenge of a 401 that has none. What a header cannot carry becomes a question mark.
    #[must_use]
    pub fn realm(mut self, realm: &str) -> Self {
        self.challenge.set_realm(realm.to_owned());
        self
    }

    /// The address of the page that error codes are described on, such as the generated `errors.html`. Every failing
    /// response then has the header `Link: <PAGE#CODE>; rel="help"`. No address unless set, and none where a header
    /// cannot carry it. What is below the router needs [`Server::help`](crate::Server::help).
    #[must_use]
    pub fn help(mut self, page: &str) -> Self {
        self.help = Help::on(page);
        self
    }

    /// The schemes in that challenge. For generated code.
    #[must_use]
    pub fn schemes(mut self, schemes: &'static [Scheme]) -> Self {
        self.challenge.set_schemes(schemes);
        self
    }
}

impl<E> Default for Boundary<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for Boundary<E> {
    fn clone(&self) -> Self {
        Self {
            challenge: self.challenge.clone(),
            bodies: self.bodies.clone(),
            help: self.help.clone(),
            envelope: PhantomData,
        }
    }
}

impl<E> fmt::Debug for Boundary<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Boundary")
            .field("challenge", &self.challenge)
            .finish_non_exhaustive()
    }
}

impl<E, S> Layer<S> for Boundary<E> {
    type Service = Bounded<E, S>;

    fn layer(&self, inner: S) -> Self::Service {
        Bounded {
            boundary: self.clone(),
            inner,
        }
    }
}

/// A service within a [`Boundary`]. It never returns an error: those of `S` become responses.
pub struct Bounded<E, S> {
    boundary: Boundary<E>,
    inner: S,
}

impl<E, S: Clone> Clone for Bounded<E, S> {
    fn clone(&self) -> Self {
        Self {
            boundary: self.boundary.clone(),
            inner: self.inner.clone(),
        }
    }
}

impl<E, S> fmt::Debug for Bounded<E, S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Bounded").finish_non_exhaustive()
    }
}

impl<E, S> Service<Request> for Bounded<E, S>
where
    E: Envelope + Serialize,
    S: Service<Request> + Clone + Send + 'static,
    S::Response: IntoResponse,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    /// Always ready: that `S` is not is waited for with the request at hand, so that a failure can get a response.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let inner = self.inner.clone();
        let request_id = RequestId::of(&mut request);
        let responding = self
            .boundary
            .respond(request, &request_id, |request| inner.oneshot(request));
        Box::pin(responding.map(move |mut response| {
            request_id.stamp(&mut response);
            Ok(response)
        }))
    }
}

impl<E: Envelope + Serialize> Boundary<E> {
    /// The response of a service that is called, or the envelope in its place. Whoever asks for it stamps it.
    pub(crate) fn respond<C, F, T, X>(
        &self,
        request: Request,
        request_id: &RequestId,
        call: C,
    ) -> impl Future<Output = Response> + use<C, E, F, T, X>
    where
        C: FnOnce(Request) -> F,
        F: Future<Output = Result<T, X>>,
        T: IntoResponse,
        X: Into<BoxError>,
    {
        let help = self.help.clone();
        let bound = Bound {
            request_id: request_id.clone(),
            is_head: request.method() == Method::HEAD,
            challenge: self.challenge.clone(),
            bodies: self.bodies.clone(),
        };
        let panicked = bound.clone();
        let responding = call(request).map(move |outcome| bound.response::<E, _, _>(outcome));
        catch(responding).map(move |caught| {
            let mut response = caught.unwrap_or_else(|panic| panicked.response_to_panic::<E>(panic));
            help.link(&mut response);
            response
        })
    }
}

/// What the response to one request needs to know.
#[derive(Clone)]
struct Bound {
    is_head: bool,
    challenge: Challenge,
    bodies: FaultBodies,
    request_id: RequestId,
}

impl Bound {
    fn response<E: Envelope + Serialize, T: IntoResponse, X: Into<BoxError>>(
        &self,
        outcome: Result<T, X>,
    ) -> Response {
        match outcome.map(IntoResponse::into_response) {
            Ok(response) if passes(&response) => response,
            Ok(response) => self.sent(fold::<E>(&self.responder(), &response)),
            Err(cause) => {
                let rejection = Rejection::because(Fault::Unavailable, cause);
                self.sent(self.responder().reject::<E>(rejection))
            }
        }
    }

    fn response_to_panic<E: Envelope + Serialize>(&self, panicked: Panicked) -> Response {
        self.sent(self.responder().respond_to_panic::<E>(panicked))
    }

    fn responder(&self) -> Responder<'_> {
        Responder {
            operation: None,
            request_id: &self.request_id,
            challenge: &self.challenge,
            bodies: &self.bodies,
        }
    }

    fn sent(&self, ours: Response) -> Response {
        if self.is_head { without_body(ours) } else { ours }
    }
}

fn passes(response: &Response) -> bool {
    let exempt = response.extensions().get::<Exempt>().is_some();
    exempt || response.status().as_u16() < 400 || mark::is_envelope(response)
}

/// The envelope in place of a response, with what its headers say of the failure and not of its body.
fn fold<E: Envelope + Serialize>(responder: &Responder<'_>, response: &Response) -> Response {
    let fault = fault_of(response.status());
    let rejection = match fault {
        // That is how a layer says that it is the coding, and not the type, that it does not know.
        Fault::MediaType if response.headers().contains_key(ACCEPT_ENCODING) => {
            Rejection::at(fault, ENCODING)
        }
        _ => Rejection::new(fault),
    };
    let mut folded = responder.reject::<E>(rejection);
    let unauthorized = folded.status() == StatusCode::UNAUTHORIZED;
    let kept = |name: &HeaderName| survives(name) || (unauthorized && name == WWW_AUTHENTICATE);
    for name in response.headers().keys().filter(|name| kept(name)) {
        folded.headers_mut().remove(name);
        for value in response.headers().get_all(name) {
            folded.headers_mut().append(name, value.clone());
        }
    }
    folded
}

/// The fault that the status of a foreign response means. Total: there is no status without one.
fn fault_of(status: StatusCode) -> Fault {
    match status.as_u16() {
        401 | 407 => Fault::Credentials,
        404 => Fault::UnknownRoute,
        405 => Fault::WrongMethod,
        413 => Fault::TooLarge,
        415 => Fault::MediaType,
        431 => Fault::HeadTooLarge,
        402 | 403 | 409 | 410 | 412 | 423 | 424 | 425 | 451 => Fault::LayerForbidden,
        429 => Fault::LayerRateLimited,
        0..=407 | 409..=428 | 430..=499 => Fault::LayerBadRequest,
        500 => Fault::Internal,
        504 => Fault::HandlerTimeout,
        // A layer says so of a handler that took too long, which is not the caller's fault.
        408 | 501.. => Fault::Unavailable,
    }
}

fn survives(name: &HeaderName) -> bool {
    name.as_str().starts_with("access-control-")
        || [
            ACCEPT_ENCODING,
            ALLOW,
            RETRY_AFTER,
            request_id::NAME,
            VARY,
            CONNECTION,
        ]
        .contains(name)
}

#[cfg(test)]
mod tests;
