//! Sends the request of a row over sockets and reads the responses. Knows nothing of what they say but where they
//! end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Sends a request so many times over one connection, each once the response to the last one is read.
pub(crate) fn repeat(address: SocketAddr, request: &[u8], count: usize) {
    let mut stream = TcpStream::connect(address).expect("a server");
    stream.set_nodelay(true).expect("a socket");
    for _ in 0..count {
        stream.write_all(request).expect("a server");
        read_response(&mut BufReader::new(&stream));
    }
}

/// The status and the body of the response to one request.
pub(crate) fn respond(address: SocketAddr, request: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("a server");
    stream.write_all(request).expect("a server");
    read_response(&mut BufReader::new(&stream))
}

fn read_response(reader: &mut BufReader<&TcpStream>) -> (u16, String) {
    let (mut status, mut length, mut line) = (0, 0, String::new());
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).expect("a response");
        if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
            status = rest[..3].parse().expect("a status");
        }
        if let Some(rest) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = rest.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    (status, String::from_utf8(body).expect("text"))
}

/// How many requests are responded to over so many connections.
pub(crate) async fn flood(
    address: SocketAddr,
    request: &'static [u8],
    connections: usize,
    span: Duration,
) -> usize {
    let end = Instant::now() + span;
    let tasks: Vec<_> = (0..connections)
        .map(|_| tokio::spawn(send_until(address, request, end)))
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.expect("a task");
    }
    count
}

async fn send_until(address: SocketAddr, request: &[u8], end: Instant) -> usize {
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("a server");
    stream.set_nodelay(true).expect("a socket");
    let (mut buffer, mut count, mut length) = (vec![0; 128 * 1024], 0, None);
    while Instant::now() < end {
        stream.write_all(request).await.expect("a server");
        let mut read = 0;
        // All responses to one request are equally long.
        while length.is_none_or(|length| read < length) {
            let more = stream.read(&mut buffer[read..]).await.expect("a response");
            assert_ne!(more, 0, "the server is gone");
            read += more;
            length = length.or_else(|| length_of(&buffer[..read]));
        }
        count += 1;
    }
    count
}

/// How long a response is, once its head is there.
fn length_of(response: &[u8]) -> Option<usize> {
    let head = response.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&response[..head]).to_ascii_lowercase();
    let length = text.split("content-length:").nth(1)?.lines().next()?;
    Some(head + length.trim().parse::<usize>().ok()?)
}
