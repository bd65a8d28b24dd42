//! A review as Markdown, short enough for the comment of a pull request.

use std::fmt::Write as _;

use super::parts::{Reviewed, affected, changes, finding_values, mark, reach};
use crate::report::terminal::count;
use crate::review::{Finding, Level, Shown, Verdict};

/// The most findings that are shown, and the most lines of what differs in Rust: a comment has a limit of 65,536
/// characters.
const MAX_FINDINGS: usize = 60;
const MAX_LINES: usize = 80;

/// Renders a review.
#[must_use]
pub fn markdown(reviewed: &Reviewed<'_>) -> String {
    let review = reviewed.review;
    let verdicts = review.verdicts;
    let shown = |verdict: Verdict| match verdict {
        Verdict::Major => "**MAJOR**".to_owned(),
        other => other.name().to_owned(),
    };
    let mut out = format!(
        "wire {} · Rust client {} · server trait {} · {}\n",
        shown(verdicts.wire),
        shown(verdicts.client),
        shown(verdicts.server),
        escaped(&reviewed.version_line())
    );
    if !review.table.is_empty() {
        out.push_str("\n### Error codes\n\n| code | | before | after |\n| --- | --- | --- | --- |\n");
    }
    for row in &review.table {
        let mark = mark(row);
        for (name, old, new) in changes(row) {
            let _ = writeln!(
                out,
                "| `{}`{mark} | {name} | {} | {} |",
                row.code,
                cell(&old),
                cell(&new)
            );
        }
    }
    let (graver, notes): (Vec<_>, Vec<_>) = review
        .findings
        .iter()
        .partition(|finding| finding.level() != Level::Note);
    if !graver.is_empty() {
        out.push_str("\n### Findings\n\n");
    }
    for finding in graver.iter().take(MAX_FINDINGS) {
        one(reviewed, finding, &mut out);
    }
    if !notes.is_empty() {
        let _ = write!(
            out,
            "\n<details><summary>{}</summary>\n\n",
            count(notes.len(), "note")
        );
        for finding in notes.iter().take(MAX_FINDINGS) {
            one(reviewed, finding, &mut out);
        }
        out.push_str("\n</details>\n");
    }
    let hidden = graver.len().saturating_sub(MAX_FINDINGS) + notes.len().saturating_sub(MAX_FINDINGS);
    if hidden > 0 {
        let _ = writeln!(out, "\nand {hidden} more findings, which `--format html` shows");
    }
    response(reviewed, &mut out);
    items(reviewed, &mut out);
    out
}

fn one(reviewed: &Reviewed<'_>, finding: &Finding, out: &mut String) {
    let mark = if finding.fails() { "❌ " } else { "" };
    let level = finding.level().name();
    let _ = write!(
        out,
        "- {mark}**{level}** `{}`: {}",
        finding.rule.id(),
        escaped(&finding.sentence)
    );
    let mut said = reviewed.places(finding);
    said.iter_mut().for_each(|place| *place = format!("`{place}`"));
    let places = said.join(" → ");
    if !places.is_empty() {
        let _ = write!(out, "\n  - Where: {places}");
    }
    for (when, value) in finding_values(finding) {
        let _ = write!(out, "\n  - {when}: {}", escaped(&value));
    }
    if let Some(reach) = reach(&finding.operations) {
        let _ = write!(out, "\n  - Reach: {}", escaped(&reach));
    }
    if finding.level() != Level::Note {
        let affected = affected(finding);
        if !affected.is_empty() {
            let _ = write!(out, "\n  - Who: {affected}");
        }
        let _ = write!(out, "\n  - Do: {}", finding.rule.explanation().help);
    }
    for problem in &finding.problems {
        let _ = write!(
            out,
            "\n  - Problem `{}`: {}",
            problem.rule.id(),
            escaped(&problem.sentence)
        );
    }
    if finding.level().fails() {
        let _ = write!(out, "\n  - Fingerprint: `{}`", finding.fingerprint);
    }
    if let Some(reason) = &finding.accepted {
        let _ = write!(out, "\n  - Accepted: {}", escaped(reason));
    }
    out.push('\n');
}

fn response(reviewed: &Reviewed<'_>, out: &mut String) {
    let Some(response) = &reviewed.review.affected else {
        return;
    };
    let _ = write!(
        out,
        "\n### A response before and after: {}\n",
        escaped(&response.name)
    );
    for (when, shown) in [("Before", &response.base), ("After", &response.head)] {
        match shown {
            Some(Shown { status, body }) => {
                let _ = write!(
                    out,
                    "\n{when}: {status}\n\n{}",
                    block("json", &format!("{body:#}"))
                );
            }
            None => {
                let _ = write!(out, "\n{when}: none\n");
            }
        }
    }
}

fn items(reviewed: &Reviewed<'_>, out: &mut String) {
    let lines = reviewed.item_lines();
    if lines.is_empty() {
        return;
    }
    let shown: Vec<_> = lines.iter().take(MAX_LINES).map(String::as_str).collect();
    let _ = write!(
        out,
        "\n### Public items in Rust\n\n{}",
        block("diff", &shown.join("\n"))
    );
    if lines.len() > MAX_LINES {
        let _ = writeln!(
            out,
            "\nand {} more lines, which `--format html` shows",
            lines.len() - MAX_LINES
        );
    }
}

/// A block of code that its text cannot end.
fn block(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// A text in the cell of a table.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}

/// A text in which nothing but pairs of backticks is Markdown: it may come from whoever proposes the change.
fn escaped(text: &str) -> String {
    // Backticks without their like would reach into what follows.
    let is_paired = !text.contains("``") && text.matches('`').count().is_multiple_of(2);
    let text = if is_paired {
        text.to_owned()
    } else {
        text.replace('`', "'")
    };
    let mut out = String::new();
    let mut is_code = false;
    for character in text.chars() {
        match character {
            '`' => is_code = !is_code,
            '\n' | '\r' => {
                out.push(' ');
                continue;
            }
            '<' if !is_code => {
                out.push_str("&lt;");
                continue;
            }
            // Or else it calls somebody.
            '@' if !is_code => {
                out.push_str("@\u{200b}");
                continue;
            }
            '*' | '_' | '[' | ']' | '#' | '\\' | '!' if !is_code => out.push('\\'),
            _ => {}
        }
        out.push(character);
    }
    out
}
