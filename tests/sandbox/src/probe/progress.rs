//! A line on the terminal that says how far the probe is. Writes nothing where standard error is no terminal.

use std::io::{self, IsTerminal as _, Write as _};

pub(super) struct Progress {
    total: usize,
    is_shown: bool,
}

const WIDTH: usize = 30;

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        Self {
            total,
            is_shown: io::stderr().is_terminal(),
        }
    }

    /// Shows how many requests are done, and what is next.
    pub(super) fn show(&self, done: usize, next: &str) {
        if self.is_shown {
            let full = WIDTH * done / self.total.max(1);
            let next: String = next.chars().take(35).collect();
            write(&format!(
                "\r[{:WIDTH$}] {done}/{} {next}\x1b[K",
                "=".repeat(full),
                self.total
            ));
        }
    }

    /// Clears the line.
    pub(super) fn end(&self) {
        if self.is_shown {
            write("\r\x1b[K");
        }
    }
}

/// A terminal that is gone is no reason to stop.
fn write(text: &str) {
    let mut terminal = io::stderr();
    drop(
        terminal
            .write_all(text.as_bytes())
            .and_then(|()| terminal.flush()),
    );
}
