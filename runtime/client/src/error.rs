//! Every way in which a call fails. Names no error code, and shows neither bodies nor credentials.

mod category;
mod display;
pub(crate) mod envelope;
pub(crate) mod one_line;
#[cfg(test)]
mod tests;
pub(crate) mod transport_error;
pub(crate) mod unexpected_response;

use std::{convert::Infallible, error::Error as StdError, sync::Arc, time::Duration};

use bytes::Bytes;
use fonedynamics_contract::Envelope;
use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, InvalidHeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};

pub use category::Category;

use crate::{
    Defect, ResponseValue, Unanswered, Unreadable,
    call::send::is_passing,
    call::sent::{Dispatch, Idempotency, Sent},
    error::one_line::OneLine,
    response::body::{Received, receive},
    retry::retry_after::{asks_for_later, retry_after},
};

/// Why a call failed. `E` is the document's error envelope.
///
/// Nothing that arrived is lost: wherever there was an answer, [`status`](Self::status),
/// [`headers`](Self::headers) and [`body`](Self::body) give it back, and wherever its body can be understood
/// as the envelope, [`code`](Self::code), [`message`](Self::message) and [`fields`](Self::fields) do, at any
/// status.
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
    Transport(Arc<Unanswered>),
    /// The request could not be built, and nothing was sent. Says what stood in the way.
    InvalidRequest(String),
}

impl<E> Error<E>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    /// Takes an answer that is not the documented success, and reads its body as far as it can be read.
    ///
    /// An envelope is found at any status, whatever the media type: behind a byte order mark, with its
    /// members in another case, with a number for a code, and with members missing or of the wrong type,
    /// which are then left out.
    pub async fn from_response(response: reqwest::Response) -> Self {
        Self::from_received(receive(response).await)
    }

    /// The error of a failing answer, read as if it had come over the wire: for tests of code that handles
    /// errors.
    ///
    /// Which method was used, and so whether it [can be repeated](Self::is_retryable), is unknown until
    /// [`with_method`](Self::with_method) says so.
    #[must_use]
    pub fn from_parts(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self::from_received(Received {
            status,
            headers,
            body: body.into(),
            defect: None,
            sent: Sent::default(),
        })
    }

    /// Finds the envelope in what arrived, or says why there is none.
    pub(crate) fn from_received(received: Received) -> Self {
        let Received {
            status,
            headers,
            body,
            defect,
            sent,
        } = received;
        let error = match envelope::read::<E>(&body) {
            // Of a success, an error code alone makes a failure.
            Ok(envelope) if !status.is_success() || envelope.code().is_some() => {
                let answer = ResponseValue::new(envelope, status, headers, body);
                Self::ErrorResponse(answer.sent(sent.dispatch))
            }
            read => {
                let failing = status.is_client_error() || status.is_server_error();
                let defect = match (defect, read) {
                    (Some(defect), _) => defect,
                    (None, Err(error)) if failing => Defect::from(error),
                    (None, _) => Defect::Status,
                };
                let answer = Unreadable::new(status, headers, body, defect);
                Self::Unreadable(Box::new(answer.sent(sent.dispatch)))
            }
        };
        if let Some(code) = error.code() {
            let code = code.to_string();
            sent.span
                .record("error_code", tracing::field::display(OneLine(&code)));
        }
        error
    }
}

impl<E> Error<E> {
    /// Says with which method the request of an answer was sent, on which it depends whether it can be
    /// repeated. Without an answer, nothing changes.
    #[must_use]
    pub fn with_method(mut self, method: &Method) -> Self {
        let idempotency = Idempotency::from(method);
        match &mut self {
            Self::ErrorResponse(answer) => answer.dispatch_mut().idempotency = idempotency,
            Self::Unreadable(answer) => answer.dispatch_mut().idempotency = idempotency,
            Self::Transport(_) | Self::InvalidRequest(_) => {}
        }
        self
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

    /// The body of the answer as it arrived, at most
    /// [`Options::max_body_bytes`](crate::Options::max_body_bytes) of it, or `None` where no answer arrived.
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

    /// How long the server asks to wait before the next attempt: the answer's `Retry-After`, in seconds or
    /// as a point in time, which is measured from the answer's own `Date`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?)
    }

    /// Who has to do something about it. Decided by the status alone.
    #[must_use]
    pub fn category(&self) -> Category {
        match self {
            Self::ErrorResponse(answer) => Category::of(answer.status()),
            Self::Unreadable(answer) => match answer.defect() {
                Defect::BrokenOff(_) if answer.status().is_success() => Category::Transport,
                _ => Category::of(answer.status()),
            },
            Self::Transport(_) => Category::Transport,
            Self::InvalidRequest(_) => Category::Request,
        }
    }

    /// Whether sending the same request once more may help and cannot harm.
    ///
    /// It is, for a method that has the same effect however often the request arrives (GET, HEAD, PUT,
    /// DELETE, OPTIONS), where no answer came, a successful one broke off, or the status is 500, 502, 503 or
    /// 504; and, for every method, where a failing answer carries a `Retry-After`. The client has repeated
    /// what [`Retries`](crate::Retries) permit before this error was given back.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let (status, headers) = match self {
            Self::Transport(failure) => return failure.is_retryable(),
            Self::InvalidRequest(_) => return false,
            Self::ErrorResponse(answer) => (answer.status(), answer.headers()),
            Self::Unreadable(answer) => (answer.status(), answer.headers()),
        };
        let idempotent = self.dispatch().idempotency == Idempotency::Idempotent;
        let broken_off = matches!(self, Self::Unreadable(answer)
            if status.is_success() && matches!(answer.defect(), Defect::BrokenOff(_)));
        // What succeeded is not to be done a second time because its answer could not be read.
        let later = asks_for_later(headers) && !status.is_success();
        later || (idempotent && (broken_off || is_passing(status)))
    }

    /// How often the request was sent. 0 where it could not be built.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::InvalidRequest(_) => 0,
            Self::Transport(failure) => failure.attempts(),
            Self::ErrorResponse(_) | Self::Unreadable(_) => self.dispatch().attempts,
        }
    }

    fn dispatch(&self) -> Dispatch {
        match self {
            Self::ErrorResponse(answer) => answer.dispatch(),
            Self::Unreadable(answer) => answer.dispatch(),
            Self::Transport(_) | Self::InvalidRequest(_) => Dispatch::default(),
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

    /// The parameter of this name among those at fault, spelt as the server spells it. Case does not matter.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut names = self.envelope().into_iter().flat_map(names);
        names.find(|field| field.eq_ignore_ascii_case(name))
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

impl<E: Envelope> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unreadable(answer) => answer.source(),
            Self::Transport(failure) => Some(failure.http_error()),
            Self::ErrorResponse(_) | Self::InvalidRequest(_) => None,
        }
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        Self::from(Unanswered::after(error, Dispatch::default()))
    }
}

impl<E> From<Unanswered> for Error<E> {
    fn from(failure: Unanswered) -> Self {
        if failure.http_error().is_builder() {
            Self::InvalidRequest(chain(failure.http_error()))
        } else {
            Self::Transport(Arc::new(failure))
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
