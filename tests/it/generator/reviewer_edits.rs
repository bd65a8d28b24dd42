//! Mistakes that people make in the real document, and where and how each is reported.
//!
//! The files of `fixtures/reviewer` hold the edits: a line `# what was edited`, and below it one edit or
//! several. An edit may be reported as several problems, but never as none.

use std::fmt::Write as _;
use std::fs;

use crate::support::{edit, plan_text, read, root, snapshot};

/// The name of the document in reports: its places are all that follows it.
const NAME: &str = "edited.yaml";

/// What the table shows of a place: the text there, which stays the same when lines are added above it.
const SHOWN: usize = 32;

/// Each edit: what it is called, and what it replaces.
fn edits() -> Vec<(String, String)> {
    let folder = root().join("tests/fixtures/reviewer");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for entry in format!("\n{text}").split("\n# ").skip(1) {
            let (title, edits) = entry.split_once('\n').unwrap();
            found.push((title.to_owned(), edits.to_owned()));
        }
    }
    found
}

/// The text at a place, `line:column`.
fn text_at(document: &str, place: &str) -> String {
    let (line, column) = place.split_once(':').unwrap();
    let (line, column): (usize, usize) = (line.parse().unwrap(), column.parse().unwrap());
    let line = document.lines().nth(line - 1).unwrap_or_default();
    line.chars()
        .skip(column - 1)
        .take(SHOWN)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// The rule, the texts at its places and the first line of help of each problem of a report.
fn problems(document: &str, report: &str) -> Vec<[String; 3]> {
    report
        .split("error[")
        .skip(1)
        .map(|problem| {
            let after = |mark: &str| {
                let rest = problem.split_once(mark).map(|(_, rest)| rest);
                rest.and_then(|rest| rest.lines().next()).unwrap_or_default()
            };
            let rule = problem.split(']').next().unwrap_or_default();
            let arrow = format!("--> {NAME}:");
            let places = problem
                .lines()
                .filter_map(|line| line.trim().strip_prefix(&arrow))
                .map(|place| text_at(document, place));
            let places = places.collect::<Vec<_>>().join(" / ");
            [rule, &places, after("= help: ")].map(str::to_owned)
        })
        .collect()
}

#[test]
fn every_edit_of_the_document_is_reported_where_it_was_made() {
    let original = read("openapi/fonedynamics.yaml");
    let mut rows = vec![["edit", "rule", "place", "help"].map(str::to_owned)];
    for (title, edits) in edits() {
        let edited = edit(&original, &edits, &title);
        let Err((_, report)) = plan_text(NAME, &edited) else {
            panic!("{title}: there is no report");
        };
        for [rule, place, help] in problems(&edited, &report) {
            rows.push([title.clone(), rule, place, help]);
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
    let widths = [0, 1, 2].map(width);
    let table = rows
        .iter()
        .fold(String::new(), |mut table, [edit, rule, place, help]| {
            let [of_edit, of_rule, of_place] = widths;
            let _ = writeln!(
                table,
                "{edit:of_edit$}  {rule:of_rule$}  {place:of_place$}  {help}"
            );
            table
        });
    snapshot("generator/reviewer-edits", &table);
}
