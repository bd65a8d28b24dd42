//! The rules of the repository that no compiler checks, each as a test. Looks at source files and manifests,
//! and never at what the code does.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use fonedynamics_server::{Api, Credentials, Operation, Refusal, operations, routes};
use fonedynamics_types::ErrorCode;
use serde_json::Value;
use xtask::tree::Drift;

use crate::support::{PLAN, files, read, root};

/// Every Rust file below some folders.
fn rust_files(folders: &[&str]) -> Vec<String> {
    let mut found: Vec<_> = folders.iter().flat_map(|folder| files(folder)).collect();
    found.retain(|path| path.ends_with(".rs"));
    assert!(!found.is_empty(), "{folders:?}");
    found
}

/// Every Rust file that a person writes.
fn hand_written() -> Vec<String> {
    let mut files = rust_files(&["xtask", "runtime", "tests"]);
    files.retain(|path| !read(path).starts_with("// @generated"));
    files
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap();
    path.display().to_string().replace('\\', "/")
}

/// A file without its comments and without the tests at its end.
fn program(path: &str) -> String {
    let text = read(path);
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What a command of the toolchain prints about this workspace. Needs no network.
fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(arguments).arg("--offline");
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The folder of each package of the workspace, and the folders of those that it depends on, for its
/// tests or otherwise.
fn dependencies() -> Vec<(String, Vec<String>)> {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version=1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let manifest = Path::new(package["manifest_path"].as_str().unwrap());
            let listed = package["dependencies"].as_array().unwrap().iter();
            let folders = listed.filter_map(|dependency| dependency["path"].as_str());
            let folders = folders.map(|folder| relative(Path::new(folder))).collect();
            (relative(manifest.parent().unwrap()), folders)
        })
        .collect()
}

/// The names of the crates that are built for a package, its own included.
fn crates_of(package: &str) -> BTreeSet<String> {
    let tree = cargo(&["tree", "--edges=normal", "--prefix=none", "--package", package]);
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_rust_file_begins_with_what_it_is() {
    for path in hand_written() {
        assert!(read(&path).starts_with("//! "), "{path}");
    }
}

#[test]
fn no_hand_written_rust_file_is_long() {
    for path in hand_written() {
        let lines = read(&path).lines().count();
        assert!(lines <= 400, "{path} has {lines} lines; split it");
    }
}

#[test]
fn dependencies_point_one_way() {
    for (package, dependencies) in dependencies() {
        for dependency in dependencies {
            let allowed = match package.split('/').next().unwrap() {
                "xtask" => false,
                "runtime" => dependency.starts_with("runtime/"),
                "generated" => dependency.starts_with("runtime/") || dependency.starts_with("generated/"),
                "tests" => true,
                other => panic!("{other} is a folder that this test does not know"),
            };
            assert!(allowed, "{package} depends on {dependency}");
        }
    }
}

#[test]
fn no_name_of_the_document_is_in_hand_written_code() {
    let codes = ErrorCode::ALL.iter().map(ErrorCode::as_str);
    let names: Vec<_> = codes
        .chain(operations::ALL.iter().map(|operation| operation.id))
        .map(|name| format!("\"{name}\""))
        .collect();
    for path in rust_files(&["xtask/src", "runtime"]) {
        let program = program(&path);
        for name in &names {
            assert!(!program.contains(name), "{path} names {name}");
        }
    }
}

#[test]
fn only_the_ends_of_the_generator_touch_the_world() {
    let ends = ["git.rs", "main.rs", "tree.rs", "tree/lock.rs"].map(|file| format!("xtask/src/{file}"));
    for path in rust_files(&["xtask/src"]) {
        let program = program(&path);
        for outside in ["std::fs", "std::env", "std::net", "std::process"] {
            assert!(
                ends.contains(&path) || !program.contains(outside),
                "{path} uses {outside}"
            );
        }
        let clock = path == "xtask/src/timings.rs";
        assert!(clock || !program.contains("Instant"), "{path} looks at the clock");
    }
}

#[test]
fn any_generated_file_that_is_deleted_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let tree = &*PLAN;
    tree.apply(folder.path(), &tree.diff(folder.path()).unwrap())
        .unwrap();
    for (path, _) in tree.files() {
        fs::remove_file(folder.path().join(path)).unwrap();
        let drift = tree.diff(folder.path()).unwrap();
        let path = path.to_owned();
        assert_eq!(drift, [Drift::Missing { path }]);
        tree.apply(folder.path(), &drift).unwrap();
        assert_eq!(tree.diff(folder.path()).unwrap(), []);
    }
}

#[test]
fn a_server_needs_no_method_but_authenticate() {
    struct Bare;

    impl Api for Bare {
        type Caller = ();

        async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
            Ok(())
        }
    }

    // Adding two operations at one place, or one that cannot be routed, would panic here.
    let _ = routes(Bare).into_router();
}

#[test]
fn the_types_and_the_server_bring_few_crates() {
    let types = crates_of("fonedynamics-types");
    assert!(types.len() <= 13, "{types:?}");
    let server = crates_of("fonedynamics-server");
    assert!(server.len() <= 60, "{server:?}");
    for client_only in [
        "reqwest",
        "progenitor",
        "progenitor-client",
        "fonedynamics-client",
    ] {
        assert!(!server.contains(client_only), "the server brings {client_only}");
    }
}

#[test]
fn the_architecture_page_names_what_exists() {
    let page = read("ARCHITECTURE.md");
    let files = hand_written();
    let modules = files.iter().filter_map(|path| path.strip_prefix("xtask/src/"));
    for module in modules.filter(|file| !file.contains('/')) {
        let row = format!("| `{}` |", module.trim_end_matches(".rs"));
        assert!(page.contains(&row), "the page lacks {module}");
    }
    let code: String = files.iter().map(|path| read(path)).collect();
    for quoted in page.split('`').skip(1).step_by(2) {
        if let Some((_, test)) = quoted.rsplit_once("::") {
            assert!(code.contains(&format!("fn {test}(")), "there is no test {quoted}");
        }
    }
}
