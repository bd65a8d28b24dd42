//! What a guard lets through, and when.

use axum::http::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::time::Instant;

use super::Guard;
use crate::request::request_id::RequestId;
use crate::serve::access_log::InFlight;
use crate::serve::connection_state::{ConnectionState, Phase};
use crate::serve::unread::Unread;

fn guarded() -> (Guard<DuplexStream>, DuplexStream, ConnectionState) {
    let (near, far) = duplex(1024);
    let shared = ConnectionState::new();
    (Guard::new(near, shared.clone()), far, shared)
}

fn in_flight() -> InFlight {
    InFlight {
        method: Method::GET,
        path: None,
        request_id: RequestId::read(&axum::http::HeaderMap::new()),
        since: Instant::now(),
    }
}

/// What has arrived at the other end.
async fn arrived(guard: Guard<DuplexStream>, mut far: DuplexStream) -> String {
    drop(guard);
    let mut text = String::new();
    far.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test]
async fn what_is_written_before_the_service_has_a_request_is_withheld() {
    let (mut guard, mut far, shared) = guarded();
    guard.write_all(b"one").await.unwrap();
    assert!(shared.lock().withheld);

    far.write_all(b"GET ").await.unwrap();
    guard.read_exact(&mut [0; 4]).await.unwrap();
    assert_eq!(shared.lock().phase, Phase::Head);
    guard.write_all(b"two").await.unwrap();
    guard.flush().await.unwrap();
    assert_eq!(arrived(guard, far).await, "");
}

#[tokio::test]
async fn every_byte_of_the_service_passes() {
    let (mut guard, far, shared) = guarded();
    shared.lock().begin(in_flight(), Unread::NOTHING);
    guard.write_all(b"100 Continue ").await.unwrap();
    shared.lock().enter(Phase::Responding);
    guard.write_all(b"200 OK ").await.unwrap();
    guard.flush().await.unwrap();
    assert_eq!(
        shared.lock().phase,
        Phase::Responding,
        "a flush amid a response ends nothing"
    );
    shared.lock().end_response();
    guard.write_all(b"end").await.unwrap();
    guard.flush().await.unwrap();
    assert_eq!(shared.lock().phase, Phase::Idle);

    guard.write_all(b"431 empty").await.unwrap();
    guard.shutdown().await.unwrap();
    assert_eq!(arrived(guard, far).await, "100 Continue 200 OK end");
    assert!(shared.lock().withheld);
}

#[tokio::test]
async fn response_that_is_over_but_not_sent_is_not_mixed_with_what_follows() {
    let (mut guard, far, shared) = guarded();
    shared.lock().enter(Phase::Responding);
    shared.lock().end_response();
    // Nothing is flushed, so these bytes may still belong to the response.
    guard.write_all(b"the rest").await.unwrap();
    assert_eq!(shared.lock().phase, Phase::Responded);
    assert_eq!(arrived(guard, far).await, "the rest");
}

#[tokio::test]
async fn rest_of_a_body_behind_its_response_is_no_request() {
    let (mut guard, mut far, shared) = guarded();
    shared.lock().begin(in_flight(), Unread::Bytes(4));
    shared.lock().enter(Phase::Responding);
    shared.lock().end_response();
    guard.flush().await.unwrap();
    far.write_all(b"body").await.unwrap();
    guard.read_exact(&mut [0; 4]).await.unwrap();
    assert_eq!(shared.lock().phase, Phase::Draining);
    guard.write_all(b"400 empty").await.unwrap();
    assert!(shared.lock().withheld);

    shared.lock().end_request();
    assert_eq!(shared.lock().phase, Phase::Idle);
    assert!(shared.lock().prefix.is_empty());
}

#[tokio::test]
async fn caller_that_reads_nothing_is_noticed() {
    let (mut guard, mut far, shared) = guarded();
    shared.lock().enter(Phase::Responding);
    let writing = tokio::spawn(async move {
        guard.write_all(&[b'x'; 2000]).await.unwrap();
        guard
    });
    tokio::task::yield_now().await;
    assert!(shared.lock().stalled.is_some());
    far.read_exact(&mut [0; 2000]).await.unwrap();
    writing.await.unwrap();
    assert!(shared.lock().stalled.is_none());
}

#[tokio::test]
async fn empty_lines_between_requests_begin_nothing() {
    let (mut guard, mut far, shared) = guarded();
    far.write_all(b"\r\n\r\n").await.unwrap();
    guard.read_exact(&mut [0; 4]).await.unwrap();
    assert_eq!(shared.lock().phase, Phase::Idle);
    drop(far);
    assert_eq!(guard.read(&mut [0; 4]).await.unwrap(), 0);
    assert!(shared.lock().input_closed);
}

#[tokio::test]
async fn body_comes_with_its_head_and_the_next_request_does_not() {
    let (mut guard, mut far, shared) = guarded();
    let head = "POST / HTTP/1.1\r\ncontent-LENGTH: 6 \r\n\r\n";
    far.write_all(format!("{head}abcd").as_bytes()).await.unwrap();
    let mut buffer = [0; 100];
    let length = guard.read(&mut buffer).await.unwrap();
    assert_eq!(&buffer[..length], format!("{head}abcd").as_bytes());
    shared.lock().begin(in_flight(), Unread::Bytes(6));

    far.write_all(format!("ef{head}").as_bytes()).await.unwrap();
    let length = guard.read(&mut buffer).await.unwrap();
    assert_eq!(&buffer[..length], b"ef");
    shared.lock().end_request();
    shared.lock().enter(Phase::Responding);
    shared.lock().end_response();
    assert!(!shared.lock().may_read());
    guard.flush().await.unwrap();
    let length = guard.read(&mut buffer).await.unwrap();
    assert_eq!(&buffer[..length], head.as_bytes());
}
