//! What several tests need: the workspace's folder, documents, plans and snapshots; below it, servers and
//! requests.

pub(crate) mod calls;
pub(crate) mod credentials;
pub(crate) mod examples;
pub(crate) mod http;
pub(crate) mod log;
pub(crate) mod probe;
pub(crate) mod raw;
pub(crate) mod recorder;
pub(crate) mod scripted;
pub(crate) mod served;
pub(crate) mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use xtask::contract::Contract;
use xtask::document::{Index, Source};
use xtask::problem::Problem;
use xtask::report::{self, Palette};
use xtask::timings::Timings;
use xtask::tree::Tree;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The text of a file of the workspace.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder of the workspace, by its path from the workspace on.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The smallest document, edited as a file of the workspace says.
#[track_caller]
pub(crate) fn edited(path: &str) -> String {
    edit(&read("tests/fixtures/good/minimal.yaml"), &read(path), path)
}

/// A text after its edits: what is between `<<<<` and `====` is replaced by what follows up to `>>>>`.
#[track_caller]
pub(crate) fn edit(text: &str, edits: &str, name: &str) -> String {
    let mut text = text.to_owned();
    for edit in edits.split("<<<<\n").skip(1) {
        let (old, rest) = edit
            .split_once("\n====\n")
            .unwrap_or_else(|| panic!("{name}: an edit has two parts"));
        let (new, _) = rest
            .split_once("\n>>>>")
            .unwrap_or_else(|| panic!("{name}: an edit ends"));
        assert_eq!(
            text.matches(old).count(),
            1,
            "{name}: `{old}` occurs once in the document"
        );
        text = text.replace(old, new);
    }
    text
}

/// The real document, planned.
#[track_caller]
pub(crate) fn plan() -> Tree {
    let path = "openapi/fonedynamics.yaml";
    plan_text(path, &read(path)).unwrap_or_else(|(_, report)| panic!("{report}"))
}

/// The same, planned once for all tests.
pub(crate) static PLAN: LazyLock<Tree> = LazyLock::new(plan);

/// What a document without problems says.
pub(crate) fn contract(text: &str) -> Contract {
    let source = Source::new("library.yaml", text.as_bytes().to_vec())
        .ok()
        .unwrap();
    let plan = xtask::plan(&source, &mut Timings::default()).ok().unwrap();
    plan.contract
}

/// A text, planned; or its problems and how they are reported.
pub(crate) fn plan_text(name: &str, text: &str) -> Result<Tree, (Vec<Problem>, String)> {
    plan_bytes(name, text.as_bytes().to_vec())
}

/// The bytes of a file, planned; or their problems and how they are reported.
pub(crate) fn plan_bytes(name: &str, bytes: Vec<u8>) -> Result<Tree, (Vec<Problem>, String)> {
    let source = match Source::new(name, bytes) {
        Ok(source) => source,
        Err((source, problem)) => {
            let problems = vec![*problem];
            let report = report::problems(&source, &Index::default(), &problems, Palette::Plain);
            return Err((problems, report));
        }
    };
    xtask::plan(&source, &mut Timings::default())
        .map(|plan| plan.tree)
        .map_err(|rejected| {
            let report = report::problems(&source, &rejected.index, &rejected.problems, Palette::Plain);
            (rejected.problems, report)
        })
}

/// Whether a folder of the workspace holds what is planned for it, and nothing else, where `compared` is true
/// of the path.
#[track_caller]
pub(crate) fn assert_fresh(tree: &Tree, folder: &str, compared: impl Fn(&str) -> bool) {
    let mut drift = tree.diff(&root().join(folder)).unwrap();
    drift.retain(|change| compared(change.path()));
    assert!(
        drift.is_empty(),
        "{}",
        report::drift(tree, &drift, folder, "cargo xtask gen")
    );
}

/// Compares a text with what was reviewed. The path is below `tests/snapshots`, without the extension.
#[track_caller]
pub(crate) fn snapshot(path: &str, text: &str) {
    let (folder, name) = path.rsplit_once('/').unwrap();
    insta::with_settings!({
        snapshot_path => format!("../snapshots/{folder}"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}
