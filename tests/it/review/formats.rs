//! How a review looks: for a terminal, a pull request, a program and a browser.

use xtask::report::Palette;
use xtask::report::review::{Reviewed, html, json, markdown, text};
use xtask::review::{ReviewRule, Revision, Row, compare, review};

use super::edits::{all, document};
use super::matrix::revision;
use crate::support::snapshot;

/// A change with a bit of everything: a code that is retired, one that is new, an operation of another name, a member
/// that requests need, and words.
fn documents() -> [Revision; 2] {
    let original = document("tests/fixtures/good/archive.yaml");
    let [edit] = <[_; 1]>::try_from(all("report.edits")).ok().unwrap();
    [
        revision("base.json", &original),
        revision("head.json", &edit.apply(&original)),
    ]
}

#[test]
fn a_review_looks_as_it_was_reviewed() {
    let [base, head] = documents();
    let review = review(&base, &head, "");
    let reviewed = Reviewed {
        base: &base,
        head: &head,
        review: &review,
    };
    snapshot("review/text", &text(&reviewed, Palette::Plain));
    snapshot("review/markdown", &markdown(&reviewed));
    snapshot("review/json", &json(&reviewed));
    snapshot("review/html", &html(&reviewed));
}

#[test]
fn a_report_for_a_terminal_has_80_columns_and_colours_only_where_they_are_wanted() {
    let [base, head] = documents();
    let review = review(&base, &head, "");
    let reviewed = Reviewed {
        base: &base,
        head: &head,
        review: &review,
    };
    let plain = text(&reviewed, Palette::Plain);
    let long: Vec<_> = plain.lines().filter(|line| line.chars().count() > 80).collect();
    assert_eq!(long, Vec::<&str>::new());
    assert!(!plain.contains('\u{1b}'));
    assert!(text(&reviewed, Palette::Coloured).contains('\u{1b}'));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let [base, head] = documents();
    let review = review(&base, &head, "");
    let page = html(&Reviewed {
        base: &base,
        head: &head,
        review: &review,
    });
    for outside in ["<script", "<link", "http:", "https:", "src=", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn what_a_document_says_is_no_markup_of_a_report() {
    let original = document("tests/fixtures/good/archive.yaml");
    let mut edited = original.clone();
    let hostile = "<img src=x onerror=alert(1)> ![a](https://evil.example) @everyone | `` ` ``` \n# H";
    edited["components"]["schemas"]["Code"]["x-error-codes"]["NO_BOOK"]["message"] = hostile.into();
    edited["components"]["schemas"]["Genre"]["enum"] = serde_json::json!(["Novel", "Poem", "Play", hostile]);
    edited["info"]["version"] = hostile.into();
    let (base, head) = (revision("base.json", &original), revision("head.json", &edited));
    let review = review(&base, &head, "");
    let reviewed = Reviewed {
        base: &base,
        head: &head,
        review: &review,
    };
    assert!(!html(&reviewed).contains("<img"));
    let markdown = markdown(&reviewed);
    assert!(
        !markdown.contains("<img") && !markdown.contains("\n# H"),
        "{markdown}"
    );
    for line in markdown.lines().filter(|line| line.starts_with("| `")) {
        assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
    }
}

#[test]
fn a_renamed_code_is_one_row_and_one_response() {
    let original = document("tests/fixtures/good/archive.yaml");
    let title = "code-renamed: another name with the same words";
    let mut edits = all("codes.edits").into_iter();
    let edited = edits.find(|edit| edit.title == title).unwrap().apply(&original);
    let review = compare(
        &revision("base.json", &original),
        &revision("head.json", &edited),
        Vec::new(),
    );
    let names =
        |row: &Row| [&row.base, &row.head].map(|entry| entry.as_ref().map(|entry| entry.code.clone()));
    let table: Vec<_> = review.table.iter().map(names).collect();
    assert_eq!(
        table,
        [[Some("SHELF_FULL".to_owned()), Some("SHELF_CROWDED".to_owned())]]
    );
    let affected = review.affected.unwrap();
    assert_eq!(affected.name, "SHELF_CROWDED");
    assert!(affected.base.is_some() && affected.head.is_some());
}

#[test]
fn every_rule_is_explained() {
    for (rule, id) in ReviewRule::ALL {
        let explanation = rule.explanation();
        assert!(
            !explanation.why.is_empty() && !explanation.help.is_empty(),
            "{id}"
        );
        assert!(
            explanation
                .example
                .lines()
                .all(|line| line.starts_with(['-', '+'])),
            "{id}"
        );
    }
    let text = crate::support::read("xtask/src/review/rule/rules.md");
    assert_eq!(text.matches("\n## ").count(), ReviewRule::ALL.len());
}
