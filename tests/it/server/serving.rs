//! A server as a process: how many it serves at once, and how it ends.

mod crowds;
#[cfg(unix)]
mod process;
mod readers;

use std::future::pending;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use fonedynamics_server::types::{self, ErrorCode};
use fonedynamics_server::{
    Api, Context, Credentials, HandlerResult, Operation, Refusal, Server, operations, routes, server,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::support::credentials::AUTHORIZED;
use crate::support::examples;

/// Longer than anything here takes, unless it is broken.
const LONG: Duration = Duration::from_secs(10);
/// Long enough for what is on its way to arrive.
const MOMENT: Duration = Duration::from_millis(100);

/// A server whose responses wait until they are let go.
#[derive(Clone, Default)]
struct Slow(Arc<Gate>);

#[derive(Default)]
struct Gate {
    reached: Notify,
    opened: Notify,
}

impl Api for Slow {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn get_call(
        &self,
        _: Context<()>,
        call_sid: String,
    ) -> HandlerResult<types::Call, operations::GetCall> {
        self.0.reached.notify_one();
        match call_sid.as_str() {
            "WAITS" => self.0.opened.notified().await,
            "HANGS" => pending().await,
            _ => {}
        }
        Ok(serde_json::from_str(examples::response("Call"))?)
    }
}

/// A server that can be told to stop.
struct Running {
    address: SocketAddr,
    slow: Slow,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    async fn start(set: impl FnOnce(Server) -> Server) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let slow = Slow::default();
        let router = routes(slow.clone()).handler_timeout(LONG).into_router();
        let server = set(server(router));
        let task = tokio::spawn(server.serve_until(listener, async move {
            stopped.await.unwrap();
        }));
        Self {
            address,
            slow,
            stop: Some(stop),
            task,
        }
    }

    /// A connection on which these bytes were sent.
    async fn connect(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    async fn ended(self) {
        timeout(LONG, self.task).await.unwrap().unwrap().unwrap();
    }
}

fn call(call_sid: &str) -> String {
    format!("GET /v2/Calls/{call_sid} HTTP/1.1\r\nHost: a\r\n{AUTHORIZED}\r\n\r\n")
}

async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    timeout(LONG, stream.read_to_string(&mut text))
        .await
        .unwrap()
        .unwrap();
    text
}

/// Reads until the head and the body of one response are there.
async fn one_response(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    while !text.ends_with('}') {
        let mut bytes = [0; 4096];
        let length = timeout(LONG, stream.read(&mut bytes)).await.unwrap().unwrap();
        assert!(length > 0, "{text}");
        text.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
    }
    text
}

#[tokio::test]
async fn request_under_way_is_finished_before_the_end() {
    let mut running = Running::start(|server| server).await;
    let mut idle = running.connect(&call("CA1")).await;
    one_response(&mut idle).await;
    running.slow.0.reached.notified().await;
    let silent = running.connect("").await;
    let waits = running.connect(&call("WAITS")).await;
    running.slow.0.reached.notified().await;

    running.stop();
    assert_eq!(rest(idle).await, "", "an idle connection is closed at once");
    assert_eq!(rest(silent).await, "", "and so is one that never said anything");
    assert!(
        TcpStream::connect(running.address).await.is_err(),
        "nobody else is let in"
    );
    assert!(!running.task.is_finished());

    running.slow.0.opened.notify_one();
    let text = rest(waits).await;
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("\r\nconnection: close\r\n"), "{text}");
    running.ended().await;
}

#[tokio::test]
async fn caller_that_says_it_will_send_no_more_gets_its_response() {
    let running = Running::start(|server| server).await;
    let mut waits = running.connect(&call("WAITS")).await;
    waits.shutdown().await.unwrap();
    running.slow.0.reached.notified().await;
    sleep(MOMENT).await;
    running.slow.0.opened.notify_one();
    let text = rest(waits).await;
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
}

#[tokio::test]
async fn head_that_was_begun_is_finished_before_the_end() {
    let mut running = Running::start(|server| server).await;
    let request = call("CA1");
    let (begin, end) = request.split_at(20);
    let mut half = running.connect(begin).await;
    sleep(MOMENT).await;
    running.stop();
    sleep(MOMENT).await;
    half.write_all(end.as_bytes()).await.unwrap();
    let text = rest(half).await;
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("\r\nconnection: close\r\n"), "{text}");
    running.ended().await;
}

#[tokio::test]
async fn request_that_outlasts_the_grace_period_fails_as_unavailable() {
    let mut running = Running::start(|server| server.shutdown_grace(MOMENT)).await;
    let hangs = running.connect(&call("HANGS")).await;
    running.slow.0.reached.notified().await;
    let half = running.connect("GET /v2").await;
    sleep(MOMENT).await;
    running.stop();
    for stream in [hangs, half] {
        let text = rest(stream).await;
        assert!(
            text.starts_with("HTTP/1.1 500 Internal Server Error\r\n"),
            "{text}"
        );
        assert!(text.contains(ErrorCode::InternalServerError.as_str()), "{text}");
        assert!(
            text.ends_with(r#""Message":"The server is not available for now."}}"#),
            "{text}"
        );
    }
    running.ended().await;
}
