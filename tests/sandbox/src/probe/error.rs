//! Why there is nothing to report. Says what to do.

use std::fmt;
use std::path::PathBuf;

/// Why a server was not probed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The URL cannot be used; why.
    Url(String),
    /// The URL asks for TLS.
    Https,
    /// A host that cannot be looked up, and why.
    UnknownHost(String, String),
    /// The host is not this machine, and nobody said that this is intended.
    NotLoopback(String),
    /// A server elsewhere, and no credentials for it.
    NoCredentials,
    /// Only one of the two variables is set.
    HalfOfCredentials,
    /// A file with credentials that cannot be used, and why.
    CredentialsFile(PathBuf, String),
    /// Nothing listens there; why.
    Unreachable(String, String),
    /// The server responded to a request that is right with this status, 401 or 403.
    CredentialsRefused(u16),
    /// A defect of this program or of its surroundings.
    Internal(String),
}

impl Error {
    pub(super) fn unknown_host(name: &str, reason: &str) -> Self {
        Self::UnknownHost(name.to_owned(), reason.to_owned())
    }

    /// The exit code: 2 where the caller can do something about it, 1 for an internal error.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Internal(_) => 1,
            _ => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(reason) => write!(
                formatter,
                "the URL cannot be used: {reason}; write one such as http://127.0.0.1:8080"
            ),
            Self::Https => formatter.write_str(
                "the probe sends malformed requests byte by byte and speaks no TLS; give it the http:// URL behind the proxy",
            ),
            Self::UnknownHost(name, reason) => write!(formatter, "{name} cannot be looked up: {reason}"),
            Self::NotLoopback(host) => write!(
                formatter,
                "{host} is not this machine, and the probe sends hundreds of wrong requests; if the server is yours, add \
                 --i-own-this-server"
            ),
            Self::NoCredentials => formatter.write_str(
                "credentials are needed: set FONEDYNAMICS_USER and FONEDYNAMICS_PASSWORD, or name a file with --credentials",
            ),
            Self::HalfOfCredentials => {
                formatter.write_str("set both FONEDYNAMICS_USER and FONEDYNAMICS_PASSWORD, or none of them")
            }
            Self::CredentialsFile(path, reason) => {
                write!(formatter, "{} holds no credentials: {reason}", path.display())
            }
            Self::Unreachable(url, reason) => write!(formatter, "{url} cannot be reached: {reason}; is the server running?"),
            Self::CredentialsRefused(status) => write!(
                formatter,
                "the server responds with {status} to a request that is right: set FONEDYNAMICS_USER and \
                 FONEDYNAMICS_PASSWORD, or name a file with --credentials, of a caller who may do everything"
            ),
            Self::Internal(reason) => write!(formatter, "internal error: {reason}"),
        }
    }
}

impl std::error::Error for Error {}
