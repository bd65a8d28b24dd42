//! Problems and drift as text for a terminal of 80 columns, without colour.
//!
//! The only room that turns pointers into lines. Prints nothing itself.

use std::fmt::Write as _;
use std::time::Duration;

use similar::TextDiff;
use unicode_width::UnicodeWidthStr;

use crate::document::{Index, Source, Span};
use crate::problem::{Place, Problem};
use crate::tree::{Drift, Tree};

/// The width of a terminal.
const WIDTH: usize = 80;
/// The most problems that one report shows.
const MAX_SHOWN: usize = 20;
/// The most lines of differences that one report shows.
const MAX_DIFF_LINES: usize = 100;
/// Longer excerpts are cut, so that a line of a minified document does not flood the terminal.
const MAX_EXCERPT: usize = 100;

/// Renders problems in the order of the text.
#[must_use]
pub fn problems(source: &Source, index: &Index, problems: &[Problem]) -> String {
    let mut located: Vec<(Option<Span>, &Problem)> = problems
        .iter()
        .map(|problem| (locate(index, &problem.place), problem))
        .collect();
    located.sort_by_key(|(span, problem)| (span.map(|span| (span.line, span.column)), problem.rule));
    let mut out = String::new();
    for (span, problem) in located.iter().take(MAX_SHOWN) {
        render(&mut out, source, *span, problem);
        out.push('\n');
    }
    if located.len() > MAX_SHOWN {
        let more = count(located.len() - MAX_SHOWN, "more problem");
        let _ = writeln!(
            out,
            "and {more}
"
        );
    }
    let total = count(problems.len(), "problem");
    let _ = writeln!(out, "error: {total} in {}; nothing was written", source.name);
    out
}

/// `1 problem`, `2 problems`.
fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

fn locate(index: &Index, place: &Place) -> Option<Span> {
    match place {
        Place::Key(pointer) => index.key(pointer),
        Place::Value(pointer) => index.value(pointer),
        Place::Position { line, column } => Some(Span {
            line: *line,
            column: *column,
            width: 1,
        }),
        Place::Whole => None,
    }
}

fn render(out: &mut String, source: &Source, span: Option<Span>, problem: &Problem) {
    let sentence = format!("error[{}]: {}", problem.rule.id(), problem.sentence);
    wrap(out, &sentence, "", "  ");
    match span {
        None => {
            let _ = writeln!(out, " --> {}", source.name);
            help(out, " ", problem);
        }
        Some(span) => {
            let number = span.line.to_string();
            let margin = " ".repeat(number.len());
            let _ = writeln!(out, "{margin}--> {}:{}:{}", source.name, span.line, span.column);
            if let Some((excerpt, offset)) = excerpt(source, span) {
                let carets = "^".repeat(span.width.min(MAX_EXCERPT.saturating_sub(offset)).max(1));
                let _ = writeln!(out, "{margin} |");
                let _ = writeln!(out, "{number} | {excerpt}");
                let _ = writeln!(out, "{margin} | {}{carets}", " ".repeat(offset));
            }
            help(out, &margin, problem);
        }
    }
}

fn help(out: &mut String, margin: &str, problem: &Problem) {
    wrap(
        out,
        problem.rule.help(),
        &format!("{margin} = help: "),
        &format!("{margin}   "),
    );
}

fn wrap(out: &mut String, text: &str, first: &str, rest: &str) {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{line}");
    }
}

/// The line of a span, cut to a window round it, and the width of what stands before it.
fn excerpt(source: &Source, span: Span) -> Option<(String, usize)> {
    let line = source.text.split('\n').nth(span.line.checked_sub(1)?)?;
    let start = span.column.saturating_sub(1);
    let skipped = if start + span.width > MAX_EXCERPT {
        start.saturating_sub(MAX_EXCERPT / 2)
    } else {
        0
    };
    let visible = |character: char| if character.is_control() { ' ' } else { character };
    let shown: String = line
        .chars()
        .skip(skipped)
        .take(MAX_EXCERPT)
        .map(visible)
        .collect();
    let before: String = line
        .chars()
        .skip(skipped)
        .take(start - skipped)
        .map(visible)
        .collect();
    Some((shown.trim_end().to_owned(), before.width()))
}

/// Renders what was written.
#[must_use]
pub fn written(source: &Source, tree: &Tree, drift: &[Drift], root: &str, elapsed: Duration) -> String {
    let mut out = String::new();
    for change in drift {
        let _ = writeln!(out, "{:>8} {root}/{}", verb(change, Mode::Written), change.path());
    }
    let changes = match drift.len() {
        0 => "nothing changed".to_owned(),
        1 => "1 changed".to_owned(),
        more => format!("{more} changed"),
    };
    let count = tree.files().count();
    let _ = writeln!(
        out,
        "{}: {count} files in {root}, {changes}, {} ms",
        source.name,
        elapsed.as_millis()
    );
    out
}

/// Renders how a folder differs, with the beginning of what would change.
#[must_use]
pub fn drift(tree: &Tree, drift: &[Drift], root: &str) -> String {
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
    let _ = writeln!(out, "  = help: run `cargo xtask gen` and commit the result");
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
