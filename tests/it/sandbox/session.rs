//! The session that the page of the sandbox shows is one that can be had.

use fonedynamics_sandbox::Sandbox;
use serde_json::Value;
use xtask::report;

use super::ledger::commands::run;
use crate::support::http::http_client;
use crate::support::{contract, read};

/// The commands of the session, each with what it prints.
fn session(page: &str) -> Vec<(String, String)> {
    let (_, session) = page.split_once("```text\n$ URL=").unwrap();
    let (session, _) = session.split_once("```").unwrap();
    let session = session.replace("\\\n", " ");
    let commands = session.split("\n$ ").skip(1);
    let parts = commands.map(|command| command.split_once('\n').unwrap());
    parts
        .map(|(command, output)| (command.to_owned(), output.to_owned()))
        .collect()
}

#[tokio::test]
async fn commands_of_the_session_print_what_is_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.base_url().strip_prefix("http://").unwrap();
    let url = format!("'http://{}:{}@{address}'", Sandbox::ACCOUNT_SID, Sandbox::TOKEN);
    let page = read("tests/sandbox/README.md");
    assert!(page.contains(&format!(
        "$ URL=http://{}:{}@127.0.0.1:8080\n",
        Sandbox::ACCOUNT_SID,
        Sandbox::TOKEN
    )));
    let session = session(&page);
    assert_eq!(session.len(), 4);
    let client = http_client();
    let contract = contract(&read("openapi/fonedynamics.yaml"));
    for (command, output) in session {
        assert!(output.lines().all(|line| line.len() <= 80), "{output}");
        if command.starts_with("curl ") {
            let (_, body) = run(&client, &command.replace("$URL", &url)).await;
            let shown: Value = serde_json::from_str(&output).unwrap();
            assert_eq!(body, shown, "{command}");
        } else {
            let command = command.strip_prefix("cargo xtask explain ").unwrap();
            let (code, _) = command.split_once(" | grep ").unwrap();
            let explained = report::named(&contract, code).unwrap();
            assert!(explained.contains(output.trim_end()), "{explained}");
        }
    }
}
