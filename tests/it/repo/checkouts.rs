//! Checkouts beside the real one that share its target folder or one with each other.
//!
//! Nothing is compiled for the copy of the workspace: its files are as old as those they are copies of, so that
//! cargo runs the program that is there.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::support::{PLAN, files, read, root};

/// Runs the alias `cargo xtask` in a checkout and gives what it prints.
#[track_caller]
fn xtask(checkout: &Path, target: &Path, settings: impl FnOnce(&mut Command)) -> String {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["--offline", "xtask", "gen"])
        .current_dir(checkout)
        .env("CARGO_TARGET_DIR", target);
    settings(&mut command);
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

fn write(checkout: &Path, path: &str, text: &str) {
    let file = checkout.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Copies a file of the workspace, with its time.
fn copy(checkout: &Path, path: &str) {
    write(checkout, path, &read(path));
    let written = root().join(path).metadata().unwrap().modified().unwrap();
    let copy = File::options().write(true).open(checkout.join(path)).unwrap();
    copy.set_modified(written).unwrap();
}

#[test]
fn a_workspace_without_any_generated_code_generates_it_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    let checkout = folder.path().canonicalize().unwrap();
    for path in [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "openapi/fonedynamics.yaml",
    ] {
        copy(&checkout, path);
    }
    for path in files("xtask/src") {
        copy(&checkout, &path);
    }
    // Of the other packages only what cargo needs to load the workspace.
    let workspace = read("Cargo.toml");
    let (_, members) = workspace.split_once("members = [").unwrap();
    let (members, _) = members.split_once(']').unwrap();
    for member in members.split('"').skip(1).step_by(2) {
        copy(&checkout, &format!("{member}/Cargo.toml"));
        if member.starts_with("runtime/") {
            write(&checkout, &format!("{member}/src/lib.rs"), "");
        }
    }
    let generated = checkout.join("generated");
    for (path, text) in PLAN.files().filter(|(path, _)| !path.ends_with(".rs")) {
        write(&generated, path, text);
    }
    // Built here and not of the copy, which is gone after this test.
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--offline", "--quiet", "--package", "xtask"]);
    assert!(build.current_dir(root()).status().unwrap().success());
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let printed = xtask(&checkout, target, |_| {});
    assert_eq!(PLAN.diff(&generated).unwrap(), [], "{printed}");
    let says_which = format!("workspace: {}\n", checkout.display());
    assert!(printed.starts_with(&says_which), "{printed}");
}

#[test]
fn a_checkout_does_not_run_the_generator_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let source = read("xtask/src/lib.rs");
    let mark = source.lines().find(|line| line.contains("option_env!")).unwrap();
    for name in ["one", "other"] {
        let checkout = folder.path().join(name);
        copy(&checkout, ".cargo/config.toml");
        write(
            &checkout,
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"xtask\"]\n",
        );
        write(
            &checkout,
            "xtask/Cargo.toml",
            "[package]\nname = \"xtask\"\nedition = \"2024\"\n",
        );
        let program = format!("{mark}\nfn main() {{ print!(\"{name}\") }}\n");
        write(&checkout, "xtask/src/main.rs", &program);
    }
    // All files are older than the first program, which is all that cargo looks at by itself.
    for name in ["one", "other", "one"] {
        let checkout = folder.path().join(name);
        let target = folder.path().join("target");
        let printed = xtask(&checkout, &target, |cargo| {
            cargo.env_remove("XTASK_CHECKOUT");
        });
        assert_eq!(printed, name);
    }
}
