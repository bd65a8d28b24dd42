//! The same router behind a real listener, over the loopback interface.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{AUTHORIZATION, BOOKS, router};
use crate::serve_until;

/// What a server of ours answers to these bytes, and to nothing after them.
async fn exchange(request: &str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve_until(listener, router(), async move {
        stopped.await.unwrap();
    }));

    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // A server that waits for more than it was sent fails the test instead of stopping it.
    timeout(Duration::from_secs(10), stream.read_to_string(&mut answer))
        .await
        .unwrap()
        .unwrap();

    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    answer
}

#[tokio::test]
async fn router_is_served_until_told_to_stop() {
    let answer = exchange("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(
        answer.ends_with(r#""Message":"No operation lives at this path."}}"#),
        "{answer}"
    );
}

#[tokio::test]
async fn body_that_is_announced_as_too_large_is_not_waited_for() {
    let answer = exchange(&format!(
        "POST {BOOKS} HTTP/1.1\r\nHost: a\r\nAuthorization: {AUTHORIZATION}\r\n\
         Content-Type: application/json\r\nContent-Length: 1001\r\n\r\n"
    ))
    .await;
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    assert!(
        answer.ends_with(r#""Message":"The body is larger than the server accepts."}}"#),
        "{answer}"
    );
}
