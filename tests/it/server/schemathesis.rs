//! The generated server and the sandbox under Schemathesis, which makes requests of the published document, valid and
//! invalid ones.
//!
//! Needs that program, so it is no part of the ordinary tests: `tests/schemathesis/run` installs and runs it.

use std::env;
use std::fs;
use std::process::Command;

use fonedynamics_sandbox::Sandbox;

use crate::support::credentials::{PASSWORD, USER};
use crate::support::recorder::Recorder;
use crate::support::root;
use crate::support::served::Served;

/// Seeds of the requests that are made up.
const SEEDS: [&str; 3] = ["1", "2", "3"];

/// Runs Schemathesis against a server, as a caller who may do everything, and with further arguments.
async fn run(base_url: &str, user: &str, password: &str, arguments: &[&str]) {
    let program = env::var("FONEDYNAMICS_SCHEMATHESIS").expect("tests/schemathesis/run sets it");
    // Schemathesis does not know our format, and would make integers of any length.
    let document = fs::read_to_string(root().join("generated/reference/openapi.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.json");
    fs::write(&path, document.replace("\"unix-time\"", "\"int64\"")).unwrap();
    for seed in SEEDS {
        let mut run = Command::new(&program);
        // It keeps files of its own where it runs.
        run.current_dir(folder.path())
            .arg("--config-file")
            .arg(root().join("tests/schemathesis/schemathesis.toml"))
            .arg("run")
            .arg(&path)
            .arg(format!("--url={base_url}"))
            .arg(format!("--auth={user}:{password}"))
            .arg(format!("--seed={seed}"))
            .args(arguments);
        let status = tokio::task::spawn_blocking(move || run.status().unwrap())
            .await
            .unwrap();
        assert!(status.success(), "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes and needs Schemathesis; run tests/schemathesis/run"]
async fn server_has_no_response_outside_the_document() {
    let served = Served::router(fonedynamics_server::router(Recorder::default())).await;
    run(&format!("http://{}", served.address), USER, PASSWORD, &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes and needs Schemathesis; run tests/schemathesis/run"]
async fn sandbox_has_no_response_outside_the_document() {
    let sandbox = Sandbox::start().await.unwrap();
    // What exists is not in the document, so a request with the right form may well fail.
    let arguments = ["--exclude-checks=positive_data_acceptance"];
    run(
        sandbox.base_url(),
        Sandbox::ACCOUNT_SID,
        Sandbox::TOKEN,
        &arguments,
    )
    .await;
}
