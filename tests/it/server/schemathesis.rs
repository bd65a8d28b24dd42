//! The generated server under Schemathesis, which makes requests of the published document, valid and invalid ones.
//!
//! Needs that program, so it is no part of the ordinary tests: `tests/schemathesis/run` installs and runs it.

use std::env;
use std::fs;
use std::process::Command;

use crate::support::credentials::{PASSWORD, USER};
use crate::support::recorder::Recorder;
use crate::support::root;
use crate::support::served::Served;

/// Seeds of the requests that are made up.
const SEEDS: [&str; 3] = ["1", "2", "3"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes and needs Schemathesis; run tests/schemathesis/run"]
async fn schemathesis_finds_no_response_outside_the_document() {
    let program = env::var("FONEDYNAMICS_SCHEMATHESIS").expect("tests/schemathesis/run sets it");
    let served = Served::router(fonedynamics_server::router(Recorder::default())).await;
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
            .arg(format!("--url=http://{}", served.address))
            .arg(format!("--auth={USER}:{PASSWORD}"))
            .arg(format!("--seed={seed}"));
        let status = tokio::task::spawn_blocking(move || run.status().unwrap())
            .await
            .unwrap();
        assert!(status.success(), "seed {seed}");
    }
}
