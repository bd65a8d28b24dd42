//! More callers than a server has places for: who gives way, and who waits. Nobody is lost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{LONG, Running, call, one_response, rest};
use crate::support::log::Log;

/// Longer than a connection must have been idle before it gives way.
const SETTLED: Duration = Duration::from_millis(700);
/// Any other deadline of a connection.
const HOUR: Duration = Duration::from_secs(3600);

/// The words that are logged at the limit.
const FULL: &str = "the limit of connections is reached";

impl Running {
    /// So many places, and deadlines that are no help.
    async fn places(most: usize) -> Self {
        Self::start(|server| server.connections(most).idle_timeout(HOUR).head_timeout(HOUR)).await
    }

    /// A connection that has had its response.
    async fn used(&self) -> TcpStream {
        let mut stream = self.connect(&call("CA1")).await;
        one_response(&mut stream).await;
        stream
    }

    /// Connections on which these bytes were sent.
    async fn connections(&self, count: usize, text: &str) -> Vec<TcpStream> {
        let mut streams = Vec::new();
        for _ in 0..count {
            streams.push(self.connect(text).await);
        }
        streams
    }
}

#[tokio::test]
async fn idle_connections_give_way_first_those_between_requests() {
    let log = Log::keep();
    let running = Running::places(4).await;
    let mut silent = running.connections(2, "").await;
    let between = [running.used().await, running.used().await];
    sleep(SETTLED).await;
    let newcomers = [running.used().await, running.used().await];
    for stream in between {
        assert_eq!(
            rest(stream).await,
            "",
            "a connection between requests is closed first"
        );
    }
    sleep(SETTLED).await;
    for stream in newcomers {
        drop(stream);
    }
    // Those that never sent anything are still served.
    let mut last = silent.pop().unwrap();
    last.write_all(call("CA2").as_bytes()).await.unwrap();
    one_response(&mut last).await;
    assert_eq!(log.text().matches(FULL).count(), 1, "{}", log.text());
}

#[tokio::test]
async fn newcomer_takes_the_place_of_one_that_never_sent_anything() {
    let running = Running::places(3).await;
    let silent = running.connections(3, "").await;
    sleep(SETTLED).await;
    running.used().await;
    let mut silent = silent.into_iter();
    assert_eq!(
        rest(silent.next().unwrap()).await,
        "",
        "the first is the first to go"
    );
}

#[tokio::test]
async fn busy_connections_give_way_after_their_response() {
    let running = Running::places(1).await;
    let waits = running.connect(&call("WAITS")).await;
    running.slow.0.reached.notified().await;
    let mut newcomer = running.connect(&call("CA2")).await;
    sleep(SETTLED).await;
    running.slow.0.opened.notify_one();
    let text = rest(waits).await;
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("\r\nconnection: close\r\n"), "{text}");
    let text = one_response(&mut newcomer).await;
    assert!(!text.contains("\r\nconnection: close\r\n"), "{text}");
}

#[tokio::test]
async fn caller_that_does_not_close_its_last_connection_holds_no_place() {
    let running = Running::places(1).await;
    let last = call("CA1").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    let mut stays = running.connect(&last).await;
    one_response(&mut stays).await;
    let start = Instant::now();
    running.used().await;
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[tokio::test]
async fn body_that_nobody_reads_holds_no_place() {
    let running = Running::places(1).await;
    let refused = "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx";
    let mut sending = running.connect(refused).await;
    one_response(&mut sending).await;
    let start = Instant::now();
    running.used().await;
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[tokio::test]
async fn first_byte_has_the_time_of_a_head() {
    let running = Running::start(|server| server.idle_timeout(HOUR).head_timeout(SETTLED)).await;
    let silent = running.connect("").await;
    let mut used = running.used().await;
    assert_eq!(rest(silent).await, "");
    sleep(SETTLED).await;
    used.write_all(call("CA2").as_bytes()).await.unwrap();
    one_response(&mut used).await;
}

#[tokio::test]
async fn newcomer_waits_until_slow_heads_are_given_up() {
    let running = Running::start(|server| server.connections(3).head_timeout(SETTLED)).await;
    let slow = running.connections(3, "GET /v2").await;
    sleep(Duration::from_millis(50)).await;
    running.used().await;
    for stream in slow {
        let text = rest(stream).await;
        assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
    }
}

/// Sends requests one behind the other, on a new connection whenever a response says that it is the last. Gives how
/// many connections were closed before it had sent anything, which happens to a caller that gets no time to send.
async fn busy(running: &Running, requests: usize) -> usize {
    let (mut stream, mut closed) = (running.connect("").await, 0);
    for _ in 0..requests {
        let text = loop {
            let sent = stream.write_all(call("CA1").as_bytes()).await;
            if sent.is_ok() && stream.peek(&mut [0]).await.is_ok_and(|length| length > 0) {
                break one_response(&mut stream).await;
            }
            stream = running.connect("").await;
            closed += 1;
        };
        if text.contains("\r\nconnection: close\r\n") {
            stream = running.connect("").await;
        }
    }
    closed
}

/// So many callers at once, of whom none is lost.
async fn crowd(places: usize, callers: usize, requests: usize) {
    let running = Arc::new(Running::places(places).await);
    let mut tasks = JoinSet::new();
    for _ in 0..callers {
        let running = Arc::clone(&running);
        tasks.spawn(async move { busy(&running, requests).await });
    }
    let closed: usize = tasks.join_all().await.iter().sum();
    assert!(closed * 20 <= callers * requests, "{closed}");
}

#[tokio::test]
async fn more_busy_callers_than_places_are_all_served() {
    crowd(4, 40, 5).await;
}

/// `cargo test -p fonedynamics-tests --test it server::serving::crowds -- --ignored`, with some thousand descriptors.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "thousands of connections"]
async fn floods_lose_no_newcomer() {
    let running = Running::start(|server| server.connections(1000)).await;
    for text in ["", "GET /v2"] {
        let count = if text.is_empty() { 1000 } else { 300 };
        let flood = running.connections(count, text).await;
        sleep(SETTLED).await;
        let start = Instant::now();
        for _ in 0..100 {
            running.used().await;
        }
        assert!(start.elapsed() < LONG, "{text:?}: {:?}", start.elapsed());
        drop(flood);
    }
    let body = "POST /v2/Properties HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{";
    let flood = running.connections(300, body).await;
    running.used().await;
    drop(flood);
    crowd(1000, 500, 20).await;
    crowd(20, 500, 20).await;
}
