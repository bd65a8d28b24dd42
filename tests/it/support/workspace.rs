//! Workspaces beside the real one, for tests that compile what was generated.
//!
//! They live in cargo's folder for test data and share its build folder, so that only our own crates are
//! compiled again. Nothing is written into the source tree.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::tree::Tree;

use crate::support::root;

/// A workspace of its own.
pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// A fresh workspace with copies of some files and folders of the real one.
    pub(crate) fn with_copies(name: &str, paths: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        for path in paths {
            copy(&root().join(path), &folder.join(path));
        }
        Self { folder }
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        // What is equal stays as it is, so that cargo does not compile it again.
        if fs::read_to_string(&file).ok().as_deref() != Some(text) {
            fs::write(file, text).unwrap();
        }
    }

    pub(crate) fn apply(&self, tree: &Tree, path: &str) {
        let folder = self.folder.join(path);
        let drift = tree.diff(&folder).unwrap();
        tree.apply(&folder, &drift).unwrap();
    }

    /// Runs cargo without the network and gives what it printed. A warning is a failure.
    #[track_caller]
    pub(crate) fn cargo(&self, arguments: &[&str]) -> String {
        let (succeeded, out, error) = self.run(arguments);
        assert!(
            succeeded && error.is_empty(),
            "cargo {arguments:?}\n{out}\n{error}"
        );
        out
    }

    /// Runs cargo without the network, and gives what it printed about why it failed.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let (succeeded, out, error) = self.run(arguments);
        assert!(!succeeded, "cargo {arguments:?} succeeds\n{out}\n{error}");
        error
    }

    fn run(&self, arguments: &[&str]) -> (bool, String, String) {
        let build = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", build)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.success(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy(&from.join(&name), &to.join(&name));
        }
        return;
    }
    let bytes = fs::read(from).unwrap();
    if fs::read(to).ok().as_ref() != Some(&bytes) {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}
