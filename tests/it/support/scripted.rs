//! A server that responds as it is told, byte by byte. Understands no more HTTP than it needs, and asserts
//! nothing.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use fonedynamics_client::{Client, Credentials, Options, RetryPolicy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::credentials::{PASSWORD, USER};

/// A server that lives as long as this value.
pub(crate) struct Scripted {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Responds to each request by its number, from 0 on, and its text, and closes the connection.
    pub(crate) async fn by(response: impl Fn(usize, &str) -> Vec<u8> + Send + 'static) -> Self {
        let (listener, address) = listen().await;
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                let number = seen.lock().unwrap().len();
                let bytes = response(number, &request);
                seen.lock().unwrap().push(request);
                // A client that has seen enough may hang up, which is no failure here.
                drop(stream.write_all(&bytes).await);
                drop(stream.shutdown().await);
            }
        });
        Self {
            address,
            requests,
            task,
        }
    }

    /// Gives these responses, one after the other, and then the last one again and again.
    pub(crate) async fn responses(responses: Vec<Vec<u8>>) -> Self {
        Self::by(move |number, _| responses[number.min(responses.len() - 1)].clone()).await
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client that sends every request once.
    pub(crate) fn client(&self) -> Client {
        self.client_with(|options| options.retries(RetryPolicy::off()))
    }

    pub(crate) fn client_with(&self, change: impl FnOnce(Options) -> Options) -> Client {
        client(&self.base_url(), change)
    }

    /// What arrived, head and body, each request as one text.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The first line of each request.
    pub(crate) fn lines(&self) -> Vec<String> {
        let first = |request: &String| request.lines().next().unwrap().to_owned();
        self.requests().iter().map(first).collect()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) fn client(base_url: &str, change: impl FnOnce(Options) -> Options) -> Client {
    let options = Options::new(Credentials::basic(USER, PASSWORD)).base_url(base_url);
    Client::connect(change(options)).unwrap()
}

pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A response with a length that fits its body. `head` is the status and, on lines of their own, headers.
pub(crate) fn whole(head: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let (head, body) = (head.replace('\n', "\r\n"), body.as_ref());
    let mut response = format!(
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    response.extend(body);
    response
}

pub(crate) async fn read_request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => read.push(byte),
            Err(_) => break,
        }
    }
    let head = String::from_utf8(read).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.unwrap();
    head + &String::from_utf8(body).unwrap()
}
