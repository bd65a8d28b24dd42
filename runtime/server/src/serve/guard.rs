//! Is between a socket and the HTTP library: withholds the responses that the library writes by itself, and the
//! bytes of a request until the response to the one before is sent.
//!
//! Alters no byte: what comes in passes, now or later, and what goes out passes or does not.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::connection_state::ConnectionState;

/// A stream that withholds whatever is written while no request has reached the service.
///
/// Why that is what the library writes by itself, and nothing else, is explained in [`serve`](crate::serve).
pub(super) struct Guard<S> {
    stream: S,
    /// What was received, and belongs to what the library may not have yet.
    held: Bytes,
    shared: ConnectionState,
}

impl<S> Guard<S> {
    pub(super) fn new(stream: S, shared: ConnectionState) -> Self {
        let held = Bytes::new();
        Self { stream, held, shared }
    }

    pub(super) fn into_stream(self) -> S {
        self.stream
    }

    /// Whether what is written now is no response of the service.
    fn withholds(&self, length: usize) -> bool {
        let mut shared = self.shared.lock();
        let withheld = shared.is_between_responses();
        shared.withheld |= withheld && length > 0;
        withheld
    }

    fn written(&self, polled: &Poll<io::Result<usize>>) {
        let mut shared = self.shared.lock();
        match polled {
            Poll::Pending => {
                shared.stalled.get_or_insert_with(Instant::now);
            }
            Poll::Ready(_) => shared.stalled = None,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guard<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, held, shared } = &mut *self;
        let mut state = shared.lock();
        if !state.may_read() {
            state.reader = Some(context.waker().clone());
            return Poll::Pending;
        }
        if !held.is_empty() {
            let most = held.len().min(buffer.remaining());
            let length = state.receive(held.get(..most).unwrap_or_default());
            buffer.put_slice(&held.split_to(length));
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(stream).poll_read(context, buffer))?;
        let received = buffer.filled().get(before..).unwrap_or_default();
        let length = state.receive(received);
        *held = Bytes::copy_from_slice(received.get(length..).unwrap_or_default());
        buffer.set_filled(before + length);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guard<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.withholds(bytes.len()) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(&polled);
        polled
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = slices.iter().map(|slice| slice.len()).sum();
        if self.withholds(length) {
            return Poll::Ready(Ok(length));
        }
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(&polled);
        polled
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.shared.lock().flushed();
        Poll::Ready(Ok(()))
    }

    /// Leaves the stream open: there may be a response to write yet, and closing takes care.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(context)
    }
}

#[cfg(test)]
mod tests;
