//! Hands requests to the router and keeps the state of the connection. Responds to nothing that a router could
//! respond to.

use std::convert::Infallible;
use std::future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::header::{CONNECTION, HOST, TRANSFER_ENCODING};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Request, Version};
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use futures_util::FutureExt as _;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use serde::Serialize;
use tokio::time::Instant;
use tower::ServiceExt as _;

use super::access_log::{InFlight, LoggedPath};
use super::connection_state::{ConnectionState, Phase};
use super::places::Places;
use super::request_prefix::RequestPrefix;
use super::unread::Unread;
use crate::boundary::Boundary;
use crate::failure::challenge::Challenge;
use crate::failure::fault_bodies::FaultBodies;
use crate::failure::help::Help;
use crate::failure::rejection::Rejection;
use crate::failure::response::Responder;
use crate::request::request_id::RequestId;

/// What the HTTP library calls for each request of one connection.
pub(super) struct ConnectionService<E> {
    pub(super) router: Router,
    pub(super) boundary: Option<Boundary<E>>,
    pub(super) logged_path: LoggedPath,
    pub(super) help: Help,
    pub(super) peer: SocketAddr,
    pub(super) shared: ConnectionState,
    pub(super) places: Arc<Places>,
}

impl<E: Envelope + Serialize> ConnectionService<E> {
    /// The response to one request, and what the connection has to know of both.
    pub(super) fn respond(
        &self,
        request: Request<Incoming>,
    ) -> impl Future<Output = Result<Response<ResponseBody>, Infallible>> + use<E> {
        let (shared, places) = (self.shared.clone(), Arc::clone(&self.places));
        let help = self.help.clone();
        let has_body = !request.body().is_end_stream();
        let length = request.body().size_hint().exact();
        let unread = length.map_or(Unread::CHUNKS, Unread::Bytes);
        let mut request = request.map(|body| {
            if has_body {
                let shared = shared.clone();
                Body::new(RequestBody { body, shared })
            } else {
                Body::empty()
            }
        });
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let request_id = RequestId::of(&mut request);
        let in_flight = InFlight {
            method: request.method().clone(),
            path: self.logged_path.of(request.uri()),
            request_id: request_id.clone(),
            since: Instant::now(),
        };
        let mut state = shared.lock();
        state.begin(in_flight, unread);
        // HTTP/1.1 leaves no choice here.
        let is_plain = names_host(&request) && has_plain_framing(request.headers(), &state.prefix);
        drop(state);
        let router = self.router.clone();
        let responding = match &self.boundary {
            _ if !is_plain => {
                let response = reject::<E>(Fault::Malformed, &request_id);
                future::ready(response).left_future()
            }
            Some(boundary) => boundary
                .respond(request, &request_id, |request| router.oneshot(request))
                .left_future()
                .right_future(),
            None => router
                .oneshot(request)
                .map(|Ok(response)| response)
                .right_future()
                .right_future(),
        };
        responding.map(move |mut response| {
            if response.status().is_informational() {
                // The HTTP library would make an empty response of it.
                response = reject::<E>(Fault::Internal, &request_id);
            }
            request_id.stamp(&mut response);
            help.link(&mut response);
            let mut state = shared.lock();
            if state.shutting_down || places.are_awaited() {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
            }
            if let Some(in_flight) = state.in_flight.take() {
                in_flight.record(&response);
            }
            state.last = closes(response.headers());
            state.enter(Phase::Responding);
            drop(state);
            Ok(response.map(|body| ResponseBody { body, shared }))
        })
    }
}

/// Whether there is exactly one host where there must be, and none that is malformed. An empty one is allowed.
fn names_host<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => request.version() < Version::HTTP_11,
        (Some(host), None) => {
            let host = host.as_bytes();
            is_plain_host(host) || Authority::try_from(host).is_ok_and(|host| is_host(&host))
        }
        (Some(_), Some(_)) => false,
    }
}

/// Whether this is nothing, or a name or an IPv4 address with perhaps a port, as almost every host is: then there is no
/// need to parse it.
fn is_plain_host(host: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let colon = host.iter().position(|byte| !is_name(byte));
    match host.split_at(colon.unwrap_or(host.len())) {
        ([], []) | ([_, ..], []) => true,
        ([_, ..], [b':', port @ ..]) => port.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Whether an authority is a host and perhaps a port, without a user.
fn is_host(authority: &Authority) -> bool {
    let text = authority.as_str();
    let port = text
        .strip_prefix(authority.host())
        .and_then(|rest| rest.strip_prefix(':'));
    let port = port.unwrap_or_default();
    !text.contains('@') && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a body has one length at most, and no coding but that of its chunks. A proxy in front may read others
/// differently, and see another request behind the body than this server.
fn has_plain_framing(headers: &HeaderMap, head: &RequestPrefix) -> bool {
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => true,
        (Some(coding), None) => coding.as_bytes().eq_ignore_ascii_case(b"chunked") && !head.has_length,
        (Some(_), Some(_)) => false,
    }
}

/// The response to a request that reached no router.
pub(super) fn reject<E: Envelope + Serialize>(fault: Fault, request_id: &RequestId) -> Response {
    let responder = Responder {
        operation: None,
        request_id,
        challenge: &Challenge::default(),
        bodies: &FaultBodies::default(),
    };
    responder.reject::<E>(Rejection::new(fault))
}

fn closes(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONNECTION).iter();
    values.any(|value| {
        let options = value.to_str().unwrap_or_default().split(',');
        options
            .map(str::trim)
            .any(|option| option.eq_ignore_ascii_case("close"))
    })
}

/// The body of a request, which tells when it is over. Besides what limits a body for an operation, because the
/// connection has to know this whoever reads the body, and also where nobody does.
struct RequestBody {
    body: Incoming,
    shared: ConnectionState,
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let ended = matches!(polled, Poll::Ready(None | Some(Err(_))));
        let mut state = self.shared.lock();
        state.awaits_body = polled.is_pending();
        if polled.is_pending() {
            state.body_awaited.get_or_insert_with(Instant::now);
        } else if ended || self.body.is_end_stream() {
            state.end_request();
        }
        drop(state);
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        self.shared.lock().end_request();
    }
}

/// The body of a response, which tells when it is over.
pub(super) struct ResponseBody {
    body: Body,
    shared: ConnectionState,
}

impl HttpBody for ResponseBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for ResponseBody {
    /// The library drops a body as soon as it has buffered the last of it, before it flushes.
    fn drop(&mut self) {
        self.shared.lock().end_response();
    }
}

#[cfg(test)]
mod tests {
    use axum::http::uri::Authority;

    use super::{is_host, is_plain_host};

    #[test]
    fn plain_host_is_what_parsing_takes_for_a_host() {
        let mut hosts = vec![String::new()];
        for length in 0..=5 {
            let longest = hosts.iter().filter(|host| host.len() == length);
            let longer: Vec<_> = longest
                .flat_map(|host| ['a', '1', '.', '-', ':', '@'].map(|end| format!("{host}{end}")))
                .collect();
            hosts.extend(longer);
        }
        hosts.push("a:123456".to_owned());
        for host in hosts.iter().filter(|host| !host.is_empty()) {
            let parsed = Authority::try_from(host.as_str()).is_ok_and(|host| is_host(&host));
            assert!(parsed || !is_plain_host(host.as_bytes()), "{host}");
        }
        assert!(
            ["", "127.0.0.1:8080", "localhost"]
                .iter()
                .all(|host| is_plain_host(host.as_bytes()))
        );
    }
}
