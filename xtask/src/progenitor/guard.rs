//! Turns a panic of a library into a message. Catches nothing else and prints nothing.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// The message of the panic that this thread is being watched for.
    static WATCHED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs a function; a panic inside becomes its message and its place in the library.
pub(super) fn catch<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    install();
    WATCHED.with(|watched| *watched.borrow_mut() = Some(String::new()));
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    let message = WATCHED
        .with(|watched| watched.borrow_mut().take())
        .unwrap_or_default();
    outcome.map_err(|_| message)
}

/// The hook is process-wide, so it is installed once and leaves threads alone that are not watched.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let watched = WATCHED.with(|watched| match watched.borrow_mut().as_mut() {
                Some(message) => {
                    *message = describe(info);
                    true
                }
                None => false,
            });
            if !watched {
                previous(info);
            }
        }));
    });
}

fn describe(info: &panic::PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("no message").replace('\n', " ");
    match info.location() {
        Some(location) => {
            let file = location.file().rsplit('/').next().unwrap_or_default();
            format!("it panicked at {file}:{}: {text}", location.line())
        }
        None => format!("it panicked: {text}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_a_message() {
        let message = super::catch(|| -> () { panic!("of one's own making") }).unwrap_err();
        assert!(message.starts_with("it panicked at guard.rs:"), "{message}");
        assert!(message.ends_with(": of one's own making"), "{message}");
    }
}
