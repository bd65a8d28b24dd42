//! Hands requests to the router and tells the rest of the connection what is going on. Answers nothing that a
//! router could answer.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::header::{CONNECTION, HOST};
use axum::http::{HeaderMap, HeaderValue, Request, Version};
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use serde::Serialize;
use tokio::time::Instant;
use tower::ServiceExt as _;

use super::record::Asked;
use super::talk::{Phase, Talk};
use crate::answer;
use crate::request_id::{self, RequestId};

/// What the HTTP library calls for each request of one connection.
pub(super) struct Attended<E> {
    pub(super) router: Router,
    pub(super) peer: SocketAddr,
    pub(super) talk: Talk,
    pub(super) envelope: PhantomData<fn() -> E>,
}

type Answering = Pin<Box<dyn Future<Output = Result<Response<Told>, Infallible>> + Send>>;

impl<E: Envelope + Serialize> hyper::service::Service<Request<Incoming>> for Attended<E> {
    type Response = Response<Told>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        let has_body = !request.body().is_end_stream();
        let mut request = request.map(|body| {
            if has_body {
                let talk = self.talk.clone();
                Body::new(Received { body, talk })
            } else {
                Body::empty()
            }
        });
        let request_id = RequestId::of_request(&request);
        request.extensions_mut().insert(request_id.clone());
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let names_host =
            request.version() < Version::HTTP_11 || request.headers().get_all(HOST).iter().count() == 1;
        let asked = Asked {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            request_id: request_id.clone(),
            since: Instant::now(),
        };
        self.talk.lock().ask(asked, has_body);
        let (router, talk) = (self.router.clone(), self.talk.clone());
        Box::pin(async move {
            let mut response = if names_host {
                let Ok(response) = router.oneshot(request).await;
                response
            } else {
                // HTTP/1.1 leaves no choice here.
                answer::alone::<E>(Fault::Malformed, &request_id)
            };
            if response.status().is_informational() {
                // This is no answer, and the HTTP library would make an empty one of it.
                response = answer::alone::<E>(Fault::Internal, &request_id);
            }
            if !response.headers().contains_key(request_id::NAME) {
                request_id.stamp(response.headers_mut());
            }
            let mut state = talk.lock();
            if state.ending {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
            }
            if let Some(asked) = state.asked.take() {
                asked.record(&response);
            }
            state.last = closes(response.headers());
            state.enter(Phase::Answering);
            drop(state);
            Ok(response.map(|body| Told { body, talk }))
        })
    }
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

/// The body of a request, which tells when it is over.
struct Received {
    body: Incoming,
    talk: Talk,
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let ended = matches!(polled, Poll::Ready(None | Some(Err(_))));
        if ended || (polled.is_ready() && self.body.is_end_stream()) {
            self.talk.lock().end_request();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        self.talk.lock().end_request();
    }
}

/// The body of an answer, which tells when it is over.
pub(super) struct Told {
    body: Body,
    talk: Talk,
}

impl HttpBody for Told {
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

impl Drop for Told {
    /// The library drops a body in the same breath in which it buffers the last of it, before it flushes.
    fn drop(&mut self) {
        self.talk.lock().end_answer();
    }
}
