//! Callers that take their time to read a response, and what they send meanwhile.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use fonedynamics_server::{Server, server};
use http_body_util::BodyExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

use super::{LONG, MOMENT};
use crate::support::served::Served;

/// More than fits between the two ends of a connection, in bytes.
const LARGE: usize = 24 * 1024 * 1024;

const REQUEST: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const LAST: &str = "GET /small HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// Large responses, the second of which does not wait for the body; a small one, and one that needs the body.
fn router() -> Router {
    let early = async |body: Body| {
        tokio::spawn(body.collect());
        "x".repeat(LARGE)
    };
    Router::new()
        .route("/", get(async || "x".repeat(LARGE)))
        .route("/early", post(early))
        .route("/small", get("small"))
        .route("/body", post(async |body: Bytes| body))
}

async fn large(set: impl FnOnce(Server) -> Server) -> Served {
    Served::server(set(server(router()))).await
}

async fn sent(served: &Served, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// What is behind the large response, all of which must be there.
async fn behind(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    timeout(LONG, stream.read_to_end(&mut bytes))
        .await
        .unwrap()
        .unwrap();
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let body = bytes[head..].iter().take_while(|byte| **byte == b'x').count();
    assert_eq!(body, LARGE, "the response is truncated");
    String::from_utf8(bytes.split_off(head + body)).unwrap()
}

#[tokio::test]
async fn next_request_cuts_nothing_off_a_response_that_is_still_unread() {
    let served = large(|server| server).await;
    let early = "POST /early HTTP/1.1\r\nHost: a\r\n";
    for (begin, end) in [
        (REQUEST.to_owned(), ""),
        (format!("{early}Content-Length: 5\r\n\r\nab"), "cde"),
        (
            format!("{early}Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
            "cde\r\n0\r\n\r\n",
        ),
    ] {
        for (next, status) in [
            (LAST, "200"),
            ("GET / HTTP/7.0\r\n\r\n", "400"),
            ("\0\r\n\r\n", "400"),
        ] {
            let at_once = sent(&served, &format!("{begin}{end}{next}")).await;
            let mut later = sent(&served, &begin).await;
            sleep(MOMENT).await;
            later.write_all(format!("{end}{next}").as_bytes()).await.unwrap();
            sleep(MOMENT).await;
            for stream in [at_once, later] {
                let text = behind(stream).await;
                let expected = format!("HTTP/1.1 {status}");
                assert_eq!(text.get(..12), Some(expected.as_str()), "{begin} {next:?} {text}");
            }
        }
    }
}

#[tokio::test]
async fn response_that_nobody_reads_does_not_hold_its_connection_for_ever() {
    let served = large(|server| server.connections(1).idle_timeout(MOMENT * 3)).await;
    let deaf = sent(&served, REQUEST).await;
    // The one place is free again.
    let mut next = sent(&served, LAST).await;
    timeout(LONG, next.read_u8()).await.unwrap().unwrap();
    drop(deaf);
}

#[tokio::test]
async fn caller_that_reads_slowly_gets_the_whole_response() {
    let served = large(|server| server.idle_timeout(MOMENT * 12)).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(64 * 1024).unwrap();
    let mut stream = socket.connect(served.address).await.unwrap();
    stream
        .write_all(format!("{REQUEST}{LAST}").as_bytes())
        .await
        .unwrap();
    // So slow that a buffer of megabytes has no room for longer than the timeout.
    let start = Instant::now();
    let (mut read, mut bytes) = (0, [0; 20 * 1024]);
    while start.elapsed() < Duration::from_secs(5) {
        read += stream.read(&mut bytes).await.unwrap();
        sleep(MOMENT / 2).await;
    }
    let mut rest = Vec::new();
    timeout(LONG, stream.read_to_end(&mut rest))
        .await
        .unwrap()
        .unwrap();
    assert!(read + rest.len() > LARGE, "cut off after {}", read + rest.len());
}

#[tokio::test]
async fn body_of_an_own_route_has_its_deadline() {
    let served = large(|server| server.read_timeout(MOMENT * 3)).await;
    for head in [
        "Content-Length: 50\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n32\r\nabc",
    ] {
        let request = format!("POST /body HTTP/1.1\r\nHost: a\r\n{head}");
        let mut stream = sent(&served, &request).await;
        let mut text = String::new();
        timeout(LONG, stream.read_to_string(&mut text))
            .await
            .unwrap()
            .unwrap();
        assert!(text.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{text}");
        assert!(text.contains("was not finished in time"), "{text}");
    }
}

/// Why the server keeps the next request from the HTTP library until it has sent a response.
#[tokio::test]
async fn http_library_alone_cuts_a_response_off() {
    let served = Served::with(|listener| async { axum::serve(listener, router()).await }).await;
    let begin = "POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab";
    let mut stream = sent(&served, begin).await;
    sleep(MOMENT).await;
    stream.write_all(b"cde\0\r\n\r\n").await.unwrap();
    sleep(MOMENT).await;
    let mut bytes = Vec::new();
    let _ = timeout(LONG, stream.read_to_end(&mut bytes)).await.unwrap();
    assert!(bytes.len() < LARGE, "{}", bytes.len());
}
