//! The table of operations, and the one place where it becomes a router.
//!
//! A route cannot be added later, so the fallbacks see them all and no response of the framework gets out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::{self, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_LENGTH};
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use futures_util::FutureExt as _;
use http_body::Body as _;
use serde::Serialize;
use tower::service_fn;

use crate::failure::Failure;
use crate::failure::challenge::{Challenge, Scheme};
use crate::failure::codes::Endpoint;
use crate::failure::fault_bodies::FaultBodies;
use crate::failure::rejection::Rejection;
use crate::failure::response::Responder;
use crate::limits::deadline::within;
use crate::limits::panic::catch_now;
use crate::limits::request_body::limit;
use crate::operation::Operation;
use crate::request::admission::Call;
use crate::request::context::Exchange;
use crate::request::request_id::RequestId;
use crate::response_headers::{REQUEST_ID, SuccessHeaders};
use crate::success::{self, Success};

/// The largest body that is accepted unless [`Routes::body_limit`] says otherwise, in bytes: 1 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 1024 * 1024;

/// The longest that a handler may take unless [`Routes::handler_timeout`] says otherwise: 30 seconds.
pub const DEFAULT_HANDLER_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest that a body may take unless [`Routes::read_timeout`] says otherwise: 30 seconds.
pub const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The operations of a server on their way to a router.
///
/// `A` is the server, `E` the envelope of its failing responses.
pub struct Routes<A, E: Envelope> {
    api: Arc<A>,
    challenge: Challenge,
    body_limit: usize,
    handler_timeout: Duration,
    read_timeout: Duration,
    handlers: Vec<(&'static Operation, Handler<E>)>,
}

type Handler<E> = Arc<dyn Fn(Arc<Exchange>, Body, usize) -> Outcome<E> + Send + Sync>;
type Outcome<E> = Pin<Box<dyn Future<Output = Result<Response, Failure<E, Any>>> + Send>>;

/// Any operation: once a handler is in the table, its failures need not name their operation.
enum Any {}

/// What every response needs to know.
struct Settings {
    challenge: Challenge,
    bodies: FaultBodies,
    body_limit: usize,
    handler_timeout: Duration,
    read_timeout: Duration,
}

impl<A, E> Routes<A, E>
where
    A: Send + Sync + 'static,
    E: Envelope + Serialize,
{
    /// A table without operations.
    #[must_use]
    pub fn new(api: A) -> Self {
        Self {
            api: Arc::new(api),
            challenge: Challenge::default(),
            body_limit: DEFAULT_BODY_LIMIT,
            handler_timeout: DEFAULT_HANDLER_TIMEOUT,
            read_timeout: DEFAULT_READ_TIMEOUT,
            handlers: Vec::new(),
        }
    }

    /// The realm in the `WWW-Authenticate` header of every 401. What a header cannot carry becomes a
    /// question mark.
    #[must_use]
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.challenge.set_realm(realm.into());
        self
    }

    /// The schemes in the `WWW-Authenticate` headers of every 401: those whose credentials `authenticate`
    /// takes. Only Basic unless set. For generated code.
    #[must_use]
    pub fn schemes(mut self, schemes: &'static [Scheme]) -> Self {
        self.challenge.set_schemes(schemes);
        self
    }

    /// The largest body that is accepted, in bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The longest that a handler may take, `authenticate` included. A request that takes longer fails
    /// as a failure of the server, and its handler is dropped where it waits. The time in which the body
    /// arrives does not count: the handler has its full time from then on.
    #[must_use]
    pub fn handler_timeout(mut self, longest: Duration) -> Self {
        self.handler_timeout = longest;
        self
    }

    /// The longest that the body of a request may take to arrive, from the moment in which it is waited for.
    /// One that takes longer is a failure of the caller, and its connection is closed.
    #[must_use]
    pub fn read_timeout(mut self, longest: Duration) -> Self {
        self.read_timeout = longest;
        self
    }

    /// Adds the function that executes the operation `O`. What it returns is serialised, and `()` is no body. For
    /// generated code.
    #[must_use]
    pub fn route<H, F, T, O>(self, handler: H) -> Self
    where
        H: Fn(Call<A, E>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<T, Failure<E, O>>> + Send + 'static,
        T: Serialize,
        O: Endpoint,
    {
        self.route_with_headers(&[], move |call| {
            handler(call).map(|handled| handled.map(Success::new))
        })
    }

    /// The same for an operation whose success has headers, some of which are `required`. For generated code.
    #[must_use]
    pub fn route_with_headers<H, F, T, O>(mut self, required: &'static [&'static str], handler: H) -> Self
    where
        H: Fn(Call<A, E>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Success<T>, Failure<E, O>>> + Send + 'static,
        T: Serialize,
        O: Endpoint,
    {
        let (api, handler) = (Arc::clone(&self.api), Arc::new(handler));
        let handler = move |exchange, body, body_limit| -> Outcome<E> {
            let (api, handler) = (Arc::clone(&api), Arc::clone(&handler));
            Box::pin(async move {
                let call = Call::new(api, exchange, body, body_limit);
                let success = handler(call).await.map_err(Failure::for_any)?;
                success::response(O::OPERATION, required, success)
            })
        };
        self.handlers.push((O::OPERATION, Arc::new(handler)));
        self
    }

    /// The router. It responds to every path, with the envelope where there is no operation.
    ///
    /// # Panics
    ///
    /// If a path is not one that axum can route.
    pub fn into_router(self) -> Router {
        let settings = Arc::new(Settings {
            challenge: self.challenge,
            bodies: FaultBodies::default(),
            body_limit: self.body_limit,
            handler_timeout: self.handler_timeout,
            read_timeout: self.read_timeout,
        });
        let mut paths: BTreeMap<&'static str, Vec<(&'static Operation, Handler<E>)>> = BTreeMap::new();
        for (operation, handler) in self.handlers {
            paths
                .entry(operation.path)
                .or_default()
                .push((operation, handler));
        }
        let routed = paths.into_iter().fold(Router::new(), |router, (path, methods)| {
            let (methods, settings): (Arc<[_]>, _) = (methods.into(), Arc::clone(&settings));
            router.route_service(
                path,
                service_fn(move |request| respond(&methods, &settings, request)),
            )
        });
        let routed =
            routed.fallback_service(service_fn(move |request| respond::<E>(&[], &settings, request)));
        // Without this, axum makes the fallback anew for each request.
        routed.with_state(())
    }
}

/// The response of a path with these operations. It has none where there is nothing at the path.
fn respond<E: Envelope + Serialize>(
    methods: &[(&'static Operation, Handler<E>)],
    settings: &Arc<Settings>,
    mut request: Request,
) -> impl Future<Output = Result<Response, Infallible>> + use<E> {
    let request_id = RequestId::of(&mut request);
    let is_head = request.method() == Method::HEAD;
    let method = if is_head { &Method::GET } else { request.method() };
    // The router takes nothing between two slashes for the value of a parameter, and it is none.
    let is_known = !methods.is_empty() && !request.uri().path().contains("//");
    let mut operations = methods.iter();
    let responding = match operations.find(|(operation, _)| is_known && operation.method == *method) {
        Some((operation, handler)) => {
            execute(operation, handler, settings, request, &request_id).left_future()
        }
        None => {
            let response = unrouted(is_known.then_some(methods), settings, request, &request_id);
            future::ready(response).right_future()
        }
    };
    responding.map(move |mut response| {
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, request_id.value());
        Ok(if is_head { without_body(response) } else { response })
    })
}

/// The methods of a path, as the `Allow` header lists them.
fn allowed<H>(methods: &[(&'static Operation, H)]) -> String {
    let names = methods.iter().map(|(operation, _)| match operation.method {
        Method::GET => "GET,HEAD",
        _ => operation.method.as_str(),
    });
    names.collect::<Vec<_>>().join(",")
}

/// Executes an operation. Whatever happens, there is a response.
fn execute<E: Envelope + Serialize>(
    operation: &'static Operation,
    handler: &Handler<E>,
    settings: &Arc<Settings>,
    request: Request,
    request_id: &RequestId,
) -> impl Future<Output = Response> + use<E> {
    request_id.note(operation);
    let (parts, body) = request.into_parts();
    let (body, waiting) = limit(&parts.headers, body, settings.read_timeout);
    let exchange = Arc::new(Exchange {
        operation,
        request_id: request_id.clone(),
        parts,
        success_headers: SuccessHeaders::default(),
    });
    let settings = Arc::clone(settings);
    let handled = handler(Arc::clone(&exchange), body, settings.body_limit);
    let mut handled = Some(within(settings.handler_timeout, waiting, handled));
    poll_fn(move |context| {
        let responder = Responder {
            operation: Some(operation),
            request_id: &exchange.request_id,
            challenge: &settings.challenge,
            bodies: &settings.bodies,
        };
        // A handler may panic, also where it is dropped because it took too long, and so may an error that is
        // dropped once it is logged: all of that happens inside.
        let caught = catch_now(|| {
            let polled = handled
                .as_mut()
                .map_or(Poll::Pending, |handled| handled.poll_unpin(context));
            polled.map(|output| {
                handled = None;
                match output {
                    Some(Ok(mut response)) => {
                        exchange.success_headers.add_to(&mut response);
                        response
                    }
                    Some(Err(failure)) => responder.respond(failure),
                    None => responder.reject::<E>(Rejection::new(Fault::HandlerTimeout)),
                }
            })
        });
        caught.unwrap_or_else(|panicked| Poll::Ready(responder.respond_to_panic::<E>(panicked)))
    })
}

/// The response to a request that reached no operation, but perhaps a path with others.
fn unrouted<E: Envelope + Serialize>(
    others: Option<&[(&'static Operation, Handler<E>)]>,
    settings: &Settings,
    request: Request,
    request_id: &RequestId,
) -> Response {
    let (parts, body) = request.into_parts();
    // Nobody reads the body, so what the caller still sends of it is discarded.
    drop(limit(&parts.headers, body, settings.read_timeout));
    let responder = Responder {
        operation: None,
        request_id,
        challenge: &settings.challenge,
        bodies: &settings.bodies,
    };
    let fault = others.map_or(Fault::UnknownRoute, |_| Fault::WrongMethod);
    let mut response = responder.reject::<E>(Rejection::new(fault));
    if let Some(allow) = others.and_then(|methods| HeaderValue::from_str(&allowed(methods)).ok()) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// The response to a `HEAD`: what its body would have been is in the headers only.
pub(crate) fn without_body(mut response: Response) -> Response {
    if let Some(length) = response.body().size_hint().exact() {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    *response.body_mut() = Body::empty();
    response
}
