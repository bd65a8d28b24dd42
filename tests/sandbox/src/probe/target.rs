//! Which server is probed, by addresses that were looked up once, and with which credentials. Sends nothing.

use std::env;
use std::fmt;
use std::fs;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::net::lookup_host;
use tokio::time::timeout;
use url::{Host, Url};

use super::arguments::Arguments;
use super::error::Error;
use crate::sandbox::Sandbox;

/// A server that may be probed.
pub(super) struct Target {
    /// Without a password that a URL may have.
    pub(super) url: String,
    pub(super) addresses: Vec<SocketAddr>,
    /// The value of the header `Host`.
    pub(super) host: String,
    /// What is in front of every path; without a slash at its end.
    pub(super) base_path: String,
    pub(super) credentials: Credentials,
}

/// The value of the header `Authorization`. Never printed.
pub(super) struct Credentials(pub(super) String);

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials(..)")
    }
}

const USER: &str = "FONEDYNAMICS_USER";
const PASSWORD: &str = "FONEDYNAMICS_PASSWORD";

impl Target {
    /// Finds the server. A name must resolve to this machine alone, unless the caller owns the server.
    pub(super) async fn of(arguments: &Arguments) -> Result<Self, Error> {
        let url = Url::parse(&arguments.url).map_err(|error| Error::Url(error.to_string()))?;
        if url.scheme() == "https" {
            return Err(Error::Https);
        }
        let (Some(host), "http") = (url.host(), url.scheme()) else {
            return Err(Error::Url(
                "it must begin with http:// and name a host".to_owned(),
            ));
        };
        if !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(Error::Url(
                "it must have no credentials, no query and no fragment".to_owned(),
            ));
        }
        let port = url.port_or_known_default().unwrap_or(80);
        let addresses = match host {
            Host::Ipv4(address) => vec![SocketAddr::from((address, port))],
            Host::Ipv6(address) => vec![SocketAddr::from((address, port))],
            Host::Domain(name) => {
                let lookup = timeout(arguments.timeout, lookup_host((name, port))).await;
                let found = lookup.map_err(|_| Error::unknown_host(name, "no response in time"))?;
                found
                    .map_err(|error| Error::unknown_host(name, &error.to_string()))?
                    .collect()
            }
        };
        let is_loopback = addresses
            .iter()
            .all(|address| address.ip().to_canonical().is_loopback());
        if !is_loopback && !arguments.i_own_this_server {
            return Err(Error::NotLoopback(host.to_string()));
        }
        let credentials = credentials(arguments, is_loopback)?;
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_string(),
        };
        Ok(Self {
            addresses,
            host: authority,
            base_path: url.path().trim_end_matches('/').to_owned(),
            credentials,
            url: url.to_string(),
        })
    }
}

fn credentials(arguments: &Arguments, is_loopback: bool) -> Result<Credentials, Error> {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let pair = match (&arguments.credentials, variable(USER), variable(PASSWORD)) {
        (Some(path), _, _) => {
            let text = fs::read_to_string(path)
                .map_err(|error| Error::CredentialsFile(path.clone(), error.to_string()))?;
            let line = text.trim_end_matches(['\r', '\n']).to_owned();
            if !line.contains(':') || line.contains('\n') {
                return Err(Error::CredentialsFile(
                    path.clone(),
                    "it must be one line, USER:PASSWORD".to_owned(),
                ));
            }
            line
        }
        (None, Some(user), Some(password)) => format!("{user}:{password}"),
        (None, None, None) if is_loopback => format!("{}:{}", Sandbox::ACCOUNT_SID, Sandbox::TOKEN),
        (None, None, None) => return Err(Error::NoCredentials),
        (None, _, _) => return Err(Error::HalfOfCredentials),
    };
    Ok(Credentials(format!("Basic {}", BASE64_STANDARD.encode(pair))))
}
