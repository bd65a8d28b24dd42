//! Problems as text for a terminal of 80 columns, and as JSON for editors.
//!
//! The only module that turns pointers into lines. Prints nothing itself.

use std::fmt::Write as _;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::terminal::{Palette, WIDTH, count, wrap};
use crate::document::{Index, Source, Span};
use crate::problem::{Place, Problem};

/// The most problems that one report shows.
const MAX_SHOWN: usize = 20;
/// Longer excerpts are cut, so that the excerpt and its margin fit into a terminal, and a line of a minified
/// document does not flood it.
const MAX_EXCERPT: usize = WIDTH - 10;

/// Renders problems in the order of the text.
#[must_use]
pub fn problems(source: &Source, index: &Index, problems: &[Problem], palette: Palette) -> String {
    let located = locate(index, problems);
    let mut out = String::new();
    for (span, problem) in located.iter().take(MAX_SHOWN) {
        render(&mut out, source, index, *span, problem, palette);
        out.push('\n');
    }
    if located.len() > MAX_SHOWN {
        let more = count(located.len() - MAX_SHOWN, "more problem");
        let _ = writeln!(out, "and {more}\n");
    }
    let total = count(problems.len(), "problem");
    let error = palette.error("error");
    let _ = writeln!(out, "{error}: {total} in {}; nothing was written", source.name);
    out
}

/// All problems in the order of the text, as a JSON array for editors: rule, severity, sentence, help, file,
/// and line, column and width, which are null for a problem that has no place. Lines and columns count from
/// one. `related` is null or a second place: note, line, column and width.
#[must_use]
pub fn problems_json(source: &Source, index: &Index, problems: &[Problem]) -> String {
    let entries: Vec<_> = locate(index, problems)
        .into_iter()
        .map(|(span, problem)| {
            json!({
                "rule": problem.rule.id(),
                // There is one severity: what breaks a rule cannot be generated from.
                "severity": "error",
                "sentence": problem.sentence,
                "help": problem.help,
                "file": source.name,
                "line": span.map(|span| span.line),
                "column": span.map(|span| span.column),
                "width": span.map(|span| span.width),
                "related": related(index, problem).map(|(span, note)| json!({
                    "note": note,
                    "line": span.line,
                    "column": span.column,
                    "width": span.width,
                })),
            })
        })
        .collect();
    format!("{:#}\n", json!(entries))
}

fn locate<'p>(index: &Index, problems: &'p [Problem]) -> Vec<(Option<Span>, &'p Problem)> {
    let mut located: Vec<_> = problems
        .iter()
        .map(|problem| (place(index, &problem.place), problem))
        .collect();
    located.sort_by_key(|(span, problem)| (span.map(|span| (span.line, span.column)), problem.rule));
    located
}

fn place(index: &Index, place: &Place) -> Option<Span> {
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

/// The second place of a problem.
fn related<'p>(index: &Index, problem: &'p Problem) -> Option<(Span, &'p str)> {
    let related = problem.related.as_ref()?;
    Some((place(index, &related.place)?, &related.note))
}

fn render(
    out: &mut String,
    source: &Source,
    index: &Index,
    span: Option<Span>,
    problem: &Problem,
    palette: Palette,
) {
    let second = related(index, problem);
    let lines = span.into_iter().chain(second.map(|(span, _)| span));
    let digits = lines.map(|span| span.line.to_string().len()).max().unwrap_or(1);
    let frame = Frame {
        source,
        palette,
        digits,
    };
    let title = format!("error[{}]", problem.rule.id());
    let sentence = wrap(&format!("{title}: {}", problem.sentence), "", "  ");
    out.push_str(&sentence.replacen(&title, &palette.error(&title), 1));
    frame.show(out, span, |width| palette.error(&"^".repeat(width)));
    let margin = frame.margin();
    if let Some((span, note)) = second {
        let note = wrap(&format!("note: {note}"), "", "  ");
        out.push_str(&note.replacen("note", &palette.frame("note"), 1));
        frame.show(out, Some(span), |width| palette.frame(&"-".repeat(width)));
    }
    let help = wrap(
        &problem.help,
        &format!("{margin} = help: "),
        &format!("{margin}   "),
    );
    out.push_str(&help.replacen("help:", &palette.help("help:"), 1));
}

/// What the excerpts of one problem share.
struct Frame<'s> {
    source: &'s Source,
    palette: Palette,
    /// The width of the line numbers.
    digits: usize,
}

impl Frame<'_> {
    fn margin(&self) -> String {
        " ".repeat(self.digits)
    }

    /// A place, and its line with what marks it below.
    fn show(&self, out: &mut String, span: Option<Span>, mark: impl Fn(usize) -> String) {
        let margin = self.margin();
        let place = span
            .map(|span| format!(":{}:{}", span.line, span.column))
            .unwrap_or_default();
        let arrow = self.palette.frame("-->");
        let _ = writeln!(out, "{margin}{arrow} {}{place}", self.source.name);
        let bar = self.palette.frame("|");
        let Some(span) = span else {
            return;
        };
        if let Some((excerpt, offset, width)) = excerpt(self.source, span) {
            let number = self.palette.frame(&format!("{:>1$}", span.line, self.digits));
            let _ = writeln!(out, "{margin} {bar}");
            let _ = writeln!(out, "{number} {bar} {excerpt}");
            let _ = writeln!(out, "{margin} {bar} {}{}", " ".repeat(offset), mark(width));
        }
    }
}

/// The line of a span, cut to a window round it; the width of what stands before the span, and of the span.
fn excerpt(source: &Source, span: Span) -> Option<(String, usize, usize)> {
    let line = source.text.split('\n').nth(span.line.checked_sub(1)?)?;
    let start = span.column.saturating_sub(1);
    let end = start + span.width.min(WIDTH);
    let skipped = if end > MAX_EXCERPT {
        start.saturating_sub(MAX_EXCERPT / 2)
    } else {
        0
    };
    let visible = |character: char| if character.is_control() { ' ' } else { character };
    let window = || line.chars().skip(skipped).take(MAX_EXCERPT).map(visible);
    let before: String = window().take(start - skipped).collect();
    let marked: String = window().skip(start - skipped).take(end - start).collect();
    let shown: String = window().collect();
    Some((shown.trim_end().to_owned(), before.width(), marked.width().max(1)))
}
