//! Turns a panic inside a future into a value. Does not decide what to answer.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a panic said. For the log only: it may hold anything.
#[derive(Debug)]
pub(crate) struct Panicked(pub(crate) String);

/// Runs a future to its end, or to its panic.
///
/// Nothing that the future owned is used after a panic, which is why it need not be unwind safe. What it
/// shares with others, such as a server's state, must bear a panic as it bears one in any other thread.
pub(crate) async fn catch<F: Future>(future: F) -> Result<F::Output, Panicked> {
    Catch(Box::pin(future)).await
}

struct Catch<F>(Pin<Box<F>>);

impl<F: Future> Future for Catch<F> {
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(payload) => Poll::Ready(Err(Panicked(text_of(payload.as_ref())))),
        }
    }
}

fn text_of(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a payload that is not text".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[tokio::test]
    async fn panic_after_an_await_is_caught_with_its_text() {
        let panicked = catch(async {
            tokio::task::yield_now().await;
            panic!("number {}", 7);
        })
        .await;
        let Err(panicked) = panicked.map(|(): ()| ()) else {
            panic!("not caught")
        };
        assert_eq!(panicked.0, "number 7");
    }

    #[tokio::test]
    async fn values_pass_through() {
        assert_eq!(catch(async { 7 }).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn payload_that_is_not_text_is_caught() {
        let outcome = catch(async { std::panic::panic_any(7_u8) }).await;
        assert_eq!(
            outcome.map(|(): ()| ()).unwrap_err().0,
            "a payload that is not text"
        );
    }
}
