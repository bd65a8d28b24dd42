//! Turns a panic into a value. Does not decide what the response is.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures_util::FutureExt as _;

/// The message of a panic. For the log only: it may hold anything.
#[derive(Debug)]
pub(crate) struct Panicked(pub(crate) String);

/// Runs a future to its end, or to its panic.
///
/// Nothing that the future owned is used after a panic, which is why it need not be unwind safe. What it
/// shares with others, such as a server's state, must bear a panic as it bears one in any other thread.
pub(crate) fn catch<F: Future>(future: F) -> impl Future<Output = Result<F::Output, Panicked>> {
    // A function that is `async` would hold the future twice, here as where a future is handed on elsewhere.
    let caught = AssertUnwindSafe(future).catch_unwind();
    caught.map(|caught| caught.map_err(|payload| Panicked(text_of(payload))))
}

/// Runs a function to its end, or to its panic. What holds for [`catch`] holds here.
pub(crate) fn catch_now<T>(function: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(function)).map_err(|payload| Panicked(text_of(payload)))
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => match payload.downcast_ref::<&'static str>() {
            Some(text) => (*text).to_owned(),
            None => {
                // To drop a value that somebody thought fit to throw may panic once more.
                mem::forget(payload);
                "a payload that is no string".to_owned()
            }
        },
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
            "a payload that is no string"
        );
    }
}
