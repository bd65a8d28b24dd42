//! Every way in which a call fails. Names no error code, and shows neither bodies nor credentials.

use std::{
    convert::Infallible,
    error::Error as StdError,
    fmt::{self, Display},
    sync::Arc,
};

use bytes::Bytes;
use fonedynamics_contract::Envelope;
use reqwest::{
    StatusCode,
    header::{HeaderMap, InvalidHeaderValue},
};

use crate::{
    Defect, ResponseValue, Unreadable,
    body::{Received, receive},
    one_line::OneLine,
    unreadable::StatusLine,
};

/// Names of parameters that `Display` shows; the rest are counted.
const FIELDS_SHOWN: usize = 16;

/// Why a call failed. `E` is the document's error envelope.
///
/// Nothing that arrived is lost: wherever there was an answer, [`status`](Self::status),
/// [`headers`](Self::headers) and [`body`](Self::body) give it back.
///
/// `Display` is one line: status, code, message and parameters, or what kept the answer away. It never
/// shows a body, a query or credentials.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The server refused, and said why in the envelope.
    ErrorResponse(ResponseValue<E>),
    /// An answer arrived, of any status, that is not what the document says.
    Unreadable(Box<Unreadable>),
    /// No answer arrived. The URL in it has lost its query.
    Transport(Arc<reqwest::Error>),
    /// The request could not be built, and nothing was sent. Says what stood in the way.
    InvalidRequest(String),
}

impl<E> Error<E> {
    /// Takes an answer of a status that the document does not list for the operation, and reads its body
    /// as far as it can be read.
    pub async fn unexpected(response: reqwest::Response) -> Self {
        let Received {
            status,
            headers,
            body,
            defect,
        } = receive(response).await;
        let defect = defect.unwrap_or(Defect::Status);
        Self::Unreadable(Box::new(Unreadable::new(status, headers, body, defect)))
    }

    /// The status of the answer, or `None` where none arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::ErrorResponse(answer) => Some(answer.status()),
            Self::Unreadable(answer) => Some(answer.status()),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The headers of the answer, or `None` where none arrived.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::ErrorResponse(answer) => Some(answer.headers()),
            Self::Unreadable(answer) => Some(answer.headers()),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The body of the answer as it arrived, at most [`MAX_BODY_BYTES`](crate::MAX_BODY_BYTES) bytes of
    /// it, or `None` where no answer arrived.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::ErrorResponse(answer) => Some(answer.body()),
            Self::Unreadable(answer) => Some(answer.body()),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The `X-Request-Id` of the answer, which names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::ErrorResponse(answer) => answer.request_id(),
            Self::Unreadable(answer) => answer.request_id(),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }
}

impl<E: Envelope> Error<E> {
    /// The error code, known or not, or `None` where the answer carried none.
    #[must_use]
    pub fn code(&self) -> Option<&E::Code> {
        self.envelope()?.code()
    }

    /// The server's text for people, or `None` where the answer carried none. It may be reworded at any
    /// time: decide by [`code`](Self::code).
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.envelope()?.message()
    }

    /// The names of the parameters at fault, in the order of the answer. An entry that joins several names
    /// with `,`, `;` or `|` is taken apart.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        self.envelope()
            .map(|envelope| names(envelope).collect())
            .unwrap_or_default()
    }

    fn envelope(&self) -> Option<&E> {
        match self {
            Self::ErrorResponse(answer) => Some(answer),
            Self::Unreadable(_) | Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }
}

/// The single names of an envelope's entries.
fn names<E: Envelope>(envelope: &E) -> impl Iterator<Item = &str> {
    envelope
        .fields()
        .flat_map(|entry| entry.split([',', ';', '|']))
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

impl<E: Envelope> Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorResponse(answer) => write_refusal(formatter, answer),
            Self::Unreadable(answer) => Display::fmt(answer, formatter),
            Self::Transport(error) => write_transport(formatter, error),
            Self::InvalidRequest(reason) => {
                write!(formatter, "the request cannot be built: {}", OneLine(reason))
            }
        }
    }
}

/// Writes `400 Bad Request: CODE: Message. (First, Second)`, leaving out what is missing.
fn write_refusal<E: Envelope>(formatter: &mut fmt::Formatter<'_>, answer: &ResponseValue<E>) -> fmt::Result {
    write!(formatter, "{}", StatusLine(answer.status()))?;
    match answer.code() {
        Some(code) => write!(formatter, ": {}", OneLine(&code.to_string()))?,
        None => formatter.write_str(": the answer carries no error code")?,
    }
    if let Some(message) = answer.message() {
        write!(formatter, ": {}", OneLine(message))?;
    }
    let fields: Vec<&str> = names(&**answer).collect();
    if fields.is_empty() {
        return Ok(());
    }
    for (index, name) in fields.iter().take(FIELDS_SHOWN).enumerate() {
        let lead = if index == 0 { " (" } else { ", " };
        write!(formatter, "{lead}{}", OneLine(name))?;
    }
    match fields.len().saturating_sub(FIELDS_SHOWN) {
        0 => formatter.write_str(")"),
        more => write!(formatter, " and {more} more)"),
    }
}

/// Writes what kept the answer away, and where the request went.
fn write_transport(formatter: &mut fmt::Formatter<'_>, error: &reqwest::Error) -> fmt::Result {
    let why = if error.is_timeout() {
        "the time was up"
    } else if error.is_connect() {
        "no connection could be made"
    } else if error.is_redirect() {
        "the redirections could not be followed"
    } else {
        "the connection failed"
    };
    formatter.write_str("no answer")?;
    if let Some(url) = error.url() {
        write!(formatter, " from {}", OneLine(url.as_str()))?;
    }
    write!(formatter, ": {why}")
}

impl<E: Envelope> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unreadable(answer) => answer.source(),
            Self::Transport(error) => Some(&**error),
            Self::ErrorResponse(_) | Self::InvalidRequest(_) => None,
        }
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        let error = without_query(error);
        if error.is_builder() {
            Self::InvalidRequest(chain(&error))
        } else {
            Self::Transport(Arc::new(error))
        }
    }
}

impl<E> From<InvalidHeaderValue> for Error<E> {
    fn from(_: InvalidHeaderValue) -> Self {
        Self::InvalidRequest("a header parameter contains a character that no header may carry".to_owned())
    }
}

impl<E> From<Infallible> for Error<E> {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// Removes from an error's URL what may be secret: user, password, query and fragment.
pub(crate) fn without_query(mut error: reqwest::Error) -> reqwest::Error {
    if let Some(url) = error.url_mut() {
        url.set_query(None);
        url.set_fragment(None);
        // Both refuse a URL that cannot have a user at all, which is what is wanted.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    error
}

/// An error's message and those of its causes.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
