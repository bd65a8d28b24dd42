//! Errors by what a caller can do about them. Decided by the response, never by an error code.

use reqwest::StatusCode;

/// Who has to do something about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// 401: the credentials are missing or wrong.
    Authentication,
    /// 403: a permission is missing, or the state forbids it. Only the error code says which of the two.
    Forbidden,
    /// 429: there are too many requests, and the same one may succeed later;
    /// [`Error::retry_after`](crate::Error::retry_after) may say when.
    RateLimited,
    /// Any other 4xx: the request has to change. Also a request that could not be built.
    Request,
    /// 5xx, or any other response that is not what the document says: nothing that the caller could change.
    Server,
    /// There was no response.
    Transport,
    /// The server says that the request succeeded, but the response does not tell how: its body is missing,
    /// incomplete or cannot be read, or a redirect was followed with another method. Do not send the request again,
    /// unless [`Error::is_retryable`](crate::Error::is_retryable) says that it cannot harm; find out what became of
    /// it.
    Unconfirmed,
}

impl Category {
    pub(super) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::Authentication,
            403 => Self::Forbidden,
            429 => Self::RateLimited,
            400..=499 => Self::Request,
            _ => Self::Server,
        }
    }
}
