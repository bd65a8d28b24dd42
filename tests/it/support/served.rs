//! Puts a router, or one canned answer, behind a socket of the loopback interface. Asserts nothing.

use std::future::pending;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::Router;
use fonedynamics_client::{Client, Credentials, Options, RetryPolicy};
use fonedynamics_server::Server;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::recorder::PASSWORD;

/// A server that lives as long as this value.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    /// What arrived, head and body, each request as one text. Only for canned answers.
    pub(crate) requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Served {
    /// Serves a router as an implementer would.
    pub(crate) async fn router(router: Router) -> Self {
        Self::server(fonedynamics_server::server(router)).await
    }

    /// Serves with limits of its own.
    pub(crate) async fn server(server: Server) -> Self {
        // Told to stop by nobody: a test that waited for signals would take them from the test runner.
        Self::with(|listener| server.serve_until(listener, pending())).await
    }

    /// Serves in any way.
    pub(crate) async fn with<F>(serve: impl FnOnce(TcpListener) -> F) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let (listener, address) = listen().await;
        let serving = serve(listener);
        let task = tokio::spawn(async move { serving.await.unwrap() });
        let requests = Arc::default();
        Self {
            address,
            requests,
            task,
        }
    }

    /// Answers every request with the same bytes, one connection at a time, and closes it.
    pub(crate) async fn canned(answer: String) -> Self {
        let (listener, address) = listen().await;
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                seen.lock().unwrap().push(request);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self {
            address,
            requests,
            task,
        }
    }

    /// A client that says it is this user, with the one right password.
    pub(crate) fn client(&self, user: &str) -> Client {
        self.client_with(user, PASSWORD)
    }

    /// A client with other credentials. It sends everything once, because what arrives is counted.
    pub(crate) fn client_with(&self, user: &str, password: &str) -> Client {
        let options = Options::new(Credentials::basic(user, password)).retries(RetryPolicy::off());
        Client::connect(options.base_url(format!("http://{}", self.address))).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An answer with a length that fits its body. `head` is the status and, on lines of their own, headers.
pub(crate) fn whole(head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        head.replace('\n', "\r\n"),
        body.len()
    )
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        read.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(read).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.unwrap();
    head + &String::from_utf8(body).unwrap()
}
