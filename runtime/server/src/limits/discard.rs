//! Lets a caller finish sending what nobody will read, so that it gets to read its answer.
//!
//! A connection that is closed while its peer is still sending is reset, and the answer is lost with it.
//! Looks at no byte of what it throws away.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

/// The most bytes that are thrown away for one request.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The longest that is waited for them.
pub(crate) const LONGEST: Duration = Duration::from_secs(5);

/// Watches a request's body: what is left of it when it is given up is read and thrown away, within bounds.
pub(crate) fn watch(request: Request) -> Request {
    // A caller that waits for permission to send has sent nothing, and should not be told to.
    let waits = request.headers().contains_key(EXPECT);
    request.map(|body| {
        if waits || body.is_end_stream() {
            body
        } else {
            Body::new(Watched(Some(body)))
        }
    })
}

/// A body, until its end was read.
struct Watched(Option<Body>);

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = self.0.as_mut() else {
            return Poll::Ready(None);
        };
        let polled = Pin::new(body).poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.0 = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0
            .as_ref()
            .map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let rest = self.0.take().filter(|body| !body.is_end_stream());
        // Without a runtime there is no connection either.
        if let (Some(body), Ok(runtime)) = (rest, tokio::runtime::Handle::try_current()) {
            runtime.spawn(tokio::time::timeout(LONGEST, throw_away(body)));
        }
    }
}

/// Reads what a caller still sends on a connection and throws it away, within the same bounds, until the
/// caller has seen that there is nothing more to come.
pub(crate) async fn drain(mut stream: TcpStream) {
    let throw_away = async {
        let mut left = MOST_BYTES;
        let mut bytes = vec![0; 16 * 1024];
        while let Ok(length @ 1..) = stream.read(&mut bytes).await {
            match left.checked_sub(length) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    let _ = tokio::time::timeout(LONGEST, throw_away).await;
}

async fn throw_away(mut body: Body) {
    let mut left = MOST_BYTES;
    while let Some(Ok(frame)) = body.frame().await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(length) {
            Some(rest) => left = rest,
            None => break,
        }
    }
}
