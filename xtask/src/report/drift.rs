//! What was written, and how a folder differs, as text for a terminal.
//!
//! Compares nothing itself and prints nothing.

use std::fmt::Write as _;
use std::time::Duration;

use similar::TextDiff;

use super::terminal::count;
use crate::document::Source;
use crate::tree::{Drift, Tree};

/// The most lines of differences that one report shows.
const MAX_DIFF_LINES: usize = 100;

/// Renders what was written.
#[must_use]
pub fn written(source: &Source, tree: &Tree, drift: &[Drift], root: &str, elapsed: Duration) -> String {
    let mut out = String::new();
    for change in drift {
        let _ = writeln!(out, "{:>8} {root}/{}", verb(change, Mode::Written), change.path());
    }
    let changes = match drift.len() {
        0 => "nothing changed".to_owned(),
        number => format!("{number} changed"),
    };
    let files = count(tree.files().count(), "file");
    let _ = writeln!(
        out,
        "{}: {files} in {root}, {changes}, {} ms",
        source.name,
        elapsed.as_millis()
    );
    out
}

/// Renders how a folder differs, with the beginning of what would change, and the command to run.
#[must_use]
pub fn drift(tree: &Tree, drift: &[Drift], root: &str, command: &str) -> String {
    let mut out = String::new();
    if drift.is_empty() {
        let _ = writeln!(out, "{root}: fresh");
        return out;
    }
    for change in drift {
        let _ = writeln!(out, "{:>8} {root}/{}", verb(change, Mode::Check), change.path());
    }
    let diff: Vec<String> = drift
        .iter()
        .flat_map(|change| diff_lines(tree, change, root))
        .collect();
    if !diff.is_empty() {
        out.push('\n');
    }
    for line in diff.iter().take(MAX_DIFF_LINES) {
        let _ = writeln!(out, "{line}");
    }
    if diff.len() > MAX_DIFF_LINES {
        let _ = writeln!(out, "… and {} more lines", diff.len() - MAX_DIFF_LINES);
    }
    let _ = writeln!(out, "\nerror: {root} is not what the document gives");
    let _ = writeln!(out, "  = help: run `{command}` and commit the result");
    out
}

#[derive(Clone, Copy)]
enum Mode {
    Written,
    Check,
}

fn verb(change: &Drift, mode: Mode) -> &'static str {
    match (change, mode) {
        (Drift::Missing { .. }, Mode::Written) => "created",
        (Drift::Stale { .. }, Mode::Written) => "updated",
        (Drift::Orphan { .. }, Mode::Written) => "removed",
        (Drift::Missing { .. }, Mode::Check) => "missing",
        (Drift::Stale { .. }, Mode::Check) => "stale",
        (Drift::Orphan { .. }, Mode::Check) => "orphan",
    }
}

fn diff_lines(tree: &Tree, change: &Drift, root: &str) -> Vec<String> {
    let Drift::Stale { path, found } = change else {
        return Vec::new();
    };
    let planned = tree.get(path).unwrap_or_default();
    let diff = TextDiff::from_lines(found.as_str(), planned);
    let name = format!("{root}/{path}");
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header(&name, "planned")
        .to_string();
    text.lines().map(str::to_owned).collect()
}
