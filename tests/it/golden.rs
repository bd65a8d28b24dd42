//! An invented API, in its smallest form and with one feature after another: what is generated for it, that
//! it compiles, and that it serves.
//!
//! `golden/library` is what `cargo xtask gen --document tests/fixtures/good/minimal.yaml --out
//! tests/golden/library` writes. The snapshot of a feature shows what changes against it. `golden/archive`
//! is made of `archive.yaml` in the same way, and `contract` calls its server.

use serde_json::{Value, json};
use similar::TextDiff;
use xtask::report;
use xtask::tree::Tree;

use crate::support::{edited, plan_text, read, root};
use crate::workspace::Workspace;

/// The edits of the smallest document: names that Rust cannot take as they are, every kind of parameter,
/// every kind of body, lists that are paged through.
const FEATURES: [&str; 4] = ["naming", "parameters", "bodies", "pages"];

fn smallest() -> Tree {
    plan_text("library.yaml", &read("tests/fixtures/good/minimal.yaml")).unwrap()
}

#[track_caller]
fn with_feature(name: &str) -> Tree {
    let text = edited(&format!("tests/fixtures/good/{name}.edit"));
    plan_text("library.yaml", &text).unwrap_or_else(|(_, report)| panic!("{report}"))
}

/// The smallest document with one error code for everything.
#[track_caller]
fn with_one_code() -> Tree {
    let mut document: Value = serde_yaml::from_str(&read("tests/fixtures/good/minimal.yaml")).unwrap();
    for code in document["x-faults"].as_object_mut().unwrap().values_mut() {
        *code = json!("FAILED");
    }
    document["paths"]["/books/{Isbn}"]["get"]["x-raises"] = json!([]);
    for response in document["components"]["responses"]
        .as_object_mut()
        .unwrap()
        .values_mut()
    {
        let examples = response["content"]["application/json"]["examples"]
            .as_object_mut()
            .unwrap();
        examples.retain(|code, _| code == "FAILED");
    }
    let codes = &mut document["components"]["schemas"]["Code"];
    codes["enum"] = json!(["FAILED"]);
    codes["x-error-codes"]
        .as_object_mut()
        .unwrap()
        .retain(|code, _| code == "FAILED");
    plan_text("library.json", &format!("{document:#}")).unwrap_or_else(|(_, report)| panic!("{report}"))
}

#[test]
fn the_smallest_document_gives_the_golden_crates() {
    let tree = smallest();
    let drift = tree.diff(&root().join("tests/golden/library")).unwrap();
    assert!(
        drift.is_empty(),
        "{}",
        report::drift(&tree, &drift, "tests/golden/library", "cargo xtask gen")
    );
}

#[test]
fn the_document_with_every_constraint_gives_the_crates_of_the_archive() {
    let tree = plan_text("archive.yaml", &read("tests/fixtures/good/archive.yaml")).unwrap();
    let drift = tree.diff(&root().join("tests/golden/archive")).unwrap();
    assert!(
        drift.is_empty(),
        "{}",
        report::drift(&tree, &drift, "tests/golden/archive", "cargo xtask gen")
    );
}

#[test]
fn every_feature_adds_what_its_snapshot_shows() {
    let smallest = smallest();
    for feature in FEATURES {
        let mut shown = String::new();
        for (path, text) in with_feature(feature)
            .files()
            .filter(|(path, _)| path.ends_with(".rs"))
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
        insta::with_settings!({
            snapshot_suffix => feature,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("golden", shown);
        });
    }
}

/// The manifest of a workspace around the generated crates of the library.
fn manifest() -> String {
    let ours = read("Cargo.toml");
    let (_, dependencies) = ours.split_once("[workspace.dependencies]").unwrap();
    let dependencies = dependencies.replace(
        "fonedynamics-types = { path = \"generated/fonedynamics-types\"",
        "library-types = { path = \"generated/library-types\"",
    );
    let dependencies = dependencies.replace(
        "fonedynamics-client = { path = \"generated/fonedynamics-client\"",
        "library-client = { path = \"generated/library-client\"",
    );
    let dependencies = dependencies.replace(
        "fonedynamics-server = { path = \"generated/fonedynamics-server\"",
        "library-server = { path = \"generated/library-server\"",
    );
    let (package, _) = ours
        .split_once("[workspace.package]")
        .unwrap()
        .1
        .split_once("\n#")
        .unwrap();
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"generated/*-*\", \"runtime/*\", \"served\"]\n\n\
         [workspace.package]{package}\n[workspace.dependencies]{dependencies}"
    )
}

#[test]
fn golden_crates_compile_without_a_warning_and_serve() {
    let workspace = Workspace::with_copies("golden", &["Cargo.lock", "runtime"]);
    workspace.write(
        "Cargo.toml",
        &manifest().replace("xtask = { path = \"xtask\" }\n", ""),
    );
    workspace.write("served/Cargo.toml", &read("tests/fixtures/served/Cargo.toml"));
    workspace.write("served/src/main.rs", "fn main() {}\n");
    for tree in [
        smallest(),
        with_one_code(),
        with_feature("naming"),
        with_feature("bodies"),
        with_feature("pages"),
        with_feature("parameters"),
    ] {
        workspace.apply(&tree, "generated");
        workspace.cargo(&["build", "--workspace"]);
    }
    workspace.write("served/src/main.rs", &read("tests/fixtures/served/main.rs"));
    let said = workspace.cargo(&["run", "-p", "served"]);
    assert_eq!(said, "Emma at 3 of [1, 2]\nNO_BOOK 400 [\"kind\"]\n");
}

#[test]
fn code_of_a_layer_is_possible_and_belongs_to_no_operation() {
    let text = read("tests/fixtures/good/minimal.yaml")
        .replace("layer-forbidden: REFUSED", "layer-forbidden: LATER")
        .replace("REFUSED, BROKEN]", "REFUSED, LATER, BROKEN]")
        .replace(
            "        BROKEN: { status",
            "        LATER: { status: 403, origin: extension, meaning: Later., causes: [Haste.], remedy: Wait. }\n        \
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
    let (_, remove_book) = operations.split_once("RemoveBook, REMOVE_BOOK, [").unwrap();
    let (codes, _) = remove_book.split_once(']').unwrap();
    assert!(codes.contains("ValueInvalid"), "{codes}");
}
