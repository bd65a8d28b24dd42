//! Responses that are not what the document says. Keeps what arrived and guesses nothing from it.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
    sync::Arc,
};

use bytes::Bytes;
use reqwest::{StatusCode, header, header::HeaderMap};
use serde::de::Error as _;

use super::one_line::OneLine;
use crate::{
    response::{ResponseValue, Unreadable, request_id, with_secrets_marked},
    retry::Attempts,
};

/// A response that is not what the document says: a proxy's HTML page, an empty body, a status that the
/// operation does not list. Status, headers and body are kept.
///
/// `Display` says the status and the defect, never the body; `Debug` shows the body's length, and no cookies.
#[derive(Clone)]
pub struct UnexpectedResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    defect: Defect,
    attempts: Attempts,
}

/// What is wrong with a response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Defect {
    /// The body is not the JSON that the document describes. Says what was expected and where, and quotes nothing.
    Body(Arc<serde_json::Error>),
    /// A member that the value cannot be without does not fit its type. Says where: a JSON Pointer, such as
    /// `/Property/PropertySid`.
    Member(String),
    /// The document lists no such status for the operation.
    Status,
    /// The HTTP client followed a redirect, which may have made a GET of another method: the response says nothing
    /// certain about the request. Only an [HTTP client of your own](crate::Options::http_client) follows redirects.
    Redirected,
    /// A page of a list has the items of the page before it: the server ignores the offset, so the rest of the list
    /// cannot be reached.
    SamePage,
    /// A list has more pages than [`Pages::max_pages`](crate::Pages::max_pages).
    TooManyPages,
    /// The body is longer than [`Options::max_body_bytes`](crate::Options::max_body_bytes); what fits is
    /// kept.
    TooLong,
    /// The connection was closed or the time ran out before the end of the body; what arrived is kept.
    Incomplete(Arc<reqwest::Error>),
}

impl From<Unreadable> for Defect {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable.required {
            Some(pointer) => Self::Member(pointer),
            None => Self::from(unreadable.error),
        }
    }
}

impl From<serde_json::Error> for Defect {
    fn from(error: serde_json::Error) -> Self {
        // What comes before this is the value that has the wrong type.
        let error = match error.to_string().rsplit_once(", expected ") {
            Some((_, expected)) => serde_json::Error::custom(format!("expected {expected}")),
            None => error,
        };
        Self::Body(Arc::new(error))
    }
}

impl UnexpectedResponse {
    /// Combines a response and its defect. The status can be a number; one that is no status counts as 500.
    #[must_use]
    pub fn new(status: impl TryInto<StatusCode>, headers: HeaderMap, body: Bytes, defect: Defect) -> Self {
        Self {
            status: status.try_into().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: with_secrets_marked(headers),
            body,
            defect,
            attempts: Attempts::default(),
        }
    }

    /// A response that arrived, and what is wrong with it in spite of its value.
    pub(crate) fn of<T>(response: &ResponseValue<T>, defect: Defect) -> Self {
        let (headers, body) = (response.headers().clone(), response.body().clone());
        Self::new(response.status(), headers, body, defect).with_attempts(response.attempts_made())
    }

    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    pub(crate) fn attempts_made(&self) -> Attempts {
        self.attempts
    }

    pub(crate) fn attempts_made_mut(&mut self) -> &mut Attempts {
        &mut self.attempts
    }

    /// The status as received.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers as received.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// As much of the body as was read, at most
    /// [`Options::max_body_bytes`](crate::Options::max_body_bytes).
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// What is wrong.
    #[must_use]
    pub fn defect(&self) -> &Defect {
        &self.defect
    }

    /// The request ID, from `X-Request-Id`: it names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

impl Display for UnexpectedResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", StatusLine(self.status))?;
        if self.status.is_success()
            && !matches!(
                self.defect,
                Defect::SamePage | Defect::TooManyPages | Defect::Status
            )
        {
            formatter.write_str("the server reports success, but ")?;
        }
        let length = self.body.len();
        match &self.defect {
            Defect::Body(_) if length == 0 => formatter.write_str("the body is empty"),
            Defect::Body(_) => {
                write!(
                    formatter,
                    "the body is not what the document describes ({length} bytes"
                )?;
                match self.headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) {
                    Some(Ok(media_type)) => write!(formatter, " of {})", OneLine(media_type)),
                    Some(Err(_)) | None => formatter.write_str(")"),
                }
            }
            Defect::Member(pointer) => write!(formatter, "{} does not fit its type", OneLine(pointer)),
            Defect::Status => formatter.write_str("the document lists no such status for this operation"),
            Defect::Redirected => formatter.write_str("a redirect was followed, perhaps with another method"),
            Defect::SamePage => {
                formatter.write_str("the page repeats the one before it; the server ignores the offset")
            }
            Defect::TooManyPages => formatter.write_str("the list has more pages than are read"),
            Defect::TooLong => write!(formatter, "the body is longer than {length} bytes"),
            Defect::Incomplete(error) => {
                let why = if error.is_timeout() {
                    "timed out"
                } else {
                    "the connection was closed"
                };
                write!(formatter, "the body ends early, after {length} bytes: {why}")
            }
        }
    }
}

impl StdError for UnexpectedResponse {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.defect {
            Defect::Body(error) => Some(&**error),
            Defect::Incomplete(error) => Some(&**error),
            Defect::Member(_)
            | Defect::Status
            | Defect::Redirected
            | Defect::SamePage
            | Defect::TooManyPages
            | Defect::TooLong => None,
        }
    }
}

impl fmt::Debug for UnexpectedResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UnexpectedResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("defect", &self.defect)
            .finish()
    }
}

/// Writes a status with its reason phrase, or alone where it has none.
pub(super) struct StatusLine(pub(super) StatusCode);

impl Display for StatusLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str())?;
        match self.0.canonical_reason() {
            Some(reason) => write!(formatter, " {reason}"),
            None => Ok(()),
        }
    }
}
