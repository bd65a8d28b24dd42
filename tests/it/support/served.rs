//! Puts a router behind a socket of the loopback interface. Asserts nothing.

use std::future::pending;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use fonedynamics_client::{Client, Credentials, Options, RetryPolicy};
use fonedynamics_server::Server;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::credentials::PASSWORD;
use super::scripted::listen;

/// A server that lives as long as this value.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    task: JoinHandle<()>,
}

impl Served {
    /// Serves a router as an implementer would.
    pub(crate) async fn router(router: Router) -> Self {
        Self::server(fonedynamics_server::server(router)).await
    }

    /// Serves with limits of its own.
    pub(crate) async fn server(server: Server) -> Self {
        // Told to stop by nobody: a test that waited for signals would take them from the test runner.
        Self::with(|listener| server.serve_until(listener, pending())).await
    }

    /// Serves in any way.
    pub(crate) async fn with<F>(serve: impl FnOnce(TcpListener) -> F) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let (listener, address) = listen().await;
        let serving = serve(listener);
        let task = tokio::spawn(async move { serving.await.unwrap() });
        Self { address, task }
    }

    /// A client that says it is this user, with the one right password.
    pub(crate) fn client(&self, user: &str) -> Client {
        self.client_as(user, PASSWORD)
    }

    /// A client with other credentials. It sends everything once, because what arrives is counted.
    pub(crate) fn client_as(&self, user: &str, password: &str) -> Client {
        let options = Options::new(Credentials::basic(user, password)).retries(RetryPolicy::off());
        Client::connect(options.base_url(format!("http://{}", self.address))).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}
