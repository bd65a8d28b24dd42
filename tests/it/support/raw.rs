//! Requests and responses as the texts that they are on the wire, for what no well-behaved client sends.

use std::fmt;
use std::net::SocketAddr;

use super::probe::Probe;

/// The header of an ordinary body.
pub(crate) const JSON: &str = "Content-Type: application/json";

/// A request, written out. `Host`, `Connection` and, for a body, `Content-Length` are added.
pub(crate) struct Request<'r> {
    /// The method and the target: `GET /v2/Properties`.
    pub(crate) line: &'r str,
    pub(crate) headers: &'r [&'r str],
    pub(crate) body: &'r [u8],
}

impl Request<'_> {
    pub(crate) async fn send(&self, address: SocketAddr) -> Response {
        let mut text = format!(
            "{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.line, address
        );
        for header in self.headers {
            text += &format!("{header}\r\n");
        }
        if !self.body.is_empty() {
            text += &format!("Content-Length: {}\r\n", self.body.len());
        }
        text += "\r\n";

        let probe = Probe::of(&text).send_bytes(self.body);
        Response::parse(&probe.text(address).await)
    }
}

impl fmt::Display for Request<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "> {}", self.line)?;
        for same in self.headers.chunk_by(|header, next| header == next) {
            match same {
                [header] => writeln!(formatter, "> {header}")?,
                _ => writeln!(formatter, "> {} ({} times)", same[0], same.len())?,
            }
        }
        if !self.body.is_empty() {
            writeln!(formatter, "> {}", String::from_utf8_lossy(self.body))?;
        }
        Ok(())
    }
}

/// A response, taken apart. Names of headers are in lower case.
#[derive(Debug)]
pub(crate) struct Response {
    /// The status and its words: `400 Bad Request`.
    pub(crate) status: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Response {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let response = Self {
            status: status.to_owned(),
            headers,
            body: body.to_owned(),
        };
        assert_eq!(
            response.header("content-length"),
            Some(body.len().to_string().as_str())
        );
        response
    }

    /// The value of a header that is there at most once.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert_eq!(values.next(), None, "{name} is there twice");
        value
    }
}

impl fmt::Display for Response {
    /// Without what differs from run to run: the date, the identifier, and the length, which `parse` saw.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "< {}", self.status)?;
        for (name, value) in &self.headers {
            match name.as_str() {
                "date" | "content-length" => {}
                "x-request-id" => writeln!(formatter, "< {name}: (present)")?,
                _ => writeln!(formatter, "< {name}: {value}")?,
            }
        }
        writeln!(formatter, "< {}", self.body)
    }
}
