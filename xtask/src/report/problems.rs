//! Problems as text for a terminal of 80 columns, and as JSON for editors.
//!
//! The only module that turns pointers into lines. Prints nothing itself.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Snippet};
use serde_json::json;

use super::terminal::{Palette, WIDTH, count, wrapped};
use crate::document::{Index, Source, Span};
use crate::problem::{Place, Problem};

/// The most problems that one report shows.
const MAX_SHOWN: usize = 20;

/// Renders problems in the order of the text.
#[must_use]
pub fn problems(source: &Source, index: &Index, problems: &[Problem], palette: Palette) -> String {
    let located = locate(index, problems);
    let mut out = String::new();
    for (span, problem) in located.iter().take(MAX_SHOWN) {
        let _ = writeln!(out, "{}\n", render(source, index, *span, problem, palette));
    }
    if located.len() > MAX_SHOWN {
        let more = count(located.len() - MAX_SHOWN, "more problem");
        let _ = writeln!(out, "and {more}\n");
    }
    let total = count(problems.len(), "problem");
    let summary = format!("{total} in {}; nothing was written", source.name);
    let summary = [Group::with_title(Level::ERROR.primary_title(summary))];
    let _ = writeln!(out, "{}", palette.renderer().render(&summary));
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

fn render(source: &Source, index: &Index, span: Option<Span>, problem: &Problem, palette: Palette) -> String {
    let id = problem.rule.id();
    let second = related(index, problem);
    // What the renderer puts in front of the first line, and aligns the others with.
    let title = wrapped(&problem.sentence, format!("error[{id}]: ").len());
    let lines = span.into_iter().chain(second.map(|(span, _)| span));
    let margin = lines.map(|span| span.line.to_string().len()).max().unwrap_or(1);
    let help = wrapped(&problem.help, margin + " = help: ".len());
    let title = Level::ERROR.primary_title(title).id(id);
    let first = match span.and_then(|span| snippet(source, span, AnnotationKind::Primary)) {
        Some(snippet) => title.element(snippet),
        None => title.element(Origin::path(&source.name)),
    };
    let mut groups = vec![first];
    if let Some((span, note)) = second {
        let title = Level::NOTE.secondary_title(wrapped(note, "note: ".len()));
        groups.extend(snippet(source, span, AnnotationKind::Context).map(|snippet| title.element(snippet)));
    }
    if let Some(last) = groups.pop() {
        groups.push(last.element(Level::HELP.message(help)));
    }
    palette.renderer().render(&groups)
}

/// The line of a span, with the span marked.
fn snippet<'s>(source: &'s Source, span: Span, kind: AnnotationKind) -> Option<Snippet<'s, Annotation<'s>>> {
    let (excerpt, marked) = excerpt(source, span)?;
    let snippet = Snippet::source(excerpt).line_start(span.line);
    Some(snippet.path(&source.name).annotation(kind.span(marked)))
}

/// The line of a span, and the bytes of it that the span covers. The renderer cuts a line to the terminal, but
/// looks at every character; so of a minified document it gets no more than it can show.
fn excerpt(source: &Source, span: Span) -> Option<(&str, Range<usize>)> {
    let line = source.text.split('\n').nth(span.line.checked_sub(1)?)?;
    let offset = |characters| {
        let mut offsets = line.char_indices().map(|(offset, _)| offset);
        offsets.nth(characters).unwrap_or(line.len())
    };
    let start = span.column.saturating_sub(1);
    let end = start + span.width.min(WIDTH);
    let shown = line.get(..offset(end + WIDTH))?;
    Some((shown, offset(start)..offset(end)))
}
