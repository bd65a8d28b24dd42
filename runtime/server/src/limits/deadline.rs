//! How long a handler and a body may take. Decides nothing about answers.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// Whether a request waits for its own body, and not for its handler.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waiting(Arc<AtomicBool>);

impl Waiting {
    fn set(&self, waits: bool) {
        self.0.store(waits, Ordering::Relaxed);
    }

    fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Runs a future for at most `longest`. The time in which `waiting` is set does not count, and the count
/// begins again after it. `None` where the time is over.
///
/// A future that never waits needs no clock.
pub(crate) async fn within<F: Future>(longest: Duration, waiting: Waiting, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut clock: Option<Pin<Box<Sleep>>> = None;
    poll_fn(|context| {
        let waited = waiting.get();
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let clock = clock.get_or_insert_with(|| Box::pin(sleep(longest)));
        if (waited || waiting.get())
            && let Some(deadline) = Instant::now().checked_add(longest)
        {
            clock.as_mut().reset(deadline);
        }
        clock.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Gives the body of a request at most `longest` from the moment in which it is first waited for. After
/// that it fails with an error that [`is_late`].
pub(crate) fn watch(request: Request, longest: Duration, waiting: &Waiting) -> Request {
    request.map(|body| {
        if body.is_end_stream() {
            body
        } else {
            Body::new(Timed {
                body,
                longest,
                clock: None,
                waiting: waiting.clone(),
            })
        }
    })
}

/// Whether an error of a body says that it took too long.
pub(crate) fn is_late(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<Late>() {
            return true;
        }
        next = error.source();
    }
    false
}

#[derive(Debug)]
struct Late;

impl fmt::Display for Late {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the body did not arrive in time")
    }
}

impl Error for Late {}

struct Timed {
    body: Body,
    longest: Duration,
    clock: Option<Pin<Box<Sleep>>>,
    waiting: Waiting,
}

impl HttpBody for Timed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.waiting.set(polled.is_pending());
        if polled.is_ready() {
            return polled;
        }
        let longest = self.longest;
        let clock = self.clock.get_or_insert_with(|| Box::pin(sleep(longest)));
        if clock.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.waiting.set(false);
        Poll::Ready(Some(Err(axum::Error::new(Late))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        // A handler that gives the body up no longer waits for it.
        self.waiting.set(false);
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};
    use std::time::Duration;

    use axum::body::{Body, Bytes};
    use axum::extract::Request;
    use futures_core::Stream;
    use http_body_util::BodyExt as _;
    use tokio::time::{Instant, sleep};

    use super::{Waiting, is_late, watch, within};

    const LONGEST: Duration = Duration::from_millis(100);

    /// A body of which nothing arrives.
    struct Never;

    impl Stream for Never {
        type Item = io::Result<Bytes>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Pending
        }
    }

    #[tokio::test(start_paused = true)]
    async fn future_that_takes_too_long_has_no_output() {
        let start = Instant::now();
        assert_eq!(within(LONGEST, Waiting::default(), pending::<()>()).await, None);
        assert_eq!(start.elapsed(), LONGEST);
        let shorter = sleep(Duration::from_millis(99));
        assert_eq!(within(LONGEST, Waiting::default(), shorter).await, Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_the_body_is_waited_for_does_not_count() {
        let waiting = Waiting::default();
        let inner = waiting.clone();
        let work = async move {
            inner.set(true);
            sleep(LONGEST * 5).await;
            inner.set(false);
            sleep(LONGEST / 2).await;
        };
        assert_eq!(within(LONGEST, waiting, work).await, Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn body_that_takes_too_long_fails_as_late() {
        let body = Body::from_stream(Never);
        let request = watch(Request::new(body), LONGEST, &Waiting::default());
        let error = request.into_body().collect().await.unwrap_err();
        assert!(is_late(&error), "{error}");
    }

    #[tokio::test]
    async fn body_that_is_there_needs_no_time() {
        let request = watch(
            Request::new(Body::from("all of it")),
            Duration::ZERO,
            &Waiting::default(),
        );
        let bytes = request.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(bytes, "all of it");
    }
}
