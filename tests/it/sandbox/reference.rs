//! The commands of the error reference: each is run on the sandbox, and raises the code that it is shown for.

use fonedynamics_client::types::ErrorCode;
use fonedynamics_sandbox::Sandbox;
use fonedynamics_sandbox::ledger::Caller;
use fonedynamics_server::operations;
use serde_json::Value;

use super::ledger::commands::run;
use crate::support::PLAN;
use crate::support::http::http_client;

/// What the page says of one code.
struct Section<'t> {
    code: &'t str,
    command: String,
    example: Value,
}

/// Takes the page apart: a section for each code, with an example of a response and a command.
fn sections(page: &str) -> Vec<Section<'_>> {
    let sections = page.split("\n## ").skip(1);
    let sections = sections.filter_map(|section| {
        let code = section.lines().next().unwrap();
        ErrorCode::from(code).is_known().then(|| Section {
            code,
            command: block(section, "sh").to_owned(),
            example: serde_json::from_str(block(section, "json")).unwrap(),
        })
    });
    sections.collect()
}

fn block<'t>(section: &'t str, language: &str) -> &'t str {
    let (_, block) = section.split_once(&format!("```{language}\n")).unwrap();
    block.split_once("\n```").unwrap().0
}

/// The command with credentials in place of the variables, in one line, for a sandbox at this base URL.
fn filled_in(command: &str, base_url: &str) -> String {
    let credentials = |caller: Caller| {
        let (user, password) = caller.credentials().unwrap();
        format!("'{user}:{password}'")
    };
    command
        .replace(
            "\"$restricted_account_sid:$restricted_token\"",
            &credentials(Caller::Robin),
        )
        .replace("\"$account_sid:$token\"", &credentials(Caller::Account))
        .replace("http://127.0.0.1:8080", base_url)
        .replace(" \\\n  ", " ")
}

#[tokio::test]
async fn every_command_of_the_error_reference_raises_its_code() {
    let http = http_client();
    let sections = sections(PLAN.get("reference/errors.md").unwrap());
    assert_eq!(sections.len(), ErrorCode::ALL.len());
    let mut unlike = Vec::new();
    for section in sections {
        let sandbox = Sandbox::start().await.unwrap();
        let filled_in = filled_in(&section.command, sandbox.base_url());
        let command = match filled_in.split_once('\n') {
            Some((comment, command)) => {
                let (_, failing) = comment.split_once(" --fail ").unwrap();
                let (id, code) = failing.split_once('=').unwrap();
                let mut all = operations::ALL.iter().copied();
                sandbox.fail_next(
                    all.find(|operation| operation.id == id).unwrap(),
                    ErrorCode::from(code),
                );
                command
            }
            None => &filled_in,
        };
        let (status, body) = run(&http, command).await;
        let code = ErrorCode::from(section.code);
        assert_eq!(
            body["ResponseStatus"]["ErrorCode"], section.code,
            "{command}\n{body}"
        );
        assert_eq!(Some(status), code.status(), "{command}");
        if body != section.example {
            unlike.push(section.code);
        }
    }
    // The example of this one has the third message of a batch, and the command one message.
    assert_eq!(unlike, ["PARAMETER_TOO_LONG"]);
}
