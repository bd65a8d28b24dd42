//! The first bytes of a request that may turn out not to be HTTP. Reads from them only what its response needs.

use std::iter;

use axum::http::HeaderValue;
use memchr::memchr;

use crate::request::request_id::{self, RequestId};

/// More than this is not kept.
const MOST_BYTES: usize = 8 * 1024;

/// So much room is kept for the next request.
const KEPT_BYTES: usize = 1024;

/// The first bytes of a request, without the empty lines before it.
#[derive(Default)]
pub(super) struct RequestPrefix {
    bytes: Vec<u8>,
    /// The first bytes of the line that is being received.
    line: Vec<u8>,
    /// Whether a header gives the body a length, which the HTTP library passes over where there are chunks.
    pub(super) has_length: bool,
    /// That length, where it could be read: so many bytes behind the head belong to the request, unless hyper differs.
    pub(super) length: u64,
}

/// What a line begins with that gives the body a length.
const LENGTH: &[u8] = b"content-length:";

impl RequestPrefix {
    /// Takes the next bytes, and gives how many of them come before the end of the head, and whether it is among them.
    pub(super) fn push(&mut self, bytes: &[u8]) -> (usize, bool) {
        let (mut leading, mut length, mut is_whole) = (0, 0, false);
        for line in lines(bytes) {
            let ended = line.ends_with(b"\n");
            // Almost every line comes at once, and needs no copy.
            let is_empty = if ended && self.line.is_empty() && !line.starts_with(b"\r") {
                if let Some((name, value)) = line.split_at_checked(LENGTH.len())
                    && name.eq_ignore_ascii_case(LENGTH)
                {
                    self.has_length = true;
                    self.length =
                        str::from_utf8(value.trim_ascii()).map_or(0, |text| text.parse().unwrap_or(0));
                }
                line == b"\n"
            } else {
                let room = LENGTH.len().saturating_sub(self.line.len());
                let text = line.iter().filter(|byte| !matches!(byte, b'\r' | b'\n'));
                self.line.extend(text.take(room));
                self.has_length |= self.line.eq_ignore_ascii_case(LENGTH);
                self.line.is_empty()
            };
            let has_begun = !self.bytes.is_empty() || leading < length;
            if !has_begun {
                let is_blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
                leading += line.iter().take_while(is_blank).count();
            }
            length += line.len();
            is_whole = ended && is_empty && has_begun;
            if is_whole {
                break;
            }
            if ended {
                self.line.clear();
            }
        }
        let kept = bytes.get(leading..length).unwrap_or_default();
        let room = MOST_BYTES.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(kept.get(..room).unwrap_or(kept));
        (length, is_whole)
    }

    /// Forgets the request, and keeps the room for another one.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.bytes.shrink_to(KEPT_BYTES);
        self.line.clear();
        self.has_length = false;
        self.length = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// A request whose response has the same form: without a body where the caller expects none, and in the
    /// version that the caller uses, as far as that can be told.
    pub(super) fn request_of_same_form(&self) -> &'static [u8] {
        let line = self.lines().next().unwrap_or_default();
        match (self.bytes.starts_with(b"HEAD "), line.ends_with(b" HTTP/1.0")) {
            (false, false) => b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            (false, true) => b"GET / HTTP/1.0\r\n\r\n",
            (true, false) => b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            (true, true) => b"HEAD / HTTP/1.0\r\n\r\n",
        }
    }

    /// The caller's request ID, where one can be read; else one of ours.
    pub(super) fn request_id(&self) -> RequestId {
        let values = self.values("x-request-id");
        let values = values.filter_map(|value| HeaderValue::from_bytes(value).ok());
        RequestId::read(&values.map(|value| (request_id::NAME, value)).collect())
    }

    /// Whether the body is said to be longer than any number that the HTTP library has for it.
    pub(super) fn announces_too_much(&self) -> bool {
        self.values("content-length").any(|value| {
            let text = str::from_utf8(value).unwrap_or_default();
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number && text.parse().map_or(true, |length: u64| length >= u64::MAX - 1)
        })
    }

    /// The values of a header, as far as its lines are complete.
    fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let headers = self.lines().skip(1).take_while(|line| !line.is_empty());
        headers.filter_map(move |line| {
            let (line_name, value) = line.split_at_checked(line.iter().position(|byte| *byte == b':')?)?;
            let value = value.get(1..)?.trim_ascii();
            line_name.eq_ignore_ascii_case(name.as_bytes()).then_some(value)
        })
    }

    fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes
            .split(|byte| *byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// The lines of these bytes, each with its end. The search for ends is much of what the guard costs.
fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    iter::from_fn(move || {
        let end = memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        let (line, behind) = bytes.split_at_checked(end)?;
        bytes = behind;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, RequestPrefix};

    fn prefix(bytes: &[u8]) -> RequestPrefix {
        let mut prefix = RequestPrefix::default();
        prefix.push(bytes);
        prefix
    }

    #[test]
    fn empty_lines_begin_nothing() {
        let mut prefix = prefix(b"\r\n\n\r");
        assert!(prefix.is_empty());
        prefix.push(b"\nG");
        assert!(!prefix.is_empty());
    }

    #[test]
    fn response_has_the_form_that_the_caller_expects() {
        for (bytes, begin) in [
            (&b"\r\nHEAD / HTTP/1.1\r\n\xff: 1\r\n\r\n"[..], "HEAD / HTTP/1.1"),
            (b"HEAD / HTTP/1.0\r\n\xff: 1", "HEAD / HTTP/1.0"),
            (b"GET / HTTP/1.0\nA: HTTP/1.1", "GET / HTTP/1.0"),
            (b"GET / HTTP/1.1\r\nA: HTTP/1.0\r\n", "GET / HTTP/1.1"),
            (b"\x16\x03\x01", "GET / HTTP/1.1"),
            (b"", "GET / HTTP/1.1"),
        ] {
            assert!(
                prefix(bytes).request_of_same_form().starts_with(begin.as_bytes()),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn request_id_is_read_where_there_is_exactly_one() {
        let id = |bytes: &[u8]| prefix(bytes).request_id().as_str().to_owned();
        assert_eq!(id(b"GET /\r\nx-Request-ID:  a-1 \r\nB"), "a-1");
        for bytes in [
            &b"X-Request-Id: a-1"[..],
            b"GET /\r\nX-Request-Id: a-1\r\nX-Request-Id: a-2",
            b"GET /\r\n\r\nX-Request-Id: a-1",
            b"GET /\r\nX-Request-Id: a 1",
        ] {
            assert_eq!(id(bytes).len(), 32, "{bytes:?}");
        }
    }

    #[test]
    fn prefix_of_any_length_takes_little_room() {
        let mut prefix = prefix(&[b'a'; 2 * MOST_BYTES]);
        prefix.push(b"b");
        assert_eq!(prefix.bytes.len(), MOST_BYTES);
    }
}
