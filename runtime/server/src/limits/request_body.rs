//! The body of a request within its limits: it has to arrive in time, and what is left of it when it is given
//! up is discarded. Looks at none of its bytes.
//!
//! Wraps what an operation reads, whatever serves the router. That a body was received to its end is another
//! question, which only a server on its own connections asks: `serve::service` has a wrapper for that.

use std::error::Error;
use std::iter;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::EXPECT;
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::limits::deadline::{Late, Waiting};
use crate::limits::discard;

/// Gives the body of a request with these headers at most `longest` from the moment in which it is first waited for.
/// After that it fails with [`Late`]. Gives with it whether it is being waited for.
pub(crate) fn limit(headers: &HeaderMap, body: Body, longest: Duration) -> (Body, Waiting) {
    if body.is_end_stream() {
        return (body, Waiting::NEVER);
    }
    // A caller that waits for permission to send has sent nothing, and should not be told to.
    let rest = if headers.contains_key(EXPECT) {
        Rest::Left
    } else {
        Rest::Discarded
    };
    let waiting = Waiting::new();
    let body = Body::new(LimitedBody {
        body: Some(body),
        rest,
        longest,
        clock: None,
        waiting: waiting.clone(),
    });
    (body, waiting)
}

/// Whether an error of a body is a `T`, or has one among its causes.
pub(crate) fn has_cause<T: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut causes = iter::successors(Some(error), |&error| error.source());
    causes.any(|error| error.is::<T>())
}

/// What happens to what is left of a body that is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Discarded,
    Left,
}

struct LimitedBody {
    /// The body, until its end was read.
    body: Option<Body>,
    rest: Rest,
    longest: Duration,
    clock: Option<Pin<Box<Sleep>>>,
    waiting: Waiting,
}

impl HttpBody for LimitedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = self.body.as_mut() else {
            return Poll::Ready(None);
        };
        let polled = Pin::new(body).poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        if polled.is_ready() {
            self.waiting.end();
            return polled;
        }
        self.waiting.begin();
        let longest = self.longest;
        let clock = self.clock.get_or_insert_with(|| Box::pin(sleep(longest)));
        if clock.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.waiting.end();
        Poll::Ready(Some(Err(axum::Error::new(Late))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.body.as_ref();
        body.map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for LimitedBody {
    fn drop(&mut self) {
        // A handler that gives the body up no longer waits for it.
        self.waiting.end();
        let rest = self.body.take().filter(|body| !body.is_end_stream());
        if let (Some(body), Rest::Discarded) = (rest, self.rest) {
            discard::in_background(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};
    use std::time::Duration;

    use axum::body::{Body, Bytes};
    use axum::http::HeaderMap;
    use futures_core::Stream;
    use http_body_util::BodyExt as _;

    use super::{has_cause, limit};
    use crate::limits::deadline::Late;

    /// A body of which nothing arrives.
    struct Never;

    impl Stream for Never {
        type Item = io::Result<Bytes>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Pending
        }
    }

    #[tokio::test(start_paused = true)]
    async fn body_that_takes_too_long_fails_as_late() {
        let body = Body::from_stream(Never);
        let longest = Duration::from_millis(100);
        let (body, _) = limit(&HeaderMap::new(), body, longest);
        let error = body.collect().await.unwrap_err();
        assert!(has_cause::<Late>(&error), "{error}");
    }

    #[tokio::test]
    async fn body_that_is_there_needs_no_time() {
        let body = Body::from("all of it");
        let (body, _) = limit(&HeaderMap::new(), body, Duration::ZERO);
        let bytes = body.collect().await.unwrap().to_bytes();
        assert_eq!(bytes, "all of it");
    }
}
