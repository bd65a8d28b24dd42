//! Every way in which a call fails. Names no error code, and shows neither bodies nor credentials.

mod category;
mod display;
mod envelope;
mod one_line;
mod transport_error;
mod unexpected_response;

#[cfg(test)]
mod tests;

use std::{error::Error as StdError, sync::Arc, time::Duration};

use bytes::Bytes;
use fonedynamics_contract::{Envelope, MalformedList};
use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, InvalidHeaderValue},
};
use serde::{Serialize, de::DeserializeOwned};
use tracing::{Span, field};

pub use category::Category;
pub(crate) use envelope::hides_an_error;
pub use transport_error::TransportError;
pub(crate) use transport_error::without_secrets;
pub use unexpected_response::{Defect, UnexpectedResponse};

use crate::{
    response::{Cut, Received, ResponseValue},
    retry::{Attempts, Idempotency, Outcome, Redirects, Retry, retry_after},
};
use one_line::OneLine;

/// Why a call failed. `E` is the document's error envelope.
///
/// Nothing that arrived is lost: wherever there was a response, [`status`](Self::status),
/// [`headers`](Self::headers) and [`body`](Self::body) return it, and wherever its body can be read as the
/// envelope, [`code`](Self::code), [`message`](Self::message) and [`fields`](Self::fields) do, at any
/// status.
///
/// `Display` is one line: status, code, message and parameters, or why there was no response. It never
/// shows a body, a query or credentials.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The server reported an error in the envelope.
    ErrorResponse(ResponseValue<E>),
    /// A response arrived, of any status, that is not what the document says.
    UnexpectedResponse(Box<UnexpectedResponse>),
    /// No response arrived. The URL in it has lost its query.
    Transport(Arc<TransportError>),
    /// The request could not be built, or the client, and nothing was sent. Says why.
    InvalidRequest(String),
}

impl<E> Error<E>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    /// The error of a failing response, read as if it had come over the wire: for tests of code that handles
    /// errors.
    ///
    /// An envelope is found at any status, whatever the media type: behind a byte order mark, with its
    /// members in another case, with a number for a code, and with members missing or of the wrong type,
    /// which are then left out.
    ///
    /// Which method was used, and so whether it [can be retried](Self::is_retryable), is unknown until
    /// [`with_method`](Self::with_method) says so. The status can be a number; one that is no status counts as 500.
    #[must_use]
    pub fn from_parts(status: impl TryInto<StatusCode>, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        let received = Received {
            status: status.try_into().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers,
            body: body.into(),
            cut: None,
            attempts: Attempts::default(),
            span: Span::none(),
        };
        Self::from_received(received, None)
    }

    /// Finds the envelope in what arrived, or says why there is none: because of `defect`, if it was found
    /// already.
    pub(crate) fn from_received(received: Received, defect: Option<Defect>) -> Self {
        let read = envelope::read::<E>(received.content());
        let Received {
            status,
            headers,
            body,
            cut,
            attempts,
            span,
        } = received;
        let envelope = match read {
            // Of a success, an error code alone makes a failure.
            Ok(envelope) if !status.is_success() || envelope.code().is_some() => envelope,
            read => {
                let redirected = status.is_success() && attempts.redirects == Redirects::Followed;
                let failing = status.is_client_error() || status.is_server_error();
                let defect = match (defect.or(cut.map(Defect::from)), read) {
                    _ if redirected => Defect::Redirected,
                    (Some(defect), _) => defect,
                    (None, Err(error)) if failing => Defect::from(error),
                    (None, _) => Defect::Status,
                };
                let response = UnexpectedResponse::new(status, headers, body, defect);
                return Self::UnexpectedResponse(Box::new(response.with_attempts(attempts)));
            }
        };
        if let Some(code) = envelope.code().filter(|_| !span.is_disabled()) {
            let code = code.to_string();
            span.record("error_code", field::display(OneLine(&code)));
        }
        let response = ResponseValue::new(envelope, status, headers, body);
        Self::ErrorResponse(response.with_attempts(attempts))
    }
}

impl<E> Error<E> {
    /// Sets the method of the request, on which it depends whether it can be retried. Without a response, nothing
    /// changes.
    #[must_use]
    pub fn with_method(mut self, method: &Method) -> Self {
        let idempotency = Idempotency::from(method);
        match &mut self {
            Self::ErrorResponse(response) => response.attempts_made_mut().idempotency = idempotency,
            Self::UnexpectedResponse(response) => response.attempts_made_mut().idempotency = idempotency,
            Self::Transport(_) | Self::InvalidRequest(_) => {}
        }
        self
    }

    /// The status of the response, or `None` without one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::ErrorResponse(response) => Some(response.status()),
            Self::UnexpectedResponse(response) => Some(response.status()),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The headers of the response, or `None` without one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::ErrorResponse(response) => Some(response.headers()),
            Self::UnexpectedResponse(response) => Some(response.headers()),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The body of the response as it arrived, at most
    /// [`Options::max_body_bytes`](crate::Options::max_body_bytes) of it, or `None` without a response.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::ErrorResponse(response) => Some(response.body()),
            Self::UnexpectedResponse(response) => Some(response.body()),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// The request ID, from the `X-Request-Id` of the response: it names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::ErrorResponse(response) => response.request_id(),
            Self::UnexpectedResponse(response) => response.request_id(),
            Self::Transport(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// How long the server asks to wait before the next attempt: the `Retry-After` of the response, in seconds
    /// or as a point in time, which is measured from the response's own `Date`, or from the local clock where it has
    /// none.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?)
    }

    /// Whether sending the same request once more may help and cannot harm.
    ///
    /// It follows the rules of the [`RetryPolicy`](crate::RetryPolicy), which the client follows itself: it has
    /// retried what the policy and the budget permit before it returned this error.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let (attempts, outcome) = match self {
            Self::InvalidRequest(_) => return false,
            Self::Transport(error) => return error.is_retryable(),
            Self::ErrorResponse(response) => (
                response.attempts_made(),
                Outcome::Response(response.status(), response.headers()),
            ),
            Self::UnexpectedResponse(response) => (
                response.attempts_made(),
                match response.defect() {
                    Defect::Incomplete(_) if response.status().is_success() => Outcome::Incomplete,
                    _ => Outcome::Response(response.status(), response.headers()),
                },
            ),
        };
        Retry::of(attempts, &outcome).is_some()
    }

    /// How often the request was sent. 0 where it could not be built.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::InvalidRequest(_) => 0,
            Self::Transport(error) => error.attempts(),
            Self::ErrorResponse(response) => response.attempts(),
            Self::UnexpectedResponse(response) => response.attempts_made().count,
        }
    }
}

impl<E: Envelope> Error<E> {
    /// The error code, known or not, or `None` where the response carried none.
    #[must_use]
    pub fn code(&self) -> Option<&E::Code> {
        self.envelope()?.code()
    }

    /// Who has to do something about it. Decided by the status with which the document lists the code, whatever the
    /// status of the response; without such a code by that status, and for a success by what is wrong with it.
    #[must_use]
    pub fn category(&self) -> Category {
        match self {
            Self::ErrorResponse(response) => {
                let documented = response.code().and_then(E::status_of);
                let documented = documented.and_then(|status| StatusCode::from_u16(status).ok());
                Category::of(documented.unwrap_or(response.status()))
            }
            Self::UnexpectedResponse(response) => match response.defect() {
                Defect::SamePage | Defect::TooManyPages => Category::Server,
                _ if response.status().is_success() => Category::Unconfirmed,
                _ => Category::of(response.status()),
            },
            Self::Transport(_) => Category::Transport,
            Self::InvalidRequest(_) => Category::Request,
        }
    }

    /// The server's message for people, or `None` where the response carried none. It may be reworded at any
    /// time: decide by [`code`](Self::code).
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.envelope()?.message()
    }

    /// The names of the parameters at fault, in the order of the response. An entry that joins several names
    /// with `,`, `;` or `|` is split.
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

    /// Where the generated error reference describes the code: `errors.html#CODE`, to be put behind the address that the
    /// reference is published at. `None` without a code, and for one that the document does not list.
    ///
    /// A server that knows that address links to it by itself: see the header `Link` in [`headers`](Self::headers).
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let code = self.code().filter(|code| E::status_of(code).is_some())?;
        Some(format!("errors.html#{code}"))
    }

    fn envelope(&self) -> Option<&E> {
        match self {
            Self::ErrorResponse(response) => Some(response),
            Self::UnexpectedResponse(_) | Self::Transport(_) | Self::InvalidRequest(_) => None,
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
            Self::UnexpectedResponse(response) => response.source(),
            Self::Transport(error) => error.source(),
            Self::ErrorResponse(_) | Self::InvalidRequest(_) => None,
        }
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        Self::from(TransportError::after(error, Attempts::default()))
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        match error.http_error() {
            Some(error) if error.is_builder() => Self::InvalidRequest(chain(error)),
            _ => Self::Transport(Arc::new(error)),
        }
    }
}

impl<E> From<MalformedList> for Error<E> {
    fn from(error: MalformedList) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}

impl<E> From<InvalidHeaderValue> for Error<E> {
    fn from(_: InvalidHeaderValue) -> Self {
        Self::InvalidRequest("a header parameter contains a character that no header may carry".to_owned())
    }
}

impl From<Cut> for Defect {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Limit => Self::TooLong,
            Cut::Failure(error) => Self::Incomplete(Arc::new(without_secrets(error))),
        }
    }
}

/// An error's message and those of its causes.
pub(crate) fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
