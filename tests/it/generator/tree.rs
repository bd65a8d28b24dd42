//! How a folder is made equal to a plan, and what is left when that fails.

use std::fs;
use std::path::Path;

use xtask::tree::{Drift, Tree, refuse_foreign};

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    for (path, text) in files {
        tree.insert(*path, (*text).to_owned());
    }
    tree
}

fn apply(tree: &Tree, root: &Path) -> Result<(), String> {
    let drift = tree.diff(root).unwrap();
    tree.apply(root, &drift).map_err(|error| format!("{error:#}"))
}

#[test]
fn a_folder_becomes_equal_to_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("out");
    apply(
        &tree(&[("a.txt", "1"), ("b/c.txt", "2"), ("d/e.txt", "3")]),
        &root,
    )
    .unwrap();
    let next = tree(&[("a.txt", "1"), ("b/c.txt", "changed"), ("f.txt", "4")]);
    let drift = next.diff(&root).unwrap();
    let changes: Vec<_> = drift.iter().map(Drift::path).collect();
    assert_eq!(changes, ["b/c.txt", "d/e.txt", "f.txt"]);
    next.apply(&root, &drift).unwrap();
    assert_eq!(next.diff(&root).unwrap(), []);
    assert!(!root.join("d").exists(), "a folder goes with its last file");
}

#[test]
fn a_file_that_is_right_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    apply(&tree(&[("a.txt", "1"), ("b.txt", "2")]), folder.path()).unwrap();
    let written = || {
        fs::metadata(folder.path().join("a.txt"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = written();
    apply(&tree(&[("a.txt", "1"), ("b.txt", "3")]), folder.path()).unwrap();
    assert_eq!(written(), before);
}

#[test]
fn a_run_that_fails_leaves_every_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    apply(
        &tree(&[("a.txt", "old"), ("b", "a file where a folder must be")]),
        folder.path(),
    )
    .unwrap();
    let failing = tree(&[("a.txt", "new"), ("b/c.txt", "new")]);
    assert!(apply(&failing, folder.path()).is_err());
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), "old");
}

#[test]
fn what_an_interrupted_run_left_is_ignored_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let expected = tree(&[("a.txt", "1")]);
    apply(&expected, folder.path()).unwrap();
    let staging = folder.path().join(".staging");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("0"), "half a fi").unwrap();
    assert_eq!(expected.diff(folder.path()).unwrap(), []);
    apply(&tree(&[("a.txt", "2")]), folder.path()).unwrap();
    assert!(!staging.exists());
}

#[test]
fn a_folder_with_files_of_others_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let drift = tree(&[("a.txt", "1")]).diff(folder.path()).unwrap();
    let refusal = refuse_foreign(folder.path(), &drift).unwrap_err().to_string();
    assert!(refusal.contains("thesis.txt"), "{refusal}");
}
