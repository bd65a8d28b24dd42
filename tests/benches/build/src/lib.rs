//! What the benchmarks of the generator and of builds share: documents of any size, and the cost of a program.
//!
//! Measures by `/proc`, so on Linux only. Depends on nothing, and on no crate of this workspace.

pub mod api;
pub mod cost;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of this workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .expect("this package is three folders below the workspace")
        .to_owned()
}

/// The generator, built as it is where its time matters: optimised.
#[must_use]
pub fn xtask() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--package", "xtask"])
        .current_dir(workspace())
        .status()
        .expect("cargo can be started");
    assert!(built.success(), "the generator does not build");
    let here = env::current_exe().expect("a program has a path");
    here.ancestors()
        .nth(2)
        .map(|target| target.join("release/xtask"))
        .expect("cargo puts programs two folders below the target folder")
}
