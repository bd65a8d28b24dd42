//! A server in a process of its own: what it does on SIGTERM, and when it runs out of descriptors. The process is
//! this test binary once more; the shell sets its limits and sends the signal.

use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;
use std::time::Duration;

use fonedynamics_server::types;
use fonedynamics_server::{
    Api, Context, Credentials, HandlerResult, Operation, Refusal, operations, router, serve,
};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{sleep, timeout};

use super::{LONG, call, one_response, rest};
use crate::support::examples;

/// Set for the process that is to serve.
const SERVES: &str = "FONEDYNAMICS_TEST_SERVES";
/// What it prints of each request that is under way.
const REACHED: &str = "reached";

struct Telling;

impl Api for Telling {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn get_call(
        &self,
        _: Context<()>,
        call_sid: String,
    ) -> HandlerResult<types::Call, operations::GetCall> {
        println!("{REACHED}");
        if call_sid == "SLOW" {
            sleep(Duration::from_secs(2)).await;
        }
        Ok(serde_json::from_str(examples::response("Call"))?)
    }
}

/// Serves until it is told to stop, if this is the process that is to.
#[tokio::test]
#[ignore = "the process of the other tests"]
async fn process_that_serves() {
    if env::var_os(SERVES).is_none() {
        return;
    }
    tracing_subscriber::fmt().with_ansi(false).init();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    println!("\n{}", listener.local_addr().unwrap());
    serve(listener, router(Telling)).await.unwrap();
}

struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
}

impl Process {
    /// Begins to serve, after a command of the shell.
    async fn start(first: &str) -> Self {
        let name = concat!(module_path!(), "::process_that_serves");
        let (_, name) = name.split_once("::").unwrap();
        let mut child = Command::new("sh")
            .args(["-c", &format!("{first} exec \"$0\" \"$@\"")])
            .arg(env::current_exe().unwrap())
            .args([name, "--exact", "--ignored", "--nocapture"])
            .env(SERVES, "")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = timeout(LONG, lines.next_line()).await.unwrap().unwrap().unwrap();
            if let Ok(address) = line.parse() {
                break address;
            }
        };
        Self {
            child,
            lines,
            address,
        }
    }

    async fn connect(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn terminate(&self) {
        let id = self.child.id().unwrap();
        let kill = Command::new("sh")
            .args(["-c", &format!("kill -TERM {id}")])
            .status()
            .await;
        assert!(kill.unwrap().success());
    }

    /// What it says from now on until it has ended well.
    async fn rest(mut self) -> Vec<String> {
        let mut rest = Vec::new();
        while let Some(line) = timeout(LONG, self.lines.next_line()).await.unwrap().unwrap() {
            rest.push(line);
        }
        assert!(timeout(LONG, self.child.wait()).await.unwrap().unwrap().success());
        rest
    }
}

#[tokio::test]
async fn request_under_way_is_finished_before_sigterm_ends_the_process() {
    let mut process = Process::start("").await;
    let idle = process.connect("").await;
    let slow = process.connect(&call("SLOW")).await;
    while timeout(LONG, process.lines.next_line())
        .await
        .unwrap()
        .unwrap()
        .unwrap()
        != REACHED
    {}
    process.terminate().await;
    assert_eq!(rest(idle).await, "");
    let text = rest(slow).await;
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("\r\nconnection: close\r\n"), "{text}");
    process.rest().await;
}

#[tokio::test]
async fn idle_connections_give_way_where_there_are_no_more_descriptors() {
    let process = Process::start("ulimit -n 60;").await;
    let mut idle = Vec::new();
    for _ in 0..100 {
        idle.push(process.connect("").await);
    }
    sleep(Duration::from_secs(1)).await;
    for _ in 0..3 {
        let mut newcomer = process.connect(&call("CA1")).await;
        one_response(&mut newcomer).await;
    }
    process.terminate().await;
    let log = process.rest().await;
    let failed = log
        .iter()
        .filter(|line| line.contains("no connection can be accepted"));
    assert_eq!(failed.count(), 1, "{log:?}");
}
