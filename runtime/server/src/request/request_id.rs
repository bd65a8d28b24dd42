//! The ID that ties a response to the log. Uses neither clock nor random source: an ID is
//! unique, not secret.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, HeaderValue, Request};
use axum::response::Response;

use crate::operation::Operation;
pub(crate) use crate::response_headers::REQUEST_ID as NAME;

/// The longest ID that is taken over from a caller, in bytes.
const MAXIMUM_LENGTH: usize = 128;

/// Differs from process to process: the standard library seeds its hashers from the system.
static PROCESS: LazyLock<[u8; 16]> = LazyLock::new(|| digits(RandomState::new().hash_one("request")));

static COUNTER: AtomicU64 = AtomicU64::new(0);

/// The ID of one request: the caller's, where it sent one that is fit to be sent back, else ours. With it travels which
/// operation the request has reached, for what is around the router. An extension of the request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<Identity>);

#[derive(Debug)]
struct Identity {
    text: Text,
    operation: Mutex<Option<&'static Operation>>,
}

#[derive(Debug)]
enum Text {
    /// The digits of the process and of the request.
    Ours([[u8; 16]; 2]),
    Theirs(HeaderValue),
}

impl RequestId {
    /// The ID of a request: the one that something further out has given it, else that of its headers.
    ///
    /// The only way in which requests get an ID, whose responses are then [stamped](Self::stamp). Routes, boundary and
    /// server do both, because each may be the outermost of ours, and because layers between them may look at the
    /// request or the response.
    pub(crate) fn of<B>(request: &mut Request<B>) -> Self {
        if let Some(given) = request.extensions().get::<Self>() {
            return given.clone();
        }
        let request_id = Self::read(request.headers());
        request.extensions_mut().insert(request_id.clone());
        request_id
    }

    /// The ID of a request with these headers. The caller's counts if there is exactly one and it
    /// is 1 to 128 visible ASCII characters.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(NAME).iter();
        if let (Some(value), None) = (values.next(), values.next())
            && let Ok(text) = value.to_str()
            && (1..=MAXIMUM_LENGTH).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return Self::new(Text::Theirs(value.clone()));
        }
        let count = digits(COUNTER.fetch_add(1, Ordering::Relaxed));
        Self::new(Text::Ours([*PROCESS, count]))
    }

    fn new(text: Text) -> Self {
        let operation = Mutex::default();
        Self(Arc::new(Identity { text, operation }))
    }

    /// Notes which operation the request has reached.
    pub(crate) fn note(&self, operation: &'static Operation) {
        // Of operations within one another, the outer one is the request's.
        self.noted().get_or_insert(operation);
    }

    /// The operation that the request has reached, if it has.
    #[cfg(feature = "serve")]
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        *self.noted()
    }

    fn noted(&self) -> MutexGuard<'_, Option<&'static Operation>> {
        self.0.operation.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn as_str(&self) -> &str {
        match &self.0.text {
            Text::Ours(halves) => str::from_utf8(halves.as_flattened()).unwrap_or_default(),
            Text::Theirs(text) => text.to_str().unwrap_or_default(),
        }
    }

    /// Puts the ID on a response that has none.
    pub(crate) fn stamp(&self, response: &mut Response) {
        // The innermost of us has done it, so this is the usual case.
        if response.headers().contains_key(NAME) {
            return;
        }
        response.headers_mut().insert(NAME, self.value());
    }

    /// The ID as it is on a response.
    pub(crate) fn value(&self) -> HeaderValue {
        match &self.0.text {
            Text::Ours(halves) => {
                HeaderValue::from_bytes(halves.as_flattened()).unwrap_or(HeaderValue::from_static(""))
            }
            Text::Theirs(value) => value.clone(),
        }
    }
}

/// The hexadecimal digits of a number. Not by `format!`, which takes a tenth of a small request.
fn digits(number: u64) -> [u8; 16] {
    let mut digits = [0; 16];
    for (two, byte) in digits.chunks_exact_mut(2).zip(number.to_be_bytes()) {
        two.copy_from_slice(&[byte >> 4, byte & 0xf].map(|digit| match digit {
            0..=9 => b'0' + digit,
            _ => b'a' + digit - 10,
        }));
    }
    digits
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
        RequestId::read(&headers).as_str().to_owned()
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
