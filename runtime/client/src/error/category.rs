//! Errors by what a caller can do about them. Decided by the status, never by an error code.

use reqwest::StatusCode;

/// Who has to do something about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// 401: the credentials are missing or wrong.
    Credentials,
    /// 403: a permission is missing, or the state forbids it. Which of the two, only the error code says, and
    /// of a code that is not known yet, nothing does.
    Refused,
    /// Any other 4xx: the request has to change. Also a request that could not be built.
    Request,
    /// 5xx, or any other answer that is not what the document says: nothing that the caller could change.
    Server,
    /// No answer arrived, or a successful one broke off.
    Transport,
}

impl Category {
    pub(super) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::Credentials,
            403 => Self::Refused,
            400..=499 => Self::Request,
            _ => Self::Server,
        }
    }
}
