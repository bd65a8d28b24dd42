//! The table of operations, and the one place where it becomes a router.
//!
//! A route cannot be added later, so the fallbacks see them all and no response of the framework gets out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::ALLOW;
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use axum::routing::any_service;
use fonedynamics_contract::{Envelope, Fault};
use futures_util::FutureExt as _;
use serde::Serialize;
use tower::Service;

use crate::failure::Failure;
use crate::failure::challenge::{Challenge, Scheme};
use crate::failure::codes::Endpoint;
use crate::failure::rejection::Rejection;
use crate::failure::response::Responder;
use crate::limits::deadline::within;
use crate::limits::panic::catch;
use crate::limits::request_body::limit;
use crate::operation::Operation;
use crate::request::admission::Call;
use crate::request::context::Exchange;
use crate::request::request_id::{RequestId, identified};
use crate::response_headers::SuccessHeaders;
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
            router.route(path, any_service(Operations { methods, settings }))
        });
        let routed = routed.fallback(move |request: Request| {
            let settings = Arc::clone(&settings);
            identified(request, move |request, request_id| {
                future::ready(unrouted::<E>(
                    Fault::UnknownRoute,
                    &settings,
                    request,
                    &request_id,
                ))
            })
        });
        // Without this, axum makes the fallback anew for each request.
        routed.with_state(())
    }
}

/// The operations of one path.
struct Operations<E: Envelope> {
    methods: Arc<[(&'static Operation, Handler<E>)]>,
    settings: Arc<Settings>,
}

impl<E: Envelope> Clone for Operations<E> {
    fn clone(&self) -> Self {
        Self {
            methods: Arc::clone(&self.methods),
            settings: Arc::clone(&self.settings),
        }
    }
}

impl<E: Envelope + Serialize> Service<Request> for Operations<E> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut task::Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let operations = self.clone();
        let responding = identified(request, move |request, request_id| {
            operations.dispatch(request, &request_id)
        });
        Box::pin(responding.map(Ok))
    }
}

impl<E: Envelope + Serialize> Operations<E> {
    /// Hands a request to the operation of its method, if its path has one.
    fn dispatch(&self, request: Request, request_id: &RequestId) -> impl Future<Output = Response> + use<E> {
        let settings = &self.settings;
        // The router takes nothing between two slashes for the value of a parameter, and it is none.
        if request.uri().path().contains("//") {
            let response = unrouted::<E>(Fault::UnknownRoute, settings, request, request_id);
            return future::ready(response).left_future();
        }
        let method = match *request.method() {
            Method::HEAD => &Method::GET,
            _ => request.method(),
        };
        let mut methods = self.methods.iter();
        if let Some((operation, handler)) = methods.find(|(operation, _)| operation.method == *method) {
            return execute(operation, handler, settings, request, request_id).right_future();
        }
        let mut response = unrouted::<E>(Fault::WrongMethod, settings, request, request_id);
        if let Ok(allow) = HeaderValue::from_str(&allowed(&self.methods)) {
            response.headers_mut().insert(ALLOW, allow);
        }
        future::ready(response).left_future()
    }
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
    async move {
        let responder = Responder {
            operation: Some(operation),
            request_id: exchange.request_id.as_str(),
            challenge: &settings.challenge,
        };
        let responding = within(settings.handler_timeout, waiting, handled).map(|handled| match handled {
            Some(Ok(mut response)) => {
                exchange.success_headers.add_to(&mut response);
                response
            }
            Some(Err(failure)) => responder.respond(failure),
            None => responder.reject::<E>(Rejection::new(Fault::HandlerTimeout)),
        });
        // A handler may panic, also where it is dropped because it took too long, and so may an error that is
        // dropped once it is logged: all of that happens inside.
        let caught = catch(responding).await;
        caught.unwrap_or_else(|panicked| responder.respond_to_panic::<E>(panicked))
    }
}

/// The response to a request that reached no operation.
fn unrouted<E: Envelope + Serialize>(
    fault: Fault,
    settings: &Settings,
    request: Request,
    request_id: &RequestId,
) -> Response {
    let (parts, body) = request.into_parts();
    // Nobody reads the body, so what the caller still sends of it is discarded.
    drop(limit(&parts.headers, body, settings.read_timeout));
    let responder = Responder {
        operation: None,
        request_id: request_id.as_str(),
        challenge: &settings.challenge,
    };
    responder.reject::<E>(Rejection::new(fault))
}
