//! The command line as a person meets it: exit codes, and what is printed where.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use xtask::mark::MARK;

use crate::support::root;

/// `cargo xtask` with arguments.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["--offline", "xtask"])
        .args(arguments)
        .current_dir(root());
    command
}

/// Runs `cargo xtask` and gives its exit code, its output and its errors.
fn xtask(arguments: &[&str]) -> (i32, String, String) {
    let output = command(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn generating_checking_and_repairing_have_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(folder.path(), "out");
    let run = |more: &[&str]| {
        let arguments = [
            &[
                "gen",
                "--document",
                "tests/fixtures/good/minimal.yaml",
                "--out",
                &out,
            ],
            more,
        ]
        .concat();
        xtask(&arguments)
    };
    let (code, printed, _) = run(&["--check"]);
    assert_eq!(code, 4);
    assert!(
        printed.contains("missing") && printed.contains("cargo xtask gen"),
        "{printed}"
    );
    assert!(!Path::new(&out).exists(), "a check writes nothing");
    assert_eq!(run(&[]).0, 0);
    let (code, printed, _) = run(&["--check", "--timings"]);
    assert_eq!(code, 0);
    assert!(
        printed.ends_with(" ms\n") && printed.contains(" diff "),
        "{printed}"
    );
    let file = Path::new(&out).join("library-types/src/lib.rs");
    std::fs::write(&file, format!("// {MARK}\nearlier\n")).unwrap();
    let (code, printed, _) = run(&["--check"]);
    assert_eq!(code, 4);
    assert!(
        printed.contains("stale") && printed.contains("-earlier"),
        "{printed}"
    );
    assert_eq!(run(&[]).0, 0);
    assert_eq!(run(&["--check"]).0, 0);
    std::fs::write(&file, "// mine\n").unwrap();
    let (code, _, error) = run(&[]);
    assert_eq!(code, 2, "what somebody typed is not overwritten");
    assert!(
        error.contains("is not generated") && error.contains("  library-types/src/lib.rs\n"),
        "{error}"
    );
}

#[test]
fn a_file_is_no_folder_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "file");
    std::fs::write(&file, "mine").unwrap();
    for out in [file.clone(), format!("{file}/below")] {
        for check in [None, Some("--check")] {
            let arguments = [&["gen", "--out", &out], check.as_slice()].concat();
            let (code, printed, error) = xtask(&arguments);
            assert_eq!((code, printed.as_str()), (2, ""), "{error}");
            assert_eq!(error, format!("error: {out} is not a folder\n"));
        }
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn output_that_nobody_reads_is_no_failure() {
    for arguments in [["gen", "--check"].as_slice(), &["lint"], &["explain"]] {
        let mut command = command(arguments);
        let mut running = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(running.stdout.take());
        let output = running.wait_with_output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), error.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_has_no_room_is_an_error_and_not_a_crash() {
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command(&["gen", "--check"]).stdout(full()).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.starts_with("error: failed to write to the standard output"),
        "{error}"
    );
    let status = command(&["lint", "no-such-file.yaml"])
        .stderr(full())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2), "a problem that cannot be said is one");
}

#[test]
fn a_document_that_cannot_be_read_is_a_problem_and_not_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let folder_path = folder.path().to_str().unwrap();
    for file in ["no-such-file.yaml", folder_path] {
        let (code, printed, error) = xtask(&["lint", file]);
        assert_eq!((code, printed.as_str()), (2, ""), "{error}");
        assert!(error.starts_with("error: failed to read"), "{error}");
    }
    let huge = path(folder.path(), "huge.yaml");
    std::fs::File::create(&huge)
        .unwrap()
        .set_len(100 * 1024 * 1024)
        .unwrap();
    let (code, _, error) = xtask(&["lint", &huge]);
    assert_eq!(code, 2);
    assert!(error.contains("error[document-too-large]"), "{error}");
}

#[test]
fn a_rule_and_a_code_can_be_explained() {
    let (code, printed, _) = xtask(&["explain", "unknown-key"]);
    assert_eq!(code, 0);
    assert!(
        printed.starts_with("unknown-key\n") && printed.lines().all(|line| line.len() <= 80),
        "{printed}"
    );
    let (code, printed, _) = xtask(&["explain", "COUNTRY_UNAVAILABLE"]);
    assert_eq!(code, 0);
    assert!(
        printed.starts_with("COUNTRY_UNAVAILABLE  status 400") && printed.contains("addAddress"),
        "{printed}"
    );
    assert_eq!(xtask(&["explain"]).0, 0);
    assert_eq!(xtask(&["explain", "no-such-rule"]).0, 2);
}

#[test]
fn problems_are_a_json_array_for_editors() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "old.yaml");
    std::fs::write(&file, "swagger: \"2.0\"\n").unwrap();
    let (code, printed, _) = xtask(&["lint", "--format", "json", &file]);
    let problems: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(code, 2);
    assert_eq!(problems[0]["rule"], "unsupported-version");
    assert_eq!(
        (&problems[0]["line"], &problems[0]["column"]),
        (&1.into(), &10.into())
    );
    assert!(problems[0]["related"].is_null());
    std::fs::write(&file, "openapi: 3.0.3\nopenapi: 3.0.3\n").unwrap();
    let (_, printed, _) = xtask(&["lint", "--format", "json", &file]);
    let problems: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let first = json!({ "note": "`openapi` is first used here", "line": 1, "column": 1, "width": 1 });
    assert_eq!(
        (&problems[0]["line"], &problems[0]["related"]),
        (&json!(2), &first)
    );
}
