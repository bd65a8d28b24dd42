//! Reading the bodies of answers. Parses nothing, and holds no more of a body than the limit.

use std::{
    fmt, mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::{StatusCode, header::HeaderMap};

use crate::{Defect, call::sent::Sent, error::without_query};

/// The longest body that is read unless set otherwise, in bytes: 8 MiB. Streamed bodies have no limit.
pub const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;

/// An answer with as much of its body as could be read.
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Why `body` is not the whole body, if it is not.
    pub(crate) defect: Option<Defect>,
    pub(crate) sent: Sent,
}

/// Reads an answer to its end, to the limit, or to where it broke off.
pub(crate) async fn receive(mut response: reqwest::Response) -> Received {
    let status = response.status();
    let headers = mem::take(response.headers_mut());
    let sent = Sent::of(&mut response);
    let mut buffer = Vec::new();
    let defect = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if let Appended::InPart = append(&mut buffer, &chunk, sent.limit) {
                    break Some(Defect::TooLong);
                }
            }
            Ok(None) => break None,
            Err(error) => break Some(Defect::BrokenOff(Arc::new(without_query(error)))),
        }
    };
    Received {
        status,
        headers,
        body: Bytes::from(buffer),
        defect,
        sent,
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

/// A body that is handed on while it arrives: recordings and other content that is not JSON.
///
/// A [`Stream`] of chunks. Each item can fail, and a failure ends the stream.
pub struct ByteStream(Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>>);

impl ByteStream {
    /// Wraps a stream of chunks.
    pub fn new(chunks: impl Stream<Item = reqwest::Result<Bytes>> + Send + Sync + 'static) -> Self {
        Self(Box::pin(chunks))
    }

    /// The stream itself, pinned.
    #[must_use]
    pub fn into_inner(self) -> Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>> {
        self.0
    }
}

impl Stream for ByteStream {
    type Item = reqwest::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map_err(without_query)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ByteStream").finish_non_exhaustive()
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
