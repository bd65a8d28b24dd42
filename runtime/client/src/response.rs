//! Responses that are what the document says. Decides nothing by a status, and knows no error.

mod body;
mod encoding;
mod member_name;
mod misfit;
mod tree;
mod typed;

use std::{fmt, ops::Deref, time::Duration};

use bytes::Bytes;
use reqwest::{
    StatusCode,
    header::{CONTENT_LENGTH, HeaderMap, LOCATION},
};

pub use body::MAX_BODY_BYTES;
pub(crate) use body::{Cut, Received, receive};
pub(crate) use encoding::ACCEPTED;
pub(crate) use member_name::MemberName;
pub use misfit::Misfit;
pub(crate) use tree::{entries, first_value, members};
pub(crate) use typed::{Form, Typed, Unreadable, read};

use crate::retry::{Attempts, retry_after};

/// The header under which a server names a request.
const REQUEST_ID: &str = "x-request-id";

/// The headers whose values hold secrets: sessions, and credentials that a server sends back.
const SECRET_HEADERS: [&str; 6] = [
    "authentication-info",
    "authorization",
    "cookie",
    "proxy-authentication-info",
    "proxy-authorization",
    "set-cookie",
];

/// The headers of a response, with secret ones marked, so that `Debug` shows none.
pub(crate) fn with_secrets_marked(mut headers: HeaderMap) -> HeaderMap {
    for (name, value) in &mut headers {
        if SECRET_HEADERS.contains(&name.as_str()) {
            value.set_sensitive(true);
        }
    }
    headers
}

/// The request ID, from the headers of a response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(REQUEST_ID)?.to_str().ok()
}

/// A value with the response that brought it: status, headers and the body as it arrived.
///
/// Dereferences to the value. One pointer in size, whatever the value is. `Debug` shows the body's length, and no
/// cookies.
#[derive(Clone)]
pub struct ResponseValue<T> {
    response: Box<Response<T>>,
}

#[derive(Clone)]
struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: Attempts,
    misfits: Vec<Misfit>,
    missing_items: usize,
}

impl<T> ResponseValue<T> {
    /// Combines a value and a response, for tests and for mocks of a client. The status can be a number; one that is
    /// no status counts as 500.
    #[must_use]
    pub fn new(value: T, status: impl TryInto<StatusCode>, headers: HeaderMap, body: Bytes) -> Self {
        let status = status.try_into().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            response: Box::new(Response {
                value,
                status,
                headers: with_secrets_marked(headers),
                body,
                attempts: Attempts::default(),
                misfits: Vec::new(),
                missing_items: 0,
            }),
        }
    }

    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.response.attempts = attempts;
        self
    }

    pub(crate) fn attempts_made(&self) -> Attempts {
        self.response.attempts
    }

    pub(crate) fn attempts_made_mut(&mut self) -> &mut Attempts {
        &mut self.response.attempts
    }

    pub(crate) fn value_mut(&mut self) -> &mut T {
        &mut self.response.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.response.value
    }

    /// The status as received.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers as received.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The body as it arrived, with every member that the value has no field for, and decoded if it was compressed.
    /// Empty where the document lists no content.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.response.body
    }

    /// The number of bytes that `Content-Length` announced, if it did.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        let length = self.headers().get(CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }

    /// The request ID, from `X-Request-Id`: it names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Where the server says that something is, from `Location`: a URL, or a path on the server, as it was sent.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers().get(LOCATION)?.to_str().ok()
    }

    /// How long the server asks to wait before the next request, from `Retry-After`: seconds, or a point in time,
    /// which is measured from the response's own `Date`, or from the local clock where it has none.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers())
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.response.attempts.count
    }

    /// What in the body does not fit its type: `2.0` or `"2"` for an integer, an unpaired surrogate, a member that
    /// was sent twice. Members are left out, and so are the entries of arrays that cannot be without what does not
    /// fit; strings are repaired. All the rest is in the value. Empty almost always.
    ///
    /// Only what is read is looked at: of a body that fits its type, members that the document does not name may hold
    /// anything.
    #[must_use]
    pub fn misfits(&self) -> &[Misfit] {
        &self.response.misfits
    }

    /// How many items of a list are [misfits](Self::misfits).
    pub(crate) fn missing_items(&self) -> usize {
        self.response.missing_items
    }

    /// Replaces the value and keeps the response.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        let Response {
            value,
            status,
            headers,
            body,
            attempts,
            misfits,
            missing_items,
        } = *self.response;
        let response = Response {
            value: change(value),
            status,
            headers,
            body,
            attempts,
            misfits,
            missing_items,
        };
        ResponseValue {
            response: Box::new(response),
        }
    }
}

impl<T> ResponseValue<T> {
    /// A value with the response that it was read from.
    pub(crate) fn from_received(typed: Typed<T>, received: Received) -> Self {
        let Typed {
            value,
            misfits,
            missing_items,
            is_no_envelope: _,
        } = typed;
        if !misfits.is_empty() {
            received.span.record("misfits", misfits.len());
        }
        let Received {
            status,
            headers,
            body,
            attempts,
            ..
        } = received;
        let mut this = Self::new(value, status, headers, body).with_attempts(attempts);
        this.response.misfits = misfits;
        this.response.missing_items = missing_items;
        this
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.response.value
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.response.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseValue")
            .field("status", &self.status())
            .field("headers", self.headers())
            .field("body", &format_args!("{} bytes", self.body().len()))
            .field("misfits", &self.misfits().len())
            .field("value", &self.response.value)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use reqwest::{StatusCode, header::HeaderMap};

    use super::ResponseValue;

    fn sample() -> ResponseValue<u8> {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "r-1".parse().unwrap());
        headers.insert("content-length", "6".parse().unwrap());
        headers.insert("location", "/books/1".parse().unwrap());
        headers.insert("set-cookie", "session=secret".parse().unwrap());
        headers.insert("retry-after", "3".parse().unwrap());
        ResponseValue::new(7, StatusCode::CREATED, headers, Bytes::from_static(b"secret"))
    }

    #[test]
    fn mapped_value_keeps_its_response() {
        let mapped = sample().map(|value| vec![value]);
        assert_eq!((mapped.first(), mapped.as_ref().len()), (Some(&7), 1));
        assert_eq!(mapped.status(), StatusCode::CREATED);
        assert_eq!(mapped.request_id(), Some("r-1"));
        assert_eq!(mapped.content_length(), Some(6));
        assert_eq!(mapped.location(), Some("/books/1"));
        assert_eq!(mapped.retry_after(), Some(Duration::from_secs(3)));
        assert_eq!(mapped.body(), "secret");
        assert_eq!(mapped.into_inner(), [7]);
    }

    #[test]
    fn debug_shows_the_length_of_the_body_and_neither_body_nor_cookies() {
        let shown = format!("{:?}", sample());
        assert!(
            shown.contains("body: 6 bytes") && shown.contains("value: 7"),
            "{shown}"
        );
        assert!(!shown.contains("secret"), "{shown}");
    }
}
