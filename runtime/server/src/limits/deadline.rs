//! How long a handler may take, and how the time in which it waits for its body is left out. Decides nothing
//! about responses.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// Whether a request waits for its own body, and not for its handler. One without a body never does.
#[derive(Clone, Debug)]
pub(crate) struct Waiting(Option<Arc<AtomicBool>>);

impl Waiting {
    pub(super) const NEVER: Self = Self(None);

    pub(super) fn new() -> Self {
        Self(Some(Arc::default()))
    }

    pub(super) fn begin(&self) {
        self.set(true);
    }

    pub(super) fn end(&self) {
        self.set(false);
    }

    fn set(&self, waits: bool) {
        if let Some(flag) = &self.0 {
            flag.store(waits, Ordering::Relaxed);
        }
    }

    fn is_on(&self) -> bool {
        self.0.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

/// Runs a future for at most `longest`. The time in which `waiting` is on does not count, and the count
/// begins again after it. `None` where the time is over.
///
/// A future that never waits needs no clock.
pub(crate) fn within<F: Future + Unpin>(
    longest: Duration,
    waiting: Waiting,
    mut future: F,
) -> impl Future<Output = Option<F::Output>> {
    let mut clock: Option<Pin<Box<Sleep>>> = None;
    poll_fn(move |context| {
        let waited = waiting.is_on();
        if let Poll::Ready(output) = Pin::new(&mut future).poll(context) {
            return Poll::Ready(Some(output));
        }
        let clock = clock.get_or_insert_with(|| Box::pin(sleep(longest)));
        if (waited || waiting.is_on())
            && let Some(deadline) = Instant::now().checked_add(longest)
        {
            clock.as_mut().reset(deadline);
        }
        clock.as_mut().poll(context).map(|()| None)
    })
}

/// A body took too long.
#[derive(Debug)]
pub(crate) struct Late;

impl fmt::Display for Late {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the body did not arrive in time")
    }
}

impl Error for Late {}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::{Waiting, within};

    const LONGEST: Duration = Duration::from_millis(100);

    #[tokio::test(start_paused = true)]
    async fn future_that_takes_too_long_has_no_output() {
        let start = Instant::now();
        assert_eq!(within(LONGEST, Waiting::NEVER, pending::<()>()).await, None);
        assert_eq!(start.elapsed(), LONGEST);
        let shorter = Box::pin(sleep(Duration::from_millis(99)));
        assert_eq!(within(LONGEST, Waiting::NEVER, shorter).await, Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_the_body_is_waited_for_does_not_count() {
        let waiting = Waiting::new();
        let inner = waiting.clone();
        let work = Box::pin(async move {
            inner.begin();
            sleep(LONGEST * 5).await;
            inner.end();
            sleep(LONGEST / 2).await;
        });
        assert_eq!(within(LONGEST, waiting, work).await, Some(()));
    }
}
