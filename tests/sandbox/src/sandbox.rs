//! A sandbox that a test starts. Knows nothing of what operations do.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::service::Service;
use crate::store::Store;

/// A sandbox on a free port of this machine, with its state in memory. Ends when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    base_url: String,
    clock: Clock,
    // Dropping it is what ends the server.
    _end: oneshot::Sender<()>,
}

impl Sandbox {
    /// The account of the seeded data whose credentials permit everything.
    pub const ACCOUNT_SID: &str = "AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM";
    /// Its API token.
    pub const TOKEN: &str = "sandbox-token";

    /// Starts a sandbox.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        let clock = Clock::default();
        let store = Store::open(None, clock.now()).map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let router = fonedynamics_server::router(Service::new(store, clock.clone()));
        let (end, ended) = oneshot::channel();
        tokio::spawn(async move {
            let ended = async { drop(ended.await) };
            fonedynamics_server::serve_until(listener, router, ended).await
        });
        Ok(Self {
            base_url,
            clock,
            _end: end,
        })
    }

    /// The base URL, such as `http://127.0.0.1:54321`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Moves the clock ahead, by whole seconds: messages are delivered, and calls come in.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

#[cfg(test)]
mod tests {
    use super::Sandbox;

    #[tokio::test]
    async fn sandbox_starts_on_a_free_port() {
        let sandbox = Sandbox::start().await.unwrap();
        assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
    }
}
