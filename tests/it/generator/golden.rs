//! An invented API, in its smallest form and with one feature after another: what is generated for it.
//!
//! `golden/library` is what `cargo xtask gen --document tests/fixtures/good/minimal.yaml --out
//! tests/golden/library` writes. The snapshot of a feature shows what changes against it. `golden/archive`
//! is made of `archive.yaml` in the same way, and `contract` calls its server.

use similar::TextDiff;
use xtask::tree::Tree;

use crate::support::{assert_fresh, edited, plan_text, read, snapshot};

/// The edits of the smallest document: names that Rust cannot take as they are, every kind of parameter and tokens,
/// every kind of body, lists that are paged through, prose with code, links and characters that mean something in
/// Markdown, patterns with characters that Rust escapes, what is deprecated and what has a default.
pub(super) const FEATURES: [&str; 6] = ["naming", "parameters", "bodies", "pages", "prose", "keys"];

fn smallest() -> Tree {
    plan_text("library.yaml", &read("tests/fixtures/good/minimal.yaml")).unwrap()
}

#[track_caller]
fn with_feature(name: &str) -> Tree {
    let text = edited(&format!("tests/fixtures/good/{name}.edit"));
    plan_text("library.yaml", &text).unwrap_or_else(|(_, report)| panic!("{report}"))
}

/// The JSON of the reference is long and much the same for every document: `generated/` shows it.
fn is_of_a_crate(path: &str) -> bool {
    !path.starts_with("reference/")
}

#[test]
fn the_smallest_document_gives_the_golden_crates() {
    assert_fresh(&smallest(), "tests/golden/library", is_of_a_crate);
}

#[test]
fn the_document_with_every_constraint_gives_the_crates_of_the_archive() {
    let tree = plan_text("archive.yaml", &read("tests/fixtures/good/archive.yaml")).unwrap();
    assert_fresh(&tree, "tests/golden/archive", is_of_a_crate);
}

#[test]
fn every_feature_adds_what_its_snapshot_shows() {
    let smallest = smallest();
    for feature in FEATURES {
        let mut shown = String::new();
        for (path, text) in with_feature(feature)
            .files()
            // Setters are much the same for every field; the archive has one for each kind.
            .filter(|(path, _)| path.ends_with(".rs") && !path.ends_with("setters.rs"))
        {
            let before = smallest.get(path).unwrap_or_default();
            let diff = TextDiff::from_lines(before, text);
            let diff = diff.unified_diff().context_radius(0).to_string();
            let changes = diff.lines().filter(|line| !line.starts_with("@@"));
            if before != text {
                shown.push_str(&format!("== {path}\n"));
                changes.for_each(|line| shown.push_str(&format!("{line}\n")));
            }
        }
        snapshot(&format!("generator/golden/{feature}"), &shown);
    }
}

#[test]
fn code_of_a_layer_is_possible_and_belongs_to_no_operation() {
    let text = read("tests/fixtures/good/minimal.yaml")
        .replace("layer-forbidden: REFUSED", "layer-forbidden: LATER")
        .replace("REFUSED, BROKEN]", "REFUSED, LATER, BROKEN]")
        .replace(
            "        BROKEN: { status",
            "        LATER: { status: 403, origin: extension, message: Later., meaning: Later., causes: [Haste.], remedy: Wait. }\n        \
             BROKEN: { status",
        )
        .replace(
            "Text: Not for you. } } } }",
            "Text: Not for you. } } }, LATER: { value: { Status: { Code: LATER, Text: Later. } } } }",
        );
    let tree = plan_text("later.yaml", &text).unwrap_or_else(|(_, report)| panic!("{report}"));
    let files: Vec<_> = tree
        .files()
        .filter(|(_, text)| text.contains("\"LATER\""))
        .collect();
    let paths: Vec<_> = files.iter().map(|(path, _)| *path).collect();
    assert!(paths.contains(&"library-types/src/error_code.rs"), "{paths:?}");
    assert!(!paths.contains(&"library-server/src/operations.rs"), "{paths:?}");
}

#[test]
fn member_that_is_sent_twice_has_a_code_wherever_there_is_a_body() {
    let body = r##"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Seal" }
            examples: { one: { value: { Text: Emma, Year: 1815 } } }
      responses:
        "204""##;
    // Whatever else is wrong with this body has a code of its own.
    let text = read("tests/fixtures/good/archive.yaml")
        .replace("\n      responses:\n        \"204\"", body)
        .replace(
            "Year: { type: integer, description: When.",
            "Year: { type: integer, x-invalid-code: BAD_ISBN, description: When.",
        );
    let tree = plan_text("archive.yaml", &text).unwrap_or_else(|(_, report)| panic!("{report}"));
    let operations = tree.get("archive-server/src/operations.rs").unwrap();
    let (_, remove_book) = operations.split_once("REMOVE_BOOK, [").unwrap();
    let (codes, _) = remove_book.split_once(']').unwrap();
    assert!(codes.contains("ValueInvalid"), "{codes}");
}
