//! Every fault, with the exact bytes of its response. What the log gets is elsewhere.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::time::Instant;

use super::operations::{self, Empty, Remover};
use super::{BOOK, BOOKS, BROKEN, GUEST, WRONG, bare, check, request, send, send_to, with};

use crate::DEFAULT_HANDLER_TIMEOUT;
use crate::DEFAULT_READ_TIMEOUT;

const RIGHT: &str = r#"{"Title":"Ulysses"}"#;
const SERVER: &str = "The server could not process the request.";

#[tokio::test]
async fn unknown_route() {
    for path in [
        "/",
        "/nothing",
        "/shelves/S1/books/",
        "//books/1",
        "/shelves//books",
        "/books/",
        "/%zz",
    ] {
        let response = send(bare("GET", path, "")).await;
        check(
            &response,
            400,
            "VALUE_INVALID",
            "There is no operation at this path.",
            &[],
        );
        assert_eq!(response.header("Allow"), "");
    }
}

#[tokio::test]
async fn wrong_method_keeps_allow() {
    let message = "The method is not available at this path; see the Allow header.";
    for method in ["PUT", "OPTIONS", "TRACE", "CONNECT", "BREW"] {
        let response = send(bare(method, BOOK, "")).await;
        check(&response, 400, "VALUE_INVALID", message, &[]);
        let mut allowed: Vec<_> = response.header("Allow").split(',').collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["DELETE", "GET", "HEAD"], "{method}");
    }
    let response = send(bare("GET", BOOKS, "")).await;
    check(&response, 400, "VALUE_INVALID", message, &[]);
    assert_eq!(response.header("Allow"), "POST");
}

#[tokio::test]
async fn credentials_come_before_anything_else() {
    let message = "Credentials are missing or wrong.";
    let malformed = "this is no JSON";
    check(
        &send(bare("POST", BOOKS, malformed)).await,
        401,
        "UNKNOWN_CALLER",
        message,
        &[],
    );
    for value in ["", "Bearer x", "Basic", "Basic !", WRONG] {
        let request = with(bare("POST", BOOKS, malformed), "Authorization", value);
        check(&send(request).await, 401, "UNKNOWN_CALLER", message, &[]);
    }
}

#[tokio::test]
async fn forbidden() {
    let request = with(bare("POST", BOOKS, "this is no JSON"), "Authorization", GUEST);
    let message = "The credentials do not permit this operation.";
    check(&send(request).await, 403, "NOT_ALLOWED", message, &[]);
}

#[tokio::test]
async fn media_type() {
    let message = "The body has no documented media type (Content-Type), or is encoded (Content-Encoding).";
    for value in [
        "text/plain",
        "application/json2",
        "",
        ";",
        "application/merge-patch+json",
    ] {
        let response = send(with(request("POST", BOOKS, RIGHT), "Content-Type", value)).await;
        check(&response, 400, "VALUE_INVALID", message, &["Content-Type"]);
    }
    let mut absent = request("POST", BOOKS, RIGHT);
    absent.headers_mut().remove("Content-Type");
    check(
        &send(absent).await,
        400,
        "VALUE_INVALID",
        message,
        &["Content-Type"],
    );
    let mut repeated = request("POST", BOOKS, RIGHT);
    repeated
        .headers_mut()
        .append("Content-Type", "application/json".parse().unwrap());
    check(
        &send(repeated).await,
        400,
        "VALUE_INVALID",
        message,
        &["Content-Type"],
    );

    for value in [
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;x",
    ] {
        let response = send(with(request("POST", BOOKS, RIGHT), "Content-Type", value)).await;
        assert_eq!(response.status, 200, "{value}");
    }

    let message = "The Content-Encoding header names a coding that the server does not decode.";
    let encoded = send(with(request("POST", BOOKS, RIGHT), "Content-Encoding", "gzip")).await;
    check(&encoded, 400, "VALUE_INVALID", message, &["Content-Encoding"]);
}

#[tokio::test]
async fn syntax() {
    let message = "The body is not a well-formed JSON document in UTF-8.";
    let nested = "[".repeat(400);
    let bodies: [&[u8]; 9] = [
        b"{",
        b" ",
        b"{}{}",
        b"{'a':1}",
        b"\xef\xbb\xbf{}",
        b"{\"Title\":\"\xff\"}",
        b"{\"Title\":\"\\ud800\"}",
        b"NaN",
        nested.as_bytes(),
    ];
    for body in bodies {
        let mut request = request("POST", BOOKS, "-");
        *request.body_mut() = Body::from(body.to_vec());
        check(&send(request).await, 400, "VALUE_INVALID", message, &[]);
    }
}

/// A body that breaks off.
struct Severed;

impl Stream for Severed {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())))
    }
}

/// A body far beyond the limit, which counts what was read of it.
struct Long(Arc<AtomicUsize>);

impl Stream for Long {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let before = self.0.fetch_add(100, Ordering::Relaxed);
        Poll::Ready((before < 10_000).then_some(Ok(Bytes::from_static(&[b' '; 100]))))
    }
}

#[tokio::test]
async fn body_that_breaks_off_is_a_matter_of_syntax() {
    let mut request = request("POST", BOOKS, "-");
    *request.body_mut() = Body::from_stream(Severed);
    let message = "The body is not a well-formed JSON document in UTF-8.";
    check(&send(request).await, 400, "VALUE_INVALID", message, &[]);
}

#[tokio::test]
async fn too_large() {
    let message = "The body is larger than the server accepts.";
    let padded = |length: usize| format!("{RIGHT}{}", " ".repeat(length - RIGHT.len()));
    assert_eq!(send(request("POST", BOOKS, &padded(1000))).await.status, 200);
    let response = send(request("POST", BOOKS, &padded(1001))).await;
    check(&response, 400, "VALUE_INVALID", message, &[]);
    assert_eq!(response.header("Connection"), "close");
}

#[tokio::test]
async fn long_body_is_read_no_further_than_the_limit() {
    let read = Arc::new(AtomicUsize::new(0));
    let mut request = request("POST", BOOKS, "-");
    *request.body_mut() = Body::from_stream(Long(Arc::clone(&read)));
    let message = "The body is larger than the server accepts.";
    check(&send(request).await, 400, "VALUE_INVALID", message, &[]);
    assert_eq!(read.load(Ordering::Relaxed), 1100);
}

/// A body that is announced and does not come.
struct Awaited;

impl Stream for Awaited {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

#[tokio::test(start_paused = true)]
async fn read_timeout() {
    let mut request = request("POST", BOOKS, "-");
    *request.body_mut() = Body::from_stream(Awaited);
    let start = Instant::now();
    let response = send(request).await;
    assert_eq!(start.elapsed(), DEFAULT_READ_TIMEOUT);
    check(
        &response,
        400,
        "VALUE_INVALID",
        "The request was not finished in time.",
        &[],
    );
    assert_eq!(response.header("Connection"), "close");
}

#[tokio::test(start_paused = true)]
async fn handler_timeout() {
    let start = Instant::now();
    let response = send(request("POST", "/shelves/sleeps/books", RIGHT)).await;
    assert_eq!(start.elapsed(), DEFAULT_HANDLER_TIMEOUT);
    let message = "The server could not process the request in time.";
    check(&response, 500, "SERVER_BROKEN", message, &[]);
}

#[tokio::test]
async fn panic_is_a_response_without_its_text() {
    let response = send(request("POST", "/shelves/panics/books", RIGHT)).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
}

#[tokio::test]
async fn serialization() {
    let response = send(request("POST", "/shelves/unserializable/books", RIGHT)).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
}

#[tokio::test]
async fn code_of_run_time_that_is_not_listed() {
    let response = send(request("POST", "/shelves/undeclared/books", RIGHT)).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
}

#[tokio::test]
async fn not_offered() {
    let router = operations::routes(Empty).into_router();
    let response = send_to(router.clone(), request("POST", BOOKS, RIGHT)).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
    let response = send_to(router, bare("DELETE", BOOK, "")).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
}

#[tokio::test]
async fn internal() {
    let response = send(request("POST", "/shelves/fails/books", RIGHT)).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
    let response = send(with(request("POST", BOOKS, RIGHT), "Authorization", BROKEN)).await;
    check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
}

#[tokio::test]
async fn declared_code_of_a_handler_is_sent_as_it_is() {
    let response = send(request("POST", "/shelves/missing/books", RIGHT)).await;
    check(
        &response,
        400,
        "SHELF_NOT_FOUND",
        "No shelf matches ShelfId.",
        &["ShelfId"],
    );
    let response = send(request("POST", "/shelves/challenges/books", RIGHT)).await;
    check(&response, 401, "UNKNOWN_CALLER", "Say who you are.", &[]);
}

#[tokio::test]
async fn operation_without_credentials_asks_for_none() {
    let router = operations::routes(Remover).into_router();
    let response = send_to(router, bare("DELETE", BOOK, "")).await;
    assert_eq!((response.status.as_u16(), response.body.as_str()), (204, ""));
    assert_eq!(response.header("Content-Type"), "");
}

#[tokio::test(start_paused = true)]
async fn panics_where_none_is_expected_are_handled_like_any_other() {
    for shelf in [
        "fails%20without%20a%20word",
        "fails%20without%20end",
        "panics%20with%20a%20bomb",
        "sleeps%20on%20a%20bomb",
    ] {
        let response = send(request("POST", &format!("/shelves/{shelf}/books"), RIGHT)).await;
        check(&response, 500, "SERVER_BROKEN", SERVER, &[]);
    }
}
