//! Why there was no response. Decides nothing by the message of an error.

use std::{error::Error as StdError, io};

/// Why there was no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportFailure {
    /// No connection could be made, in time or at all, so the request was not sent.
    NotConnected,
    /// TLS refuses the server, above all because of its certificate. The request was not sent.
    NotTrusted,
    /// The time ran out. The request may have been processed.
    TimedOut,
    /// The connection ended. The request may have been processed.
    ConnectionLost,
    /// The HTTP client gave up: redirects form a loop or lead where it does not go.
    Redirects,
}

impl TransportFailure {
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() && is_refused_by_tls(error) {
            Self::NotTrusted
        } else if error.is_connect() {
            Self::NotConnected
        } else if error.is_redirect() {
            Self::Redirects
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::ConnectionLost
        }
    }
}

/// Whether the peer was reached and TLS wants none of it, above all because of its certificate. The TLS
/// library reports so, and nothing else about a connection, as invalid data.
fn is_refused_by_tls(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = next {
        next = match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::InvalidData => return true,
            // The source of such an error is that of the error inside, which is left out.
            Some(error) => error.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    false
}
