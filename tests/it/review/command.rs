//! `cargo xtask review` as a person meets it: exit codes, revisions of git, accepted findings.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{read, root};

/// A folder with the document under its usual name.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &read("openapi/fonedynamics.yaml"));
    folder
}

fn write(folder: &Path, text: &str) {
    fs::write(folder.join("api.yaml"), text).unwrap();
}

/// Runs `cargo xtask review` on the document of a folder: exit code, output, errors.
fn review(folder: &Path, base: &str, more: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO"))
        .args(["--offline", "xtask", "review", "--base", base])
        .arg(folder.join("api.yaml"))
        .args(more)
        .current_dir(root())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// Runs git in a folder, as nobody in particular.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The document with another status of a code, and its examples moved.
fn broken() -> String {
    let text = read("openapi/fonedynamics.yaml");
    let path = "openapi/fonedynamics.yaml".to_owned();
    let changed =
        text.replacen("maxLength: 16", "maxLength: 17", 1)
            .replacen("  - Basic: []", "  - Basic: [] ", 1);
    assert_ne!(changed, text, "{path}");
    changed.replacen("operationId: getCall", "operationId: readCall", 1)
}

#[test]
fn a_review_says_whether_something_fails_by_its_exit_code() {
    let folder = folder();
    let same = root().join("openapi/fonedynamics.yaml");
    let (code, said, _) = review(folder.path(), same.to_str().unwrap(), &[]);
    assert_eq!((code, said.contains("0 findings")), (0, true), "{said}");
    write(folder.path(), &broken());
    let (code, said, _) = review(folder.path(), same.to_str().unwrap(), &[]);
    assert_eq!(code, 3);
    assert!(said.contains("major[operation-renamed]"), "{said}");
    write(folder.path(), "openapi: [");
    let (code, said, error) = review(folder.path(), same.to_str().unwrap(), &[]);
    assert_eq!((code, said.as_str()), (2, ""));
    assert!(error.contains("not-yaml"), "{error}");
}

#[test]
fn a_revision_counts_as_it_was_where_the_branches_part() {
    let folder = folder();
    let at = folder.path();
    git(at, &["init", "--quiet", "--initial-branch=main"]);
    git(at, &["add", "api.yaml"]);
    git(at, &["commit", "--quiet", "--message=One"]);
    git(at, &["checkout", "--quiet", "-b", "work"]);
    git(at, &["checkout", "--quiet", "main"]);
    write(at, &broken());
    git(at, &["commit", "--quiet", "--all", "--message=Two"]);
    git(at, &["checkout", "--quiet", "work"]);
    let (code, said, _) = review(at, "main", &[]);
    assert_eq!(
        (code, said.contains("0 findings")),
        (0, true),
        "what main did since is not this branch's: {said}"
    );
    write(at, &broken());
    let (code, said, error) = review(at, "main", &[]);
    assert_eq!(code, 3, "{said}{error}");
    assert_eq!(fs::read_to_string(at.join("api.yaml")).unwrap(), broken());
    let (code, _, error) = review(at, "elsewhere", &[]);
    assert_eq!(code, 2);
    assert_eq!(
        error,
        "error: `--base elsewhere` is neither a file nor a revision of this repository\n"
    );
}

#[test]
fn outside_of_a_repository_and_in_a_shallow_clone_one_sentence_says_why() {
    let folder = folder();
    let (code, _, error) = review(folder.path(), "main", &[]);
    assert_eq!(code, 2);
    assert!(error.contains("is in no git repository"), "{error}");
    assert_eq!(error.lines().count(), 1);

    let at = folder.path();
    git(at, &["init", "--quiet", "--initial-branch=main"]);
    git(at, &["add", "api.yaml"]);
    git(at, &["commit", "--quiet", "--message=One"]);
    git(at, &["commit", "--quiet", "--allow-empty", "--message=Two"]);
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", at.display());
    git(clone.path(), &["clone", "--quiet", "--depth=1", &url, "."]);
    let (code, _, error) = review(clone.path(), "main~1", &[]);
    assert_eq!(code, 2);
    assert!(
        error.contains("this clone is shallow") && error.contains("git fetch --unshallow"),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1);
}

#[test]
fn an_accepted_finding_does_not_fail_until_the_acceptance_runs_out() {
    let folder = folder();
    let at = folder.path();
    let base = root().join("openapi/fonedynamics.yaml");
    let base = base.to_str().unwrap();
    let head = broken().replacen("version: 2.0.0", "version: 3.0.0", 1);
    write(at, &head);
    let (code, said, _) = review(at, base, &["--format", "json"]);
    assert_eq!(code, 3);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let findings = said["findings"].as_array().unwrap();
    let failing: Vec<_> = findings
        .iter()
        .filter(|finding| finding["fails"] == true)
        .collect();
    let accept = |until: &str| {
        let entry = |finding: &&serde_json::Value| {
            format!(
                "- {{ fingerprint: {}, reason: Nobody uses it, by: Anne, until: {until} }}\n",
                finding["fingerprint"]
            )
        };
        fs::write(
            at.join("accepted.yaml"),
            failing.iter().map(entry).collect::<String>(),
        )
        .unwrap();
    };
    accept("3.0.0");
    let (code, said, _) = review(at, base, &[]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("accepted: Nobody uses it (Anne, until 3.0.0)"),
        "{said}"
    );

    let moved = head.replacen("  /v2/Calls/{CallSid}:", "\n\n  /v2/Calls/{CallSid}:", 1);
    write(at, &moved.replacen("Read one call.", "Read a call.", 1));
    let (code, said, _) = review(at, base, &[]);
    assert_eq!(
        code, 0,
        "other lines and other words change no fingerprint: {said}"
    );

    accept("2.9.9");
    let (code, said, _) = review(at, base, &[]);
    assert_eq!((code, said.contains("acceptance-expired")), (3, true), "{said}");

    accept("3.0.0");
    write(at, &read("openapi/fonedynamics.yaml"));
    let (code, said, _) = review(at, base, &[]);
    assert_eq!((code, said.contains("acceptance-unmatched")), (3, true), "{said}");

    fs::write(at.join("accepted.yaml"), "- fingerprint: 1\n").unwrap();
    let (code, said, _) = review(at, base, &[]);
    assert_eq!(
        (code, said.contains("acceptance-unreadable")),
        (3, true),
        "{said}"
    );
}
