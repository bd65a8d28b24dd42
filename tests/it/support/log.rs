//! Keeps what the crates of this workspace write to the log. Asserts nothing.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing::{Dispatch, Level};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::{Identity, Layer, SubscriberExt as _};
use tracing_subscriber::registry::Registry;

/// The log of this thread, while this value lives. Servers of a test run on the thread of the test, unless the
/// test says otherwise.
pub(crate) struct Log {
    written: Written,
    _guard: DefaultGuard,
    /// With one subscriber alone, `tracing` asks only the thread that is the first to log at a place, which may
    /// be that of another test, whether anybody listens there. With two, it asks all subscribers.
    _second: Dispatch,
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn keep() -> Self {
        Self::keep_with(Identity::new())
    }

    /// The same, with one more layer that sees everything.
    pub(crate) fn keep_with(layer: impl Layer<Registry> + Send + Sync) -> Self {
        let written = Written::default();
        let writer = written.clone();
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_level(true)
            .with_target(false)
            .without_time()
            .with_span_events(FmtSpan::CLOSE)
            .with_writer(move || writer.clone())
            .with_filter(Targets::new().with_target("fonedynamics", Level::TRACE));
        let second = Dispatch::new(NoSubscriber::new());
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer).with(lines));
        Self {
            written,
            _guard: guard,
            _second: second,
        }
    }

    /// Everything so far: a line for each event, and one for each span when it ends.
    pub(crate) fn text(&self) -> String {
        let text = String::from_utf8(self.written.0.lock().unwrap().clone()).unwrap();
        text.lines()
            .map(|line| format!("{}\n", line.trim_start()))
            .collect()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
