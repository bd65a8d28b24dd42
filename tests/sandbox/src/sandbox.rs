//! A sandbox that a test starts. Knows nothing of what operations do.

pub(crate) mod front;
pub(crate) mod recorder;
pub(crate) mod switch;

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use fonedynamics_server::Operation;
use fonedynamics_server::types::ErrorCode;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::sandbox::front::Front;
use crate::sandbox::recorder::{Recorder, SeenRequest, record};
use crate::sandbox::switch::{Instead, Switch, act};
use crate::service::Service;
use crate::store::Store;

/// A sandbox on a free port of this machine, with its state in memory. Ends when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    base_url: String,
    clock: Clock,
    switch: Switch,
    recorder: Recorder,
    front: JoinHandle<()>,
    // Dropping it is what ends the server.
    _end: oneshot::Sender<()>,
}

impl Sandbox {
    /// The account of the data that a sandbox begins with; the user of its credentials.
    pub const ACCOUNT_SID: &str = "AGIJ0U6HRJPY2KFU40OBHNTBWEBYXBQM";

    /// The token of this account, with which everything is permitted; the password of its credentials.
    pub const TOKEN: &str = "sandbox-token";

    /// Starts a sandbox, on the tokio runtime that this is called in, with drivers for I/O and time.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        let (clock, front, recorder) = (Clock::default(), Front::default(), Recorder::default());
        let switch = Switch::new(front.clone(), None);
        let store = Store::open(None, clock.now()).map_err(io::Error::other)?;
        let router = fonedynamics_server::router(Service::new(store, clock.clone()))
            .layer(from_fn_with_state(switch.clone(), act))
            .layer(from_fn_with_state(recorder.clone(), record));
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let front = tokio::spawn(front.run(listener, server.local_addr()?));
        let (end, ended) = oneshot::channel();
        tokio::spawn(async move {
            let ended = async { drop(ended.await) };
            fonedynamics_server::serve_until(server, router, ended).await
        });
        Ok(Self {
            base_url,
            clock,
            switch,
            recorder,
            front,
            _end: end,
        })
    }

    /// The base URL, such as `http://127.0.0.1:54321`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Lets the next call of an operation fail with a code, whatever the document says of it. Said twice, the next two.
    pub fn fail_next(&self, operation: &'static Operation, code: ErrorCode) {
        self.switch.set(operation, Instead::Fail(code));
    }

    /// Lets the next call of an operation wait for a response that never comes.
    pub fn hang_next(&self, operation: &'static Operation) {
        self.switch.set(operation, Instead::Hang);
    }

    /// Lets the connection of the next call of an operation carry these bytes in place of a response, and end.
    pub fn respond_next(&self, operation: &'static Operation, bytes: impl Into<Vec<u8>>) {
        self.switch.set(operation, Instead::Respond(bytes.into()));
    }

    /// The requests so far, in the order in which they came; the latest 1,000 of them. What is no HTTP is not among them.
    #[must_use]
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.recorder.requests()
    }

    /// Moves the clock ahead, by whole seconds: messages are delivered, and calls come in.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.front.abort();
    }
}
