//! The report as a table of 80 columns: every situation; of the constraints what leaves the contract, and a count for
//! each operation.

use std::fmt::Write as _;

use textwrap::{Options, WordSplitter};

use crate::probe::row::{NEEDS_WRITE, ONLY_FROM_WITHIN, OUT_OF_TIME, Part, Row, count};
use crate::probe::verdict::Verdict;

/// The columns: the name, then status and media type, then the verdict.
const NAME: usize = 33;
const RESPONSE: usize = 29;

const WIDTH: usize = 80;

/// How many characters are shown of a media type, so that it fits beside the status; and of everything else that a server
/// sent.
const MEDIA_TYPE: usize = WIDTH - NAME - "400 ".len();
const LONGEST: usize = 200;

pub(super) fn report(url: &str, all: &[Row]) -> String {
    let mut text = String::new();
    line(&mut text, "Situation", "Response", "Verdict");
    for row in rows(all, Part::Situations) {
        whole(&mut text, row, &row.name);
    }
    text.push('\n');
    line(&mut text, "Operation and constraint", "", "As documented");
    let constraints: Vec<&Row> = rows(all, Part::Constraints).collect();
    for of_one in constraints.chunk_by(|one, next| one.operation == next.operation) {
        let sent = of_one
            .iter()
            .filter(|row| row.verdict != Verdict::NotSent)
            .count();
        let good = of_one
            .iter()
            .filter(|row| row.verdict == Verdict::AsDocumented)
            .count();
        let operation = of_one.first().map_or("", |row| &row.operation);
        let (not_sent, count) = match (of_one.len() - sent, sent) {
            (0, _) => (String::new(), format!("{good} of {sent}")),
            (left, 0) => (format!("{left} not sent"), "-".to_owned()),
            (left, _) => (format!("{left} not sent"), format!("{good} of {sent}")),
        };
        line(&mut text, operation, &not_sent, &count);
        for row in of_one.iter().filter(|row| row.verdict.is_finding()) {
            whole(&mut text, row, &format!("  {}", row.name));
        }
    }
    text.push('\n');
    summary(&mut text, url, all);
    text
}

fn rows(all: &[Row], part: Part) -> impl Iterator<Item = &Row> {
    all.iter().filter(move |row| row.part == part)
}

/// A row, and below it what was expected where something else came.
fn whole(text: &mut String, row: &Row, name: &str) {
    let got = &row.got;
    let media_type = got
        .media_type
        .as_deref()
        .unwrap_or(if got.status.is_some() { "no type" } else { "" });
    let response = match got.status {
        Some(status) => format!("{status} {}", printable(media_type, MEDIA_TYPE)),
        None => "-".to_owned(),
    };
    let verdict = match (row.verdict, &row.reason) {
        (Verdict::NotSent, Some(reason)) => reason,
        (verdict, _) => verdict.as_str(),
    };
    line(text, name, &response, verdict);
    let Some((_, expected)) = row.asked.as_ref().filter(|_| row.verdict.is_finding()) else {
        return;
    };
    let operation = match (row.part, row.operation.as_str()) {
        (Part::Constraints, _) | (_, "") => String::new(),
        (Part::Situations, operation) => format!("{operation}: "),
    };
    let came = got
        .envelope
        .as_ref()
        .map(|envelope| printable(&named(&envelope.code, &envelope.fields), LONGEST));
    let came: Vec<String> = came
        .into_iter()
        .chain(row.reason.clone())
        .filter(|part| !part.is_empty())
        .collect();
    let came = match came.as_slice() {
        [] => String::new(),
        parts => format!("; got {}", parts.join(", ")),
    };
    let wanted = named(&expected.code, &expected.fields);
    let words = format!("{operation}expected {} {wanted}{came}", expected.status);
    paragraph(text, &words, "    ", "      ");
}

/// Cells side by side. One that is too long for its column has the rest of the line.
fn line(text: &mut String, name: &str, response: &str, verdict: &str) {
    let is_long = |cell: &str, width: usize| cell.chars().count() >= width;
    let (alone, name) = if is_long(name, NAME) {
        (name, "")
    } else {
        ("", name)
    };
    if !alone.is_empty() {
        let _ = writeln!(text, "{alone}");
    }
    let mut row = format!("{name:NAME$}{response:RESPONSE$}");
    if is_long(response, RESPONSE) {
        let _ = writeln!(text, "{row}");
        row = " ".repeat(NAME + RESPONSE);
    }
    row.push_str(verdict);
    let _ = writeln!(text, "{}", row.trim_end());
}

/// Text that is broken at blanks.
fn paragraph(text: &mut String, words: &str, first: &str, others: &str) {
    let options = Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(others)
        // Flags are there to be copied.
        .word_splitter(WordSplitter::NoHyphenation);
    let _ = writeln!(text, "{}", textwrap::fill(words, options));
}

/// `PARAMETER_REQUIRED (To, Text)`
fn named(code: &str, fields: &[String]) -> String {
    match fields {
        [] => code.to_owned(),
        fields => format!("{code} ({})", fields.join(", ")),
    }
}

/// What a server sent, as far as it fits and does nothing to a terminal.
fn printable(sent: &str, longest: usize) -> String {
    sent.escape_default().take(longest).collect()
}

fn summary(text: &mut String, url: &str, all: &[Row]) {
    let good = count(all, Verdict::AsDocumented);
    let sent = all.len() - count(all, Verdict::NotSent);
    let because = |wanted: &str| {
        let reasons = all.iter().filter(|row| row.reason.as_deref() == Some(wanted));
        reasons.count()
    };
    let counted = format!("{good} of {sent} responses of {} are as documented.", url);
    paragraph(text, &counted, "", "");
    for (reason, sentence) in [
        (
            NEEDS_WRITE,
            "requests were not sent, because a server that is wrong might carry them out. Add --write to send them.",
        ),
        (
            OUT_OF_TIME,
            "requests were not sent, because time ran out. Raise --rate or --total-timeout.",
        ),
        (
            ONLY_FROM_WITHIN,
            "situations can be brought about by the server's author only, and are not counted.",
        ),
    ] {
        let left = because(reason);
        if left > 0 {
            paragraph(text, &format!("{left} {sentence}"), "", "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::probe::row::{Got, Part, Row};
    use crate::probe::verdict::Verdict;

    #[test]
    fn what_a_server_sends_stays_within_the_columns() {
        for media_type in ["x".repeat(300), "\u{1b}".repeat(300), "\u{6f22}".repeat(300)] {
            let row = Row {
                part: Part::Situations,
                name: "no credentials".to_owned(),
                operation: "listProjects".to_owned(),
                asked: None,
                got: Got {
                    status: Some(401),
                    media_type: Some(media_type),
                    envelope: None,
                },
                verdict: Verdict::NoEnvelope,
                reason: None,
            };
            let table = report("http://127.0.0.1/", &[row]);
            let fits = |line: &str| line.is_ascii() && line.len() <= 80;
            assert!(table.lines().all(fits), "{table}");
        }
    }
}
