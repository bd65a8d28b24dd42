//! Sends one request over a connection of its own, byte by byte, and reads what comes back, up to a size and a time.
//! Judges nothing, and repairs nothing: what is malformed stays so.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::call::Request;
use super::response::{self, Ending, Read, Response};
use super::target::Target;

/// How many bytes of a response are read. An envelope has a few hundred.
const LIMIT: usize = 256 << 10;

/// What came of a request.
#[derive(Debug)]
pub(super) enum Received {
    Response(Response),
    /// No response; why.
    Nothing(String),
    /// Not even a connection; why.
    NoConnection(io::Error),
}

/// Sends a request. Takes no longer than `limit`.
pub(super) async fn send(target: &Target, request: &Request, limit: Duration) -> Received {
    let deadline = Instant::now() + limit;
    let connected = timeout_at(deadline, TcpStream::connect(target.addresses.as_slice())).await;
    let stream = match connected {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Received::NoConnection(error),
        Err(_) => return Received::NoConnection(io::ErrorKind::TimedOut.into()),
    };
    let (mut reading, mut writing) = stream.into_split();
    let bytes = written(target, request);
    let mut received = Vec::new();
    let writing = async {
        // A server that has responded may close before everything is sent.
        drop(writing.write_all(&bytes).await);
        // Held until the response is there: some servers take the end of requests for the end of interest.
        std::future::pending::<()>().await;
    };
    let reading = async {
        loop {
            if let Read::Complete(response) = response::read(&received, Ending::Open) {
                return Ok(response);
            }
            if received.len() >= LIMIT {
                return Err(Ending::TooLong);
            }
            match reading.read_buf(&mut received).await {
                Ok(0) | Err(_) => return Err(Ending::Closed),
                Ok(_) => {}
            }
        }
    };
    let outcome = tokio::select! {
        outcome = timeout_at(deadline, reading) => outcome.unwrap_or(Err(Ending::TimedOut)),
        () = writing => Err(Ending::Closed),
    };
    let read = match outcome {
        Ok(response) => return Received::Response(response),
        Err(ending) => response::read(&received, ending),
    };
    match read {
        Read::Complete(response) => Received::Response(response),
        Read::Incomplete(reason) => Received::Nothing(reason.to_owned()),
    }
}

/// A request as it is on the wire.
fn written(target: &Target, request: &Request) -> Vec<u8> {
    let mut head = format!(
        "{} {}{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept: application/json\r\nUser-Agent: {}\r\n",
        request.method,
        target.base_path,
        request.target,
        target.host,
        concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    );
    if request.has_credentials {
        head += &format!("Authorization: {}\r\n", target.credentials.0);
    }
    if let Some(media_type) = &request.media_type {
        head += &format!("Content-Type: {media_type}\r\n");
    }
    if let Some(body) = &request.body {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    head += "\r\n";
    let mut bytes = head.into_bytes();
    bytes.extend(request.body.iter().flatten());
    bytes
}
