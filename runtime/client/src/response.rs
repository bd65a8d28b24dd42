//! Answers that are what the document says. Judges no status: that is the generated code's part.

pub(crate) mod body;
pub(crate) mod items;

use std::{fmt, mem, ops::Deref};

use bytes::Bytes;
use fonedynamics_contract::Envelope;
use reqwest::{StatusCode, header, header::HeaderMap};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    ByteStream, Defect, Error,
    call::sent::{Dispatch, Sent},
    error::envelope::{names_a_failure, without_byte_order_mark},
    response::body::{Received, receive},
};

/// The header under which a server names a request.
const REQUEST_ID: &str = "x-request-id";

/// The request's name, from the headers of its answer.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(REQUEST_ID)?.to_str().ok()
}

/// A value with the answer that brought it: status, headers and the body as it arrived.
///
/// Dereferences to the value. One pointer in size, whatever the value is.
#[derive(Clone)]
pub struct ResponseValue<T> {
    answer: Box<Answer<T>>,
}

#[derive(Clone)]
struct Answer<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    dispatch: Dispatch,
}

impl<T> ResponseValue<T> {
    /// Puts a value and an answer together, for tests and for stand-ins of a client.
    #[must_use]
    pub fn new(value: T, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            answer: Box::new(Answer {
                value,
                status,
                headers,
                body,
                dispatch: Dispatch::default(),
            }),
        }
    }

    pub(crate) fn sent(mut self, dispatch: Dispatch) -> Self {
        self.answer.dispatch = dispatch;
        self
    }

    pub(crate) fn dispatch(&self) -> Dispatch {
        self.answer.dispatch
    }

    pub(crate) fn dispatch_mut(&mut self) -> &mut Dispatch {
        &mut self.answer.dispatch
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.answer.value
    }

    /// The status as received.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers as received.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The body as it arrived, with every member that the value has no field for. Empty where the body is
    /// not read at once: for answers without content and for streams.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.answer.body
    }

    /// The number of bytes that `Content-Length` announced, if it did.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.headers()
            .get(header::CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// The `X-Request-Id`, which names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// How often the request was sent until this answer came.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.answer.dispatch.attempts
    }

    /// Replaces the value and keeps the answer.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        let Answer {
            value,
            status,
            headers,
            body,
            dispatch,
        } = *self.answer;
        ResponseValue::new(change(value), status, headers, body).sent(dispatch)
    }
}

impl<T> ResponseValue<T> {
    /// Reads a body that arrived, without its byte order mark.
    pub(crate) fn read<E>(
        mut received: Received,
        parse: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<Self, Error<E>>
    where
        E: Envelope + Serialize + DeserializeOwned,
    {
        if received.defect.is_none() {
            match parse(without_byte_order_mark(&received.body)) {
                // Of a success, an error code makes a failure, whatever else there is.
                Ok(_) if names_a_failure::<E>(&received.body) => {}
                Ok(value) => return Ok(Self::with(value, received)),
                Err(error) => received.defect = Some(Defect::from(error)),
            }
        }
        Err(Error::from_received(received))
    }

    /// A value with the answer that it was read from.
    pub(crate) fn with(value: T, received: Received) -> Self {
        let Received {
            status,
            headers,
            body,
            sent,
            ..
        } = received;
        Self::new(value, status, headers, body).sent(sent.dispatch)
    }
}

impl<T: DeserializeOwned> ResponseValue<T> {
    /// Reads an answer whose body is JSON. A byte order mark in front of it is passed over, and the media
    /// type is not asked for.
    ///
    /// # Errors
    ///
    /// [`Error::ErrorResponse`] if the body holds an error envelope with a code, whatever the status says.
    /// [`Error::Unreadable`], with everything that arrived, if it is neither, is longer than
    /// [`Options::max_body_bytes`](crate::Options::max_body_bytes), or breaks off.
    pub async fn from_response<E>(response: reqwest::Response) -> Result<Self, Error<E>>
    where
        E: Envelope + Serialize + DeserializeOwned,
    {
        Self::read(receive(response).await, |body| serde_json::from_slice(body))
    }
}

impl ResponseValue<()> {
    /// Takes an answer for which the document lists no content. The body is not read.
    #[must_use]
    pub fn empty(mut response: reqwest::Response) -> Self {
        let sent = Sent::of(&mut response);
        let headers = mem::take(response.headers_mut());
        Self::new((), response.status(), headers, Bytes::new()).sent(sent.dispatch)
    }
}

impl ResponseValue<ByteStream> {
    /// Takes an answer whose body the caller reads while it arrives.
    #[must_use]
    pub fn stream(mut response: reqwest::Response) -> Self {
        let status = response.status();
        let sent = Sent::of(&mut response);
        let headers = mem::take(response.headers_mut());
        let chunks = ByteStream::new(response.bytes_stream());
        Self::new(chunks, status, headers, Bytes::new()).sent(sent.dispatch)
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer.value
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.answer.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseValue")
            .field("status", &self.status())
            .field("headers", self.headers())
            .field("body", &format_args!("{} bytes", self.body().len()))
            .field("value", &self.answer.value)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::{StatusCode, header::HeaderMap};

    use super::ResponseValue;
    use crate::call::sent::{Dispatch, Sent};

    fn sample() -> ResponseValue<u8> {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "r-1".parse().unwrap());
        headers.insert("content-length", "6".parse().unwrap());
        ResponseValue::new(7, StatusCode::CREATED, headers, Bytes::from_static(b"secret"))
    }

    #[test]
    fn mapped_value_keeps_its_answer() {
        let mapped = sample().map(|value| vec![value]);
        assert_eq!((mapped.first(), mapped.as_ref().len()), (Some(&7), 1));
        assert_eq!(mapped.status(), StatusCode::CREATED);
        assert_eq!(mapped.request_id(), Some("r-1"));
        assert_eq!(mapped.content_length(), Some(6));
        assert_eq!(mapped.body(), "secret");
        assert_eq!(mapped.into_inner(), [7]);
    }

    #[test]
    fn answers_that_are_not_read_at_once_know_their_attempts() {
        let answer = || {
            let dispatch = Dispatch {
                attempts: 3,
                ..Dispatch::default()
            };
            let sent = Sent {
                dispatch,
                ..Sent::default()
            };
            reqwest::Response::from(http::Response::builder().extension(sent).body("text").unwrap())
        };
        assert_eq!(ResponseValue::empty(answer()).attempts(), 3);
        assert_eq!(ResponseValue::stream(answer()).attempts(), 3);
    }

    #[test]
    fn debug_shows_the_length_of_the_body_and_not_the_body() {
        let shown = format!("{:?}", sample());
        assert!(
            shown.contains("body: 6 bytes") && shown.contains("value: 7"),
            "{shown}"
        );
        assert!(!shown.contains("secret"), "{shown}");
    }
}
