//! Reading the bodies of responses. Parses nothing, and holds no more of a body than the limit.

use std::mem;

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};
use tracing::Span;

use super::{encoding::decode, with_secrets_marked};
use crate::retry::{Attempts, Redirects};

/// The longest body that is read unless set otherwise, in bytes: 8 MiB.
pub const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;

/// A response with as much of its body as could be read.
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Why `body` is not the whole body, if it is not.
    pub(crate) cut: Option<Cut>,
    pub(crate) attempts: Attempts,
    /// The span of the call.
    pub(crate) span: Span,
}

/// Why a body is incomplete.
pub(crate) enum Cut {
    /// It is longer than the limit.
    Limit,
    /// The connection or the time ended before the body did.
    Failure(reqwest::Error),
}

impl Received {
    /// A response without its body.
    pub(crate) fn head(mut response: reqwest::Response, attempts: Attempts, span: Span) -> Self {
        Self {
            status: response.status(),
            headers: with_secrets_marked(mem::take(response.headers_mut())),
            body: Bytes::new(),
            cut: None,
            attempts,
            span,
        }
    }

    /// Whether the server reports success, and not of a request that a redirect may have put in place of this one.
    pub(crate) fn is_success(&self) -> bool {
        self.status.is_success() && self.attempts.redirects != Redirects::Followed
    }

    /// Whether it is a success from beginning to end.
    pub(crate) fn is_whole_success(&self) -> bool {
        self.is_success() && self.cut.is_none()
    }

    /// Whether a success ended before its body did.
    pub(crate) fn is_incomplete_success(&self) -> bool {
        self.status.is_success() && matches!(self.cut, Some(Cut::Failure(_)))
    }

    /// The body without a byte order mark in front.
    pub(crate) fn content(&self) -> &[u8] {
        let body = self.body.as_ref();
        body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
    }
}

/// Reads a response to its end, to the limit, or to where it ended early.
pub(crate) async fn receive(
    mut response: reqwest::Response,
    limit: usize,
    attempts: Attempts,
    span: Span,
) -> Received {
    let mut buffer = Vec::new();
    let cut = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if let Appended::InPart = append(&mut buffer, &chunk, limit) {
                    break Some(Cut::Limit);
                }
            }
            Ok(None) => break None,
            Err(error) => break Some(Cut::Failure(error)),
        }
    };
    let (body, cut) = match cut {
        None => {
            let mut body = decode(response.headers(), buffer, limit);
            let cut = (body.len() > limit).then_some(Cut::Limit);
            body.truncate(limit);
            (body, cut)
        }
        Some(cut) => (buffer, Some(cut)),
    };
    Received {
        body: Bytes::from(body),
        cut,
        ..Received::head(response, attempts, span)
    }
}

/// How much of a chunk was taken.
enum Appended {
    Whole,
    InPart,
}

/// Appends what fits below the limit. The buffer grows by doubling, never beyond the limit.
fn append(buffer: &mut Vec<u8>, chunk: &[u8], limit: usize) -> Appended {
    let room = limit.saturating_sub(buffer.len());
    let taken = chunk.get(..room).unwrap_or(chunk);
    let needed = buffer.len().saturating_add(taken.len());
    if needed > buffer.capacity() {
        let capacity = buffer.capacity().saturating_mul(2).max(needed).min(limit);
        buffer.reserve_exact(capacity.saturating_sub(buffer.len()));
    }
    buffer.extend_from_slice(taken);
    if taken.len() == chunk.len() {
        Appended::Whole
    } else {
        Appended::InPart
    }
}

#[cfg(test)]
mod tests {
    use super::{Appended, MAX_BODY_BYTES, append};

    #[test]
    fn buffer_never_grows_beyond_the_limit() {
        let mut buffer = Vec::new();
        let chunk = vec![7; 300_000];
        while let Appended::Whole = append(&mut buffer, &chunk, MAX_BODY_BYTES) {
            assert!(buffer.capacity() <= MAX_BODY_BYTES);
        }
        assert_eq!(
            (buffer.len(), buffer.capacity()),
            (MAX_BODY_BYTES, MAX_BODY_BYTES)
        );
    }

    #[test]
    fn body_of_exactly_the_limit_is_whole() {
        let mut buffer = Vec::new();
        assert!(matches!(
            append(&mut buffer, &vec![0; MAX_BODY_BYTES], MAX_BODY_BYTES),
            Appended::Whole
        ));
        assert!(matches!(
            append(&mut buffer, b"", MAX_BODY_BYTES),
            Appended::Whole
        ));
        assert!(matches!(
            append(&mut buffer, b"x", MAX_BODY_BYTES),
            Appended::InPart
        ));
    }
}
