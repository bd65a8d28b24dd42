//! The ID that ties a response to the log. Uses neither clock nor random source: an ID is
//! unique, not secret.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use axum::http::{HeaderMap, HeaderValue, Request};
use axum::response::Response;
use futures_util::FutureExt as _;

use crate::operation::Operation;
pub(crate) use crate::response_headers::REQUEST_ID as NAME;

/// The longest ID that is taken over from a caller, in bytes.
const MAXIMUM_LENGTH: usize = 128;

/// Differs from process to process: the standard library seeds its hashers from the system.
static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("request"));

static COUNTER: AtomicU64 = AtomicU64::new(0);

/// The ID of one request: the caller's, where it sent one that is fit to be sent back, else ours. With it travels which
/// operation the request has reached, for what is around the router. An extension of the request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<Identity>);

#[derive(Debug)]
struct Identity {
    text: Text,
    operation: OnceLock<&'static Operation>,
}

#[derive(Debug)]
enum Text {
    Ours([u8; 32]),
    Theirs(HeaderValue),
}

impl RequestId {
    /// The ID of a request with these headers. The caller's counts if there is exactly one and it
    /// is 1 to 128 visible ASCII characters.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(NAME).iter();
        if let (Some(value), None) = (values.next(), values.next())
            && let Ok(text) = value.to_str()
            && (1..=MAXIMUM_LENGTH).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return Self::new(Text::Theirs(value.clone()));
        }
        let count = COUNTER.fetch_add(1, Ordering::Relaxed);
        // Not by `format!`, which takes a tenth of a small request.
        let mut text = [0; 32];
        for (half, number) in text.chunks_exact_mut(16).zip([*PROCESS, count]) {
            for (digit, byte) in half.chunks_exact_mut(2).zip(number.to_be_bytes()) {
                digit.copy_from_slice(&[hexadecimal(byte >> 4), hexadecimal(byte & 0xf)]);
            }
        }
        Self::new(Text::Ours(text))
    }

    fn new(text: Text) -> Self {
        let operation = OnceLock::new();
        Self(Arc::new(Identity { text, operation }))
    }

    /// Notes which operation the request has reached.
    pub(crate) fn note(&self, operation: &'static Operation) {
        // Of operations within one another, the outer one is the request's.
        let _ = self.0.operation.set(operation);
    }

    /// The operation that the request has reached, if it has.
    #[cfg(feature = "serve")]
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        self.0.operation.get().copied()
    }

    pub(crate) fn as_str(&self) -> &str {
        match &self.0.text {
            Text::Ours(text) => str::from_utf8(text).unwrap_or_default(),
            Text::Theirs(text) => text.to_str().unwrap_or_default(),
        }
    }

    /// Puts the ID on a response that has none.
    pub(crate) fn stamp(&self, headers: &mut HeaderMap) {
        headers.entry(NAME).or_insert_with(|| match &self.0.text {
            Text::Ours(text) => HeaderValue::from_bytes(text).unwrap_or(HeaderValue::from_static("")),
            Text::Theirs(text) => text.clone(),
        });
    }
}

fn hexadecimal(digit: u8) -> u8 {
    match digit {
        0..=9 => b'0' + digit,
        _ => b'a' + digit - 10,
    }
}

/// Responds to a request under an ID: the one that something further out has given it, else that of its
/// headers. The response carries it too, unless it has one already.
///
/// The only way in which requests get an ID. Routes, boundary and server each go through it, because each may
/// be the outermost of ours, and because layers between them may look at the request or the response.
pub(crate) fn identified<B, F: Future<Output = Response>>(
    mut request: Request<B>,
    respond: impl FnOnce(Request<B>, RequestId) -> F,
) -> impl Future<Output = Response> {
    let request_id = match request.extensions().get::<RequestId>() {
        Some(given) => given.clone(),
        None => {
            let request_id = RequestId::of(request.headers());
            request.extensions_mut().insert(request_id.clone());
            request_id
        }
    };
    respond(request, request_id.clone()).map(move |mut response| {
        request_id.stamp(response.headers_mut());
        response
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{NAME, RequestId};

    fn id_for(values: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(NAME, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        RequestId::of(&headers).as_str().to_owned()
    }

    #[test]
    fn visible_ascii_of_the_caller_is_taken_over() {
        assert_eq!(id_for(&["abc-1"]), "abc-1");
        let longest = "x".repeat(128);
        assert_eq!(id_for(&[&longest]), longest);
    }

    #[test]
    fn anything_else_is_replaced_by_an_id_of_ours() {
        let too_long = "x".repeat(129);
        for values in [&[][..], &[""], &["a b"], &["ü"], &[&too_long], &["a", "b"]] {
            let id = id_for(values);
            assert_eq!(id.len(), 32, "{values:?}");
            assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        }
        assert_ne!(id_for(&[]), id_for(&[]));
    }
}
