//! The commands that the ledger prints: each is run, and does what the comment above it says.

use std::process::Command;

use fonedynamics_client::reqwest::{self, Method};
use fonedynamics_client::types::ErrorCode;
use fonedynamics_sandbox::Sandbox;
use fonedynamics_sandbox::ledger::{commands, rows};
use serde_json::Value;

use super::{Failed, operation};
use crate::support::http::http_client;
use crate::support::snapshot;

/// A command as it is printed, and what is said of it.
struct Printed<'t> {
    code: &'t str,
    comment: &'t str,
    command: &'t str,
}

/// Takes the text apart: a block for each code, with a heading and pairs of comment and command.
fn printed(text: &str) -> Vec<Printed<'_>> {
    let mut found = Vec::new();
    let (mut code, mut comment) = ("", "");
    let headings: Vec<_> = ErrorCode::ALL.iter().map(ErrorCode::as_str).collect();
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(said) => {
                comment = said;
                let name = said.split(':').next().unwrap();
                code = headings.iter().find(|code| **code == name).unwrap_or(&code);
            }
            None if line.is_empty() => {}
            None => found.push(Printed {
                code,
                comment,
                command: line,
            }),
        }
    }
    found
}

/// The words of a command as `sh` reads them, as far as it is about blanks, single quotes and backslashes. Anything
/// else that has a meaning in `sh` is refused.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next().expect("a quote ends") {
                        '\'' => break,
                        quoted => word.push(quoted),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(characters.next().unwrap()),
            plain if plain.is_ascii_alphanumeric() || "-_./:=".contains(plain) => {
                word.get_or_insert_default().push(plain);
            }
            special => panic!("{special} has to be quoted: {command}"),
        }
    }
    words.extend(word);
    words
}

/// Sends what `curl` would send.
pub(in crate::sandbox) async fn run(client: &reqwest::Client, command: &str) -> (u16, Value) {
    let mut words = words(command).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"));
    let (mut method, mut url, mut body, mut user, mut headers) = (None, None, None, None, Vec::new());
    while let Some(word) = words.next() {
        match word.as_str() {
            "-i" => {}
            "-w" => assert_eq!(words.next().as_deref(), Some(r"\n")),
            "-X" => method = words.next(),
            "-u" => user = words.next(),
            "-H" => headers.extend(words.next()),
            "-d" => body = words.next(),
            "--json" => {
                body = words.next();
                headers.push("Content-Type: application/json".to_owned());
            }
            option if option.starts_with('-') => panic!("{option}: {command}"),
            _ => assert!(url.replace(word).is_none(), "{command}"),
        }
    }
    let url = url.unwrap();
    assert!(!url.contains(['{', '}', '[', ']']), "curl would expand {url}");
    let usual = if body.is_some() { Method::POST } else { Method::GET };
    let method = method.map_or(usual, |method| method.parse().unwrap());
    let mut request = client.request(method, url);
    if let Some(user) = user {
        let (name, password) = user.split_once(':').unwrap();
        request = request.basic_auth(name, Some(password));
    }
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        assert_eq!(name, "Content-Type");
        request = request.header(name, value);
    }
    if let Some(body) = body {
        assert!(!body.starts_with('@'), "curl would read a file: {body}");
        request = request.body(body);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// What a comment has to say of a response.
fn comment(operation: &str, failed: &Failed) -> String {
    let entry = if failed.status < 400 {
        ", with an entry that failed"
    } else {
        ""
    };
    let fields = match failed.fields.is_empty() {
        true => String::new(),
        false => format!(", at {}", failed.fields.join("; ")),
    };
    format!("{operation}: {}{entry}{fields}", failed.status)
}

/// Runs every command in some way, and holds the response against what is printed.
async fn check_all(mut run: impl AsyncFnMut(&str) -> (u16, Value)) {
    let sandbox = Sandbox::start().await.unwrap();
    let text = commands(sandbox.base_url()).unwrap();
    let printed = printed(&text);
    assert_eq!(printed.len(), rows().unwrap().len());
    for Printed {
        code,
        comment: said,
        command,
    } in printed
    {
        let id = said.split(':').next().unwrap();
        if code == ErrorCode::InternalServerError.as_str() {
            sandbox.fail_next(operation(id), ErrorCode::InternalServerError);
        }
        let (status, body) = run(command).await;
        let failed = Failed::of(status, &body).unwrap_or_else(|| panic!("{command}\n{status} {body}"));
        assert_eq!(
            (failed.code.as_str(), comment(id, &failed).as_str()),
            (code, said),
            "{command}"
        );
    }
}

#[tokio::test]
async fn every_printed_command_fails_as_it_is_said_to() {
    let client = http_client();
    check_all(async |command| run(&client, command).await).await;
}

#[tokio::test]
#[ignore = "needs curl"]
async fn every_printed_command_works_in_a_shell() {
    check_all(async |command| {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{command} --silent --show-error"));
        let output = tokio::task::spawn_blocking(move || shell.output().unwrap())
            .await
            .unwrap();
        assert!(output.status.success(), "{command}\n{output:?}");
        let response = String::from_utf8(output.stdout).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap())
    })
    .await;
}

#[test]
fn commands_are_readable_at_a_terminal() {
    let text = commands("http://127.0.0.1:8080").unwrap();
    let shown = [
        "ADDRESS_CANNOT_BE_DELETED",
        "UNKNOWN_TIME_ZONE",
        "INTERNAL_SERVER_ERROR",
    ]
    .map(|code| {
        let (_, block) = text.split_once(&format!("# {code}: ")).unwrap();
        let lines: Vec<_> = block.lines().take(7).collect();
        format!("# {code}: {}\n", lines.join("\n"))
    });
    snapshot("sandbox/commands", &shown.concat());
}
