//! One thing that is sent to a server, byte by byte, and what comes back. Asserts nothing.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::credentials::AUTHORIZED;

/// How long a server has to respond and close: longer than any lets a caller finish what nobody reads, which
/// is five seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is done to a connection, and under which name.
pub(crate) struct Probe {
    pub(crate) class: &'static str,
    pub(crate) name: String,
    steps: Vec<Step>,
}

pub(crate) enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// Says that nothing more will be sent.
    Finish,
}

impl Probe {
    pub(crate) fn new(class: &'static str, name: impl Into<String>) -> Self {
        Self {
            class,
            name: name.into(),
            steps: Vec::new(),
        }
    }

    /// A probe that belongs to no table.
    pub(crate) fn of(text: &str) -> Self {
        Self::new("", "").send_text(text)
    }

    pub(crate) fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    pub(crate) fn send_bytes(self, bytes: &[u8]) -> Self {
        self.step(Step::Send(bytes.to_vec()))
    }

    pub(crate) fn send_text(self, text: &str) -> Self {
        self.send_bytes(text.as_bytes())
    }

    pub(crate) fn finish(self) -> Self {
        self.step(Step::Finish)
    }

    /// Sends a few bytes again and again, faster than any limit, for longer than all of them.
    pub(crate) fn dribble(mut self, bytes: &[u8]) -> Self {
        for _ in 0..12 {
            self = self
                .send_bytes(bytes)
                .step(Step::Pause(Duration::from_millis(150)));
        }
        self
    }

    /// All that comes back until the connection is closed.
    pub(crate) async fn send(&self, address: SocketAddr) -> Result<Vec<u8>, String> {
        let (mut reading, mut writing) = TcpStream::connect(address).await.unwrap().into_split();
        let steps = async {
            for step in &self.steps {
                // A server that has responded may close before everything is sent.
                let _ = match step {
                    Step::Send(bytes) => writing.write_all(bytes).await,
                    Step::Pause(time) => {
                        sleep(*time).await;
                        Ok(())
                    }
                    Step::Finish => writing.shutdown().await,
                };
            }
        };
        let mut response = Vec::new();
        let (_, read) = tokio::join!(steps, timeout(PATIENCE, reading.read_to_end(&mut response)));
        match read {
            Ok(Ok(_)) => Ok(response),
            Ok(Err(error)) => Err(format!("the connection broke: {error}")),
            Err(_) => Err("there is no end of the response".to_owned()),
        }
    }

    /// The same as text, where nothing may go wrong.
    pub(crate) async fn text(&self, address: SocketAddr) -> String {
        String::from_utf8(self.send(address).await.unwrap()).unwrap()
    }
}

/// A whole request without a body, with credentials, after which the connection is to be closed.
pub(crate) fn get(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{AUTHORIZED}\r\n{headers}\r\n")
}

/// A whole request with a body.
pub(crate) fn post(target: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{}Content-Length: {length}\r\n\r\n{body}",
        open_post(target, headers)
    )
}

/// The head of such a request, to which headers can be added.
pub(crate) fn open_post(target: &str, headers: &str) -> String {
    format!("POST {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{AUTHORIZED}\r\n{headers}")
}
