//! A workspace beside the real one, for what tests generate and compile.
//!
//! It is in cargo's folder for test data, with a target folder of its own: cargo tells path crates apart by
//! their place within their workspace, so in a shared folder its crates would pass for the real ones. Nothing
//! is written into the source tree.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use xtask::tree::Tree;

use super::{files, read};

/// Makes a workspace of what is in it: with the runtimes, our settings and dependencies, and these members and
/// dependencies besides.
pub(crate) fn complete(workspace: &mut Tree, members: &[String], dependencies: &str) {
    for path in files("runtime") {
        workspace.insert(path.as_str(), read(&path));
    }
    let ours = read("Cargo.toml");
    let (_, settings) = ours.split_once("[workspace.package]").unwrap();
    let settings = settings.replace(
        "[workspace.dependencies]\n",
        &format!("[workspace.dependencies]\n{dependencies}"),
    );
    let members: String = members.iter().map(|member| format!(", \"{member}\"")).collect();
    workspace.insert(
        "Cargo.toml",
        format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"runtime/*\"{members}]\n\n[workspace.package]{settings}"
        ),
    );
    workspace.insert("Cargo.lock", read("Cargo.lock"));
}

/// What the compiler and clippy say about each target of a workspace, by the target's name. A target is missing where
/// one that it needs does not compile. Needs no network.
#[track_caller]
pub(crate) fn check(name: &str, workspace: &Tree) -> BTreeMap<String, String> {
    run(
        &written(name, workspace),
        &["clippy", "--workspace", "--lib", "--examples", "--keep-going"],
    )
}

/// What the compiler says about each target of a workspace, by the target's name, as above. Its programs can be run
/// then.
#[track_caller]
pub(crate) fn build(name: &str, workspace: &Tree) -> BTreeMap<String, String> {
    run(
        &written(name, workspace),
        &[
            "build",
            "--workspace",
            "--lib",
            "--bins",
            "--examples",
            "--keep-going",
        ],
    )
}

/// The lines that a program of a workspace that was built writes, which gets these lines.
#[track_caller]
pub(crate) fn lines(name: &str, program: &str, input: &[String]) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let path = folder.join(program).with_extension("input");
    fs::write(&path, input.join("\n")).unwrap();
    let output = Command::new(folder.join("target/debug").join(program))
        .stdin(File::open(path).unwrap())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{program}");
    let output = String::from_utf8(output.stdout).unwrap();
    output.lines().map(str::to_owned).collect()
}

/// The folder in which a workspace is written.
fn written(name: &str, workspace: &Tree) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let source = folder.join("source");
    // What is equal stays as it is, so that cargo does not compile it again.
    workspace
        .apply(&source, &workspace.diff(&source).unwrap())
        .unwrap();
    folder
}

/// What rustdoc says about each of some packages of a workspace that was checked, by the target's name.
#[track_caller]
pub(crate) fn document(name: &str, packages: &[String], features: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    let arguments: Vec<_> = ["doc", "--no-deps", "--features", features]
        .into_iter()
        .chain(packages)
        .collect();
    run(&folder, &arguments)
}

/// What a command of cargo says about each target.
#[track_caller]
fn run(folder: &Path, arguments: &[&str]) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        // Without TLS, which no document changes.
        .args(["--offline", "--no-default-features", "--message-format=json"])
        .current_dir(folder.join("source"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .output()
        .unwrap();
    let mut said = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        if let Some(target) = message["target"]["name"].as_str() {
            let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
            said.entry(target.to_owned())
                .or_insert_with(String::new)
                .push_str(rendered);
        }
    }
    assert!(!said.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    said
}
