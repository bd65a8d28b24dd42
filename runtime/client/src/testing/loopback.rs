//! A server for one request that responds with given bytes. Understands no more HTTP than it needs.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    thread::{self, JoinHandle},
    time::Duration,
};

/// One server, bound and waiting.
pub(crate) struct Loopback {
    pub(crate) base_url: String,
    request: JoinHandle<String>,
}

impl Loopback {
    /// The request that arrived, head and body.
    pub(crate) fn request(self) -> String {
        self.request.join().unwrap()
    }
}

/// What the server does with its one connection.
pub(crate) enum Behaviour {
    /// Writes the bytes and closes.
    Respond(Vec<u8>),
    /// Writes the bytes and nothing more for a second.
    Stall(Vec<u8>),
}

pub(crate) fn responding(response: impl Into<Vec<u8>>) -> Loopback {
    serving(Behaviour::Respond(response.into()))
}

pub(crate) fn serving(behaviour: Behaviour) -> Loopback {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let request = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let request = read_request(&mut stream);
        // The client may hang up as soon as it has seen enough, which is no failure here.
        match behaviour {
            Behaviour::Respond(bytes) => drop(stream.write_all(&bytes)),
            Behaviour::Stall(bytes) => {
                drop(stream.write_all(&bytes));
                thread::sleep(Duration::from_secs(1));
            }
        }
        request
    });
    Loopback { base_url, request }
}

/// A response with a length that fits its body.
pub(crate) fn whole(head: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn read_request(stream: &mut TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        read.extend(byte);
    }
    let head = String::from_utf8(read).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}
