//! The requests that the sandbox saw. A layer that changes nothing of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use fonedynamics_server::Operation;
use http_body_util::BodyExt as _;

use crate::sandbox::switch::operation;

/// The most requests that are kept; the oldest give way.
const MOST: usize = 1000;

/// A request that the sandbox saw.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SeenRequest {
    /// The operation that it calls, or none.
    pub operation: Option<&'static Operation>,
    /// The method.
    pub method: Method,
    /// The path and the query, as they were sent.
    pub target: String,
    /// The headers. Credentials are not printed.
    pub headers: HeaderMap,
    /// The body, as much of it as was read: nothing of one that no handler asked for.
    pub body: Vec<u8>,
}

/// The requests. Clones are one recorder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder(Arc<Mutex<VecDeque<Recorded>>>);

#[derive(Debug)]
struct Recorded {
    request: SeenRequest,
    body: Arc<Mutex<Vec<u8>>>,
}

impl Recorder {
    /// The requests so far, in the order in which they came.
    pub(crate) fn requests(&self) -> Vec<SeenRequest> {
        let recorded = lock(&self.0);
        let requests = recorded.iter().map(|recorded| SeenRequest {
            body: lock(&recorded.body).clone(),
            ..recorded.request.clone()
        });
        requests.collect()
    }
}

/// The layer.
pub(crate) async fn record(
    State(recorder): State<Recorder>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let mut headers = request.headers().clone();
    if let Some(credentials) = headers.get_mut(AUTHORIZATION) {
        credentials.set_sensitive(true);
    }
    let body = Arc::new(Mutex::new(Vec::new()));
    let seen = SeenRequest {
        operation: path.and_then(|path| operation(&request, path.as_str())),
        method: request.method().clone(),
        target: request.uri().to_string(),
        headers,
        body: Vec::new(),
    };
    {
        let mut recorded = lock(&recorder.0);
        if recorded.len() >= MOST {
            recorded.pop_front();
        }
        recorded.push_back(Recorded {
            request: seen,
            body: Arc::clone(&body),
        });
    }
    let request = request.map(|sent| {
        let frames = sent.map_frame(move |frame| {
            if let Some(data) = frame.data_ref() {
                lock(&body).extend_from_slice(data);
            }
            frame
        });
        Body::new(frames)
    });
    next.run(request).await
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
