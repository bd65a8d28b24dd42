//! Why a client cannot be built. Shows no credentials.

use std::fmt;

use crate::error::{Error, chain};

/// Why a client cannot be built. `Display` never shows credentials.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is no URL.
    MalformedBaseUrl(url::ParseError),
    /// The base URL would send the credentials in the clear: it is neither https, nor http to this machine.
    InsecureBaseUrl {
        /// Its scheme, such as `http`.
        scheme: String,
    },
    /// The base URL has a part that a base cannot have. Says which.
    SurplusInBaseUrl(&'static str),
    /// The credentials cannot be sent. Says why.
    UnusableCredentials(&'static str),
    /// The client brings an [HTTP client](crate::Options::http_client) of its own, which this option does not apply
    /// to. Says which.
    VoidOption(&'static str),
    /// TLS cannot be set up, for example because the machine has no certificates that it trusts.
    Tls(Box<dyn std::error::Error + Send + Sync>),
    /// The HTTP client cannot be built, for example because of the user agent.
    HttpClient(reqwest::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MalformedBaseUrl(error) => write!(formatter, "the base URL cannot be parsed: {error}"),
            Self::InsecureBaseUrl { scheme } => write!(
                formatter,
                "the base URL is not secure: its scheme is {scheme}; use https, or http with a loopback host or `allow_http`"
            ),
            Self::SurplusInBaseUrl(part) => write!(formatter, "the base URL must not have {part}"),
            Self::UnusableCredentials(reason) => write!(formatter, "the credentials are unusable: {reason}"),
            Self::VoidOption(option) => write!(
                formatter,
                "`{option}` does not apply to an HTTP client of your own: set it there"
            ),
            Self::Tls(_) => formatter.write_str("TLS cannot be set up"),
            Self::HttpClient(_) => formatter.write_str("the HTTP client cannot be built"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Tls(error) => Some(&**error),
            Self::HttpClient(error) => Some(error),
            Self::MalformedBaseUrl(_)
            | Self::InsecureBaseUrl { .. }
            | Self::SurplusInBaseUrl(_)
            | Self::UnusableCredentials(_)
            | Self::VoidOption(_) => None,
        }
    }
}

/// So that one `?` serves the client and its calls.
impl<E> From<BuildError> for Error<E> {
    fn from(error: BuildError) -> Self {
        Self::InvalidRequest(chain(&error))
    }
}
