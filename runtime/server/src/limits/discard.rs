//! Discards what a caller still sends and nobody will read, so that the caller gets to read its response.
//!
//! A connection that is closed while its peer is still sending is reset, and the response is lost with it.
//! Looks at no byte of what it discards.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use tokio::runtime::Handle;
use tokio::time::timeout;

/// The most bytes that are discarded for one request.
pub(crate) const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The longest that is waited for them.
pub(crate) const LONGEST: Duration = Duration::from_secs(5);

/// Discards the rest of a body while its response is on its way.
pub(crate) fn in_background(body: Body) {
    // Without a runtime there is no connection either.
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(timeout(LONGEST, discard(body)));
    }
}

async fn discard(mut body: Body) {
    let mut left = MOST_BYTES;
    while let Some(Ok(frame)) = body.frame().await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(length) {
            Some(rest) => left = rest,
            None => break,
        }
    }
}
