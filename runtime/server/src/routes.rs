//! The table of operations, and the one place where it becomes a router.
//!
//! A route cannot be added later, so the fallbacks see them all and no answer of the framework gets out.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::ALLOW;
use axum::response::Response;
use axum::routing::any;
use fonedynamics_contract::{Envelope, Fault};
use serde::Serialize;

use crate::failure::Failure;
use crate::failure::codes::Endpoint;
use crate::failure::mark::ResponseMark;
use crate::failure::rejection::Rejection;
use crate::failure::response::Responder;
use crate::limits::deadline::{self, Waiting};
use crate::limits::discard;
use crate::limits::panic::catch;
use crate::operation::Method;
use crate::operation::Operation;
use crate::request::admission::Incoming;
use crate::request::request_id::RequestId;

/// The largest body that is accepted unless [`Routes::body_limit`] says otherwise, in bytes: 1 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 1024 * 1024;

/// The realm that callers without credentials are told of unless [`Routes::realm`] says otherwise.
pub const DEFAULT_REALM: &str = "api";

/// The longest that a handler may take unless [`Routes::handler_timeout`] says otherwise: 30 seconds.
pub const DEFAULT_HANDLER_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest that a body may take unless [`Routes::read_timeout`] says otherwise: 30 seconds.
pub const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The operations of a server on their way to a router.
///
/// `A` is the server, `E` the envelope of its failing answers.
pub struct Routes<A, E: Envelope> {
    api: Arc<A>,
    realm: String,
    body_limit: usize,
    handler_timeout: Duration,
    read_timeout: Duration,
    handlers: Vec<(&'static Operation, Handler<E>)>,
}

type Handler<E> = Arc<dyn Fn(Incoming) -> Outcome<E> + Send + Sync>;
type Outcome<E> = Pin<Box<dyn Future<Output = Result<Response, Failure<E, Any>>> + Send>>;

/// Any operation: once a handler is in the table, its failures need no longer tell whose they are.
enum Any {}

/// What every answer needs to know.
struct Settings {
    challenge: HeaderValue,
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
            realm: DEFAULT_REALM.to_owned(),
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
        self.realm = realm.into();
        self
    }

    /// The largest body that is accepted, in bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The longest that a handler may take, `authenticate` included. A request that takes longer is answered
    /// as a failure of the server, and its handler is dropped where it waits. The time in which the body
    /// arrives does not count: the handler has its full time from then on.
    #[must_use]
    pub fn handler_timeout(mut self, longest: Duration) -> Self {
        self.handler_timeout = longest;
        self
    }

    /// The longest that the body of a request may take to arrive, from the moment in which it is waited for.
    /// One that takes longer is answered as a failure of the caller, and its connection is closed.
    #[must_use]
    pub fn read_timeout(mut self, longest: Duration) -> Self {
        self.read_timeout = longest;
        self
    }

    /// Adds the function that carries out the operation `O`. For generated code.
    #[must_use]
    pub fn route<H, F, O>(mut self, handler: H) -> Self
    where
        H: Fn(Arc<A>, Incoming) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Failure<E, O>>> + Send + 'static,
        O: Endpoint,
    {
        let api = Arc::clone(&self.api);
        let handler = move |incoming| -> Outcome<E> {
            let future = handler(Arc::clone(&api), incoming);
            Box::pin(async move { future.await.map_err(Failure::for_any) })
        };
        self.handlers.push((O::OPERATION, Arc::new(handler)));
        self
    }

    /// The router. It answers every path, with the envelope where no operation lives there.
    ///
    /// # Panics
    ///
    /// If a path is not one that axum can route.
    pub fn into_router(self) -> Router {
        let settings = Arc::new(Settings {
            challenge: challenge(&self.realm),
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
            let answer =
                move |request: Request| dispatch(Arc::clone(&methods), Arc::clone(&settings), request);
            router.route(path, any(answer))
        });
        routed.fallback(move |request: Request| {
            let response = unrouted::<E>(Fault::UnknownRoute, &settings, &discard::watch(request));
            async move { response }
        })
    }
}

/// Hands a request to the operation of its method, if its path has one.
async fn dispatch<E: Envelope + Serialize>(
    methods: Arc<[(&'static Operation, Handler<E>)]>,
    settings: Arc<Settings>,
    request: Request,
) -> Response {
    let request = discard::watch(request);
    // The router takes nothing between two slashes for the value of a parameter, and it is none.
    if request.uri().path().contains("//") {
        return unrouted::<E>(Fault::UnknownRoute, &settings, &request);
    }
    let expected = match request.method().as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let found = methods
        .iter()
        .find(|(operation, _)| operation.method.as_str() == expected);
    if let Some((operation, handler)) = found {
        return carry_out(operation, Arc::clone(handler), settings, request).await;
    }
    let mut response = unrouted::<E>(Fault::WrongMethod, &settings, &request);
    if let Ok(allow) = HeaderValue::from_str(&allowed(&methods)) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// The methods of a path, as the `Allow` header lists them.
fn allowed<H>(methods: &[(&'static Operation, H)]) -> String {
    let names = methods.iter().map(|(operation, _)| match operation.method {
        Method::Get => "GET,HEAD",
        other => other.as_str(),
    });
    names.collect::<Vec<_>>().join(",")
}

/// Carries out an operation. Whatever happens, there is an answer.
async fn carry_out<E: Envelope + Serialize>(
    operation: &'static Operation,
    handler: Handler<E>,
    settings: Arc<Settings>,
    request: Request,
) -> Response {
    let request_id = RequestId::of_request(&request);
    let waiting = Waiting::default();
    let request = deadline::watch(request, settings.read_timeout, &waiting);
    let incoming = Incoming::new(operation, request_id.clone(), settings.body_limit, request);
    let responder = Responder {
        operation: Some(operation),
        request_id: &request_id,
        challenge: &settings.challenge,
    };
    // The call itself may panic, and so may a handler that is dropped where it waits and an error that is
    // dropped once it is logged, so all of that happens inside.
    let answered = catch(async {
        let handled = async { handler(incoming).await };
        match deadline::within(settings.handler_timeout, waiting, handled).await {
            Some(Ok(mut response)) => {
                response
                    .extensions_mut()
                    .insert(ResponseMark::of_success(operation));
                response
            }
            Some(Err(failure)) => responder.answer(failure),
            None => responder.answer_fault::<E>(Rejection::new(Fault::HandlerTimeout)),
        }
    });
    let answered = answered.await;
    let mut response = answered.unwrap_or_else(|panicked| responder.answer_panic::<E>(panicked));
    request_id.stamp(response.headers_mut());
    response
}

/// Answers a request that reached no operation.
fn unrouted<E: Envelope + Serialize>(fault: Fault, settings: &Settings, request: &Request) -> Response {
    let request_id = RequestId::of_request(request);
    let responder = Responder {
        operation: None,
        request_id: &request_id,
        challenge: &settings.challenge,
    };
    let mut response = responder.answer_fault::<E>(Rejection::new(fault));
    request_id.stamp(response.headers_mut());
    response
}

/// The challenge of a realm.
pub(crate) fn challenge(realm: &str) -> HeaderValue {
    let mut quoted = String::new();
    for character in realm.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            _ => quoted.push('?'),
        }
    }
    HeaderValue::from_str(&format!("Basic realm=\"{quoted}\""))
        .unwrap_or(HeaderValue::from_static("Basic realm=\"api\""))
}
