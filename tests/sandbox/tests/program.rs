//! The sandbox as a program: how it starts, refuses and ends, and that it loses nothing when it is killed.

// It is one anyway; said for clippy, which lets tests panic.
#![cfg(test)]

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use fonedynamics_client::types::{ListAddressesQuery, NewAddress};
use fonedynamics_client::{Client, Credentials, Options, RetryPolicy};
use fonedynamics_sandbox::Sandbox;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{sleep, timeout};

const ACCOUNT: &str = Sandbox::ACCOUNT_SID;
const TOKEN: &str = Sandbox::TOKEN;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fonedynamics-sandbox"));
    command.args(arguments).kill_on_drop(true);
    command
}

/// A sandbox that runs.
struct Running {
    child: Child,
    base_url: String,
    output: Lines<BufReader<ChildStdout>>,
}

impl Running {
    async fn start(arguments: &[&str]) -> Self {
        let mut command = program(&["--listen", "127.0.0.1:0"]);
        let command = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        Self::of(command).await
    }

    /// One whose output is piped.
    async fn of(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        loop {
            let line = timeout(Duration::from_secs(30), output.next_line());
            let line = line.await.unwrap().unwrap().unwrap();
            if let Some(base_url) = line.strip_prefix("address    ") {
                let base_url = base_url.to_owned();
                return Self {
                    child,
                    base_url,
                    output,
                };
            }
        }
    }

    fn client(&self) -> Client {
        let options = Options::new(Credentials::basic(ACCOUNT, TOKEN)).base_url(&self.base_url);
        Client::connect(options.retries(RetryPolicy::off())).unwrap()
    }

    #[cfg(unix)]
    async fn signal(&self, name: &str) {
        let process = self.child.id().unwrap().to_string();
        let mut kill = Command::new("sh");
        kill.args(["-c", "kill -s \"$0\" \"$1\"", name, &process]);
        assert!(kill.status().await.unwrap().success());
    }

    /// The rest of what it prints, and how it ends.
    async fn end(mut self) -> (String, Option<i32>) {
        let mut rest = String::new();
        while let Some(line) = self.output.next_line().await.unwrap() {
            rest.push_str(&line);
            rest.push('\n');
        }
        (rest, self.child.wait().await.unwrap().code())
    }
}

/// How a sandbox ends that cannot start.
async fn refusal(arguments: &[&str]) -> (Option<i32>, String) {
    let output = program(arguments).stdin(Stdio::null()).output();
    let Output { status, stderr, .. } = timeout(Duration::from_secs(30), output).await.unwrap().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn sandbox_says_where_it_is_and_what_to_try() {
    let mut running = Running::start(&[]).await;
    let client = running.client();
    client.list_projects(&Default::default()).await.unwrap();
    running.child.start_kill().unwrap();
    let address = running.base_url.strip_prefix("http://").unwrap().to_owned();
    let (rest, _) = running.end().await;
    assert!(
        rest.contains(&format!("URL=http://{ACCOUNT}:{TOKEN}@{address}\n")),
        "{rest}"
    );
    assert_eq!(
        rest.lines().filter(|line| line.starts_with("curl ")).count(),
        3,
        "{rest}"
    );
    assert!(rest.lines().all(|line| line.len() <= 80), "{rest}");
}

#[tokio::test]
async fn help_fits_a_terminal() {
    for arguments in [&["--help"][..], &["probe", "--help"]] {
        let output = program(arguments).output().await.unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let long: Vec<_> = help.lines().filter(|line| line.len() > 80).collect();
        assert!(output.status.success() && long.is_empty(), "{long:#?}");
    }
}

#[tokio::test]
async fn failing_responses_link_to_the_reference_that_it_is_told_of() {
    let page = "https://docs.example.com/errors.html";
    let scripted = "getCall=INTERNAL_SERVER_ERROR";
    let running = Running::start(&["--reference", page, "--fail", scripted]).await;
    for code in ["INTERNAL_SERVER_ERROR", "CALL_NOT_FOUND"] {
        let error = running.client().get_call("unknown").await.unwrap_err();
        assert_eq!(error.code().map(|code| code.as_str()), Some(code));
        let link = format!("<{page}#{code}>; rel=\"help\"");
        let sent = error.headers().unwrap().get("link");
        assert_eq!(sent.map(|sent| sent.to_str().unwrap()), Some(link.as_str()));
        assert_eq!(error.help(), Some(format!("errors.html#{code}")));
    }
}

#[tokio::test]
async fn reference_that_is_no_url_is_refused() {
    let (code, error) = refusal(&["--listen", "127.0.0.1:0", "--reference", "errors"]).await;
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("--reference <URL>"), "{error}");
}

#[tokio::test]
async fn it_serves_when_nobody_reads_its_log_any_more() {
    let mut command = program(&["--listen", "127.0.0.1:0"]);
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running::of(command).await;
    drop(running.child.stderr.take());
    for _ in 0..2 {
        let list = running.client().list_projects(&Default::default()).await;
        assert!(list.is_ok(), "{list:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn signals_end_it_cleanly() {
    for signal in ["INT", "TERM"] {
        let running = Running::start(&[]).await;
        running.signal(signal).await;
        let ended = timeout(Duration::from_secs(30), running.end()).await.unwrap();
        assert_eq!(ended.1, Some(0), "{signal}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn request_that_never_ends_keeps_nobody_waiting() {
    let running = Running::start(&[]).await;
    let address = running.base_url.strip_prefix("http://").unwrap();
    let mut unfinished = TcpStream::connect(address).await.unwrap();
    unfinished
        .write_all(b"GET /v2/Properties HTTP/1.1\r\n")
        .await
        .unwrap();
    // What is accepted later was read later.
    running.client().list_projects(&Default::default()).await.unwrap();
    running.signal("INT").await;
    let ended = timeout(Duration::from_secs(10), running.end()).await.unwrap();
    assert_eq!(ended.1, Some(0));
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let running = Running::start(&["--state", text(&state)]).await;
    let address = running.base_url.strip_prefix("http://").unwrap().to_owned();
    let (code, error) = refusal(&["--listen", &address]).await;
    assert_eq!((code, error.lines().count()), (Some(2), 1), "{error}");
    assert!(
        error.starts_with(&format!("error: cannot listen on {address}: ")),
        "{error}"
    );

    let at_state = |path: &Path, sentence: &str| {
        let error = format!(
            "error: cannot use the state file {}: {sentence}\n",
            path.display()
        );
        (Some(2), error)
    };
    let with_state = ["--listen", "127.0.0.1:0", "--state", text(&state)];
    assert_eq!(
        refusal(&with_state).await,
        at_state(&state, "another process uses it")
    );
    drop(running);

    let foreign = folder.path().join("foreign");
    std::fs::write(&foreign, "a text").unwrap();
    assert_eq!(
        refusal(&["--listen", "127.0.0.1:0", "--state", text(&foreign)]).await,
        at_state(&foreign, "it is not one that a sandbox wrote")
    );
    assert_eq!(std::fs::read(&foreign).unwrap(), b"a text");
}

// Elsewhere these are no names of files.
#[cfg(unix)]
#[tokio::test]
async fn state_is_in_a_file_whatever_its_name_means_to_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:state?mode=memory"] {
        let mut command = program(&["--listen", "127.0.0.1:0", "--state", name]);
        let command = command.current_dir(folder.path()).stdout(Stdio::piped());
        let running = Running::of(command.stderr(Stdio::null())).await;
        assert!(folder.path().join(name).exists(), "{name}");
        drop(running);
    }
}

/// Kills the sandbox again and again while clients add addresses. Every address that was acknowledged is there
/// afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn kills_lose_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let mut acknowledged = 0;
    for kill in 0..200_u64 {
        let mut running = Running::start(&["--state", text(&state)]).await;
        let before: Vec<_> = (0..4)
            .map(|writer| {
                let client = running.client();
                tokio::spawn(async move { write(&client, &format!("{kill}-{writer}")).await })
            })
            .collect();
        sleep(Duration::from_millis(kill % 20)).await;
        running.child.kill().await.unwrap();
        let mut written = Vec::new();
        for writer in before {
            written.extend(writer.await.unwrap());
        }
        let mut running = Running::start(&["--state", text(&state)]).await;
        for reference in written {
            let query = ListAddressesQuery::default().reference(&reference);
            let found = running.client().list_addresses(ACCOUNT, &query).await.unwrap();
            assert_eq!(found.addresses.len(), 1, "{reference}");
            acknowledged += 1;
        }
        running.child.kill().await.unwrap();
    }
    assert!(
        acknowledged > 100,
        "{acknowledged} acknowledged writes are no load"
    );
}

/// Adds addresses until the sandbox is gone. Gives the references of those that were acknowledged.
async fn write(client: &Client, name: &str) -> Vec<String> {
    let mut written = Vec::new();
    loop {
        let reference = format!("{name}-{}", written.len());
        let address = NewAddress::new("1 Example Street", "Sydney", "AU").reference(&reference);
        match client.add_address(ACCOUNT, &address).await {
            Ok(_) => written.push(reference),
            Err(_) => return written,
        }
    }
}
