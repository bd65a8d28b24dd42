//! Answers that are not what the document says. Keeps what arrived and guesses nothing from it.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
    sync::Arc,
};

use bytes::Bytes;
use reqwest::{StatusCode, header, header::HeaderMap};

use crate::{call::sent::Dispatch, error::one_line::OneLine, response::request_id};

/// An answer that is not what the document says: a proxy's HTML page, an empty body, a status that the
/// operation does not list. Status, headers and body are kept.
///
/// `Display` says the status and the defect, never the body; `Debug` shows the body's length.
#[derive(Clone)]
pub struct Unreadable {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    defect: Defect,
    dispatch: Dispatch,
}

/// What is wrong with an answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Defect {
    /// The body is not the JSON that the document describes. The parser's message may quote a piece of the
    /// body.
    Body(Arc<serde_json::Error>),
    /// The document lists no such status for the operation.
    Status,
    /// A page of a list holds the same items as the page before it, so the rest of the list cannot be
    /// reached.
    SamePage,
    /// The body is longer than [`Options::max_body_bytes`](crate::Options::max_body_bytes); what fits is
    /// kept.
    TooLong,
    /// The connection or the time ended before the body did; what arrived is kept.
    BrokenOff(Arc<reqwest::Error>),
}

impl From<serde_json::Error> for Defect {
    fn from(error: serde_json::Error) -> Self {
        Self::Body(Arc::new(error))
    }
}

impl Unreadable {
    /// Puts an answer and its defect together.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes, defect: Defect) -> Self {
        Self {
            status,
            headers,
            body,
            defect,
            dispatch: Dispatch::default(),
        }
    }

    pub(crate) fn sent(mut self, dispatch: Dispatch) -> Self {
        self.dispatch = dispatch;
        self
    }

    pub(crate) fn dispatch(&self) -> Dispatch {
        self.dispatch
    }

    pub(crate) fn dispatch_mut(&mut self) -> &mut Dispatch {
        &mut self.dispatch
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

    /// The `X-Request-Id`, which names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

impl Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", StatusLine(self.status))?;
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
            Defect::Status => formatter.write_str("the document lists no such status for this operation"),
            Defect::SamePage => formatter.write_str("the page is the one before it once more"),
            Defect::TooLong => write!(formatter, "the body is longer than {length} bytes"),
            Defect::BrokenOff(error) => {
                let why = if error.is_timeout() {
                    "the time was up"
                } else {
                    "the connection ended"
                };
                write!(formatter, "the body broke off after {length} bytes: {why}")
            }
        }
    }
}

impl StdError for Unreadable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.defect {
            Defect::Body(error) => Some(&**error),
            Defect::BrokenOff(error) => Some(&**error),
            Defect::Status | Defect::SamePage | Defect::TooLong => None,
        }
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Unreadable")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("defect", &self.defect)
            .finish()
    }
}

/// Writes a status with its usual words, or alone where it has none.
pub(crate) struct StatusLine(pub(crate) StatusCode);

impl Display for StatusLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str())?;
        match self.0.canonical_reason() {
            Some(words) => write!(formatter, " {words}"),
            None => Ok(()),
        }
    }
}
