//! Why there was no response, as far as a retry depends on it. Decides nothing by the message of an error.

use std::{error::Error as StdError, io};

/// Why there was no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// No connection could be made, so the request was not sent.
    NotConnected,
    /// The connection or the time ended. The request may have been processed.
    Lost,
    /// Another attempt would end in the same way.
    Permanent,
}

impl Failure {
    pub(super) fn of(error: &reqwest::Error) -> Self {
        if error.is_builder() || error.is_redirect() || (error.is_connect() && is_refused_by_tls(error)) {
            Self::Permanent
        } else if error.is_connect() {
            Self::NotConnected
        } else {
            Self::Lost
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
