//! A review for a terminal of 80 columns.

use std::fmt::Write as _;

use super::parts::{Reviewed, affected, changes, finding_values, reach};
use crate::report::terminal::{Palette, count, wrap};
use crate::review::{Finding, Level, Shown, Verdict};

/// The most notes that are shown.
const MAX_NOTES: usize = 20;

/// The most lines of what differs in Rust.
const MAX_LINES: usize = 40;

/// Renders a review.
#[must_use]
pub fn text(reviewed: &Reviewed<'_>, palette: Palette) -> String {
    let review = reviewed.review;
    let verdicts = review.verdicts;
    let shown = |verdict: Verdict| palette.paint(verdict.name(), verdict == Verdict::Major);
    let mut out = format!(
        "wire {}, Rust client {}, server trait {}\n",
        shown(verdicts.wire),
        shown(verdicts.client),
        shown(verdicts.server),
    );
    out.push_str(&wrap(&reviewed.version_line(), "", "  "));
    if !review.table.is_empty() {
        out.push_str("\nError codes\n");
    }
    for row in &review.table {
        let mark = match (&row.base, &row.head) {
            (None, _) => "+ ",
            (_, None) => "- ",
            _ => "  ",
        };
        let _ = writeln!(out, "{mark}{}", row.code);
        for (name, old, new) in changes(row) {
            let change = match (old.as_str(), new.as_str()) {
                ("", new) => format!("{name}: {new}"),
                (old, "") => format!("{name}: was {old}"),
                (old, new) => format!("{name}: {old} → {new}"),
            };
            out.push_str(&wrap(&change, "    ", "      "));
        }
    }
    let (graver, notes): (Vec<_>, Vec<_>) = review
        .findings
        .iter()
        .partition(|finding| finding.level() != Level::Note);
    for finding in graver {
        out.push('\n');
        out.push_str(&one(reviewed, finding, palette));
    }
    if !notes.is_empty() {
        out.push_str("\nNotes\n");
    }
    for finding in notes.iter().take(MAX_NOTES) {
        let places = reviewed.places(finding);
        let place = places
            .last()
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        out.push_str(&wrap(
            &format!("{}: {}{place}", finding.rule.id(), finding.sentence),
            "  ",
            "    ",
        ));
    }
    if notes.len() > MAX_NOTES {
        let more = count(notes.len() - MAX_NOTES, "more note");
        let _ = writeln!(out, "  and {more}; `--format html` shows them");
    }
    response(reviewed, &mut out);
    items(reviewed, &mut out);
    let failing = review.findings.iter().filter(|finding| finding.fails()).count();
    let total = count(review.findings.len(), "finding");
    let _ = writeln!(out, "\n{total}, {failing} of them failing");
    out
}

fn one(reviewed: &Reviewed<'_>, finding: &Finding, palette: Palette) -> String {
    let level = finding.level();
    let title = format!("{}[{}]", level.name(), finding.rule.id());
    let title_width = title.chars().count();
    let mut out = wrap(&format!("{title}: {}", finding.sentence), "", "  ");
    if let (Palette::Coloured, Some(rest)) = (palette, out.get(title_width..)) {
        out = format!("{}{rest}", palette.paint(&title, level.fails()));
    }
    for place in reviewed.places(finding) {
        let _ = writeln!(out, "  --> {place}");
    }
    for (when, value) in finding_values(finding) {
        out.push_str(&wrap(&value, &format!("  {}: ", when.to_lowercase()), "    "));
    }
    if let Some(reach) = reach(&finding.operations) {
        out.push_str(&wrap(&reach, "  reach: ", "    "));
    }
    let affected = affected(finding);
    if !affected.is_empty() {
        out.push_str(&wrap(&affected, "  who: ", "    "));
    }
    let help = finding.rule.explanation().help;
    out.push_str(&wrap(help, "  do: ", "    "));
    for problem in &finding.problems {
        let line = format!("{}: {}", problem.rule.id(), problem.sentence);
        out.push_str(&wrap(&line, "  problem: ", "    "));
    }
    if level.fails() {
        let _ = writeln!(out, "  fingerprint: {}", finding.fingerprint);
    }
    if let Some(reason) = &finding.accepted {
        out.push_str(&wrap(reason, "  accepted: ", "    "));
    }
    out
}

fn response(reviewed: &Reviewed<'_>, out: &mut String) {
    let Some(response) = &reviewed.review.affected else {
        return;
    };
    let _ = write!(out, "\nA response before and after: {}\n", response.name);
    for (when, shown) in [("before", &response.base), ("after", &response.head)] {
        match shown {
            Some(Shown { status, body }) => {
                let _ = writeln!(out, "  {when}: {status}");
                for line in format!("{body:#}").lines() {
                    let indent = 4 + line.len() - line.trim_start().len();
                    let (first, rest) = (" ".repeat(indent), " ".repeat(indent + 2));
                    out.push_str(&wrap(line.trim_start(), &first, &rest));
                }
            }
            None => {
                let _ = writeln!(out, "  {when}: none");
            }
        }
    }
}

fn items(reviewed: &Reviewed<'_>, out: &mut String) {
    let lines = reviewed.item_lines();
    if !lines.is_empty() {
        out.push_str("\nPublic items in Rust\n");
    }
    for line in lines.iter().take(MAX_LINES) {
        out.push_str(&wrap(line, "  ", "      "));
    }
    if lines.len() > MAX_LINES {
        let _ = writeln!(
            out,
            "  and {} more lines; `--format html` shows them",
            lines.len() - MAX_LINES
        );
    }
}
