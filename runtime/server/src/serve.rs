//! Puts a router behind a listener, and keeps every connection within bounds. Decides nothing about what a
//! request means, and can be left out: it is the cargo feature `serve`.
//!
//! # Who responds to what is no HTTP
//!
//! Everything that reaches a router gets the envelope there. What hyper cannot read never gets there: a
//! malformed request line or header, a head beyond the limit, a length that contradicts another. hyper responds
//! to those itself, with a status and an empty body, and has no hook to do otherwise. A caller would find the
//! one failing response of the API that is no envelope. So the server withholds that response and writes one of
//! its own, in four steps:
//!
//! 1. `guard` is between the socket and hyper. Both share the `connection_state` with the service that hyper
//!    calls, and `service` notes there when it gets a request and when the body of its response is over.
//! 2. What hyper writes while no request is in flight is not a response of ours, because ours are written only
//!    after the service was called. hyper writes at such a time only to refuse what it could not read, and it
//!    closes the connection after that. So `guard` takes those bytes, sends none of them, and notes that it
//!    withheld some.
//! 3. hyper then gives the connection up with an error. `connection` turns the kind of error into a fault:
//!    malformed, or a head that is too large. Its deadlines and the shutdown lead to the same place.
//! 4. The envelope for that fault is written by a second hyper connection over the same socket, which is given a
//!    small request that it can read, `request_prefix` says in which version. So the bytes of these responses
//!    come from the same writer as all others: `Date`, `Content-Length`, no body for a `HEAD`.
//!
//! This is safe because hyper gets no byte of the next request before the response to the last one is sent: `guard`
//! holds back what came behind a request (`request_prefix` for its head, `unread` for its body). So what is withheld is never mixed with
//! what is sent, and a head that comes right behind a request has its deadline from the moment in which it is its
//! turn. hyper alone reads on as soon as it has both a body and the response to it: what it refuses then cuts that
//! response off, and what it accepts waits until something else wakes it. To find the end of a request is not to
//! parse it: where `guard` and hyper differ, hyper gets bytes early, as it would without `guard`, or waits in vain.
//!
//! Two ways that look simpler were not taken. To parse heads before hyper does means two parsers, and a request
//! on which they differ. To rewrite hyper's response on its way out means parsing what hyper wrote, which is no
//! promise of hyper. That the guard holds is tested over sockets, one probe for each thing that can be wrong.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use fonedynamics_contract::Envelope;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::boundary::Boundary;
use crate::failure::help::Help;
use crate::routes::DEFAULT_READ_TIMEOUT;

use self::access_log::LoggedPath;
use self::connection::{Settings, Stage, serve_connection};
use self::connection_state::ConnectionState;
use self::places::{Places, Spell};
use self::service::ConnectionService;

mod access_log;
mod connection;
mod connection_state;
mod guard;
mod places;
mod request_prefix;
mod service;
mod shutdown_signal;
mod unread;

/// The largest head of a request unless [`Server::header_limit`] says otherwise, in bytes: 64 KiB.
pub const DEFAULT_HEADER_LIMIT: usize = 64 * 1024;

/// The most connections at once unless [`Server::connections`] says otherwise.
pub const DEFAULT_CONNECTIONS: usize = 1000;

/// The longest that a head may take unless [`Server::head_timeout`] says otherwise: 15 seconds.
pub const DEFAULT_HEAD_TIMEOUT: Duration = Duration::from_secs(15);

/// The longest that a connection may be idle unless [`Server::idle_timeout`] says otherwise: 75 seconds.
pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(75);

/// How long requests may go on after the end unless [`Server::shutdown_grace`] says otherwise: 30 seconds.
pub const DEFAULT_SHUTDOWN_GRACE: Duration = Duration::from_secs(30);

/// How long to wait before accepting again when the system has no more sockets to give.
const BACK_OFF: Duration = Duration::from_millis(200);

/// How long connections get for a last response once the grace is over.
const FINAL_GRACE: Duration = Duration::from_secs(1);

/// A router behind a listener: HTTP/1.1 and 1.0, with limits on every connection.
///
/// What cannot be read as HTTP never reaches a router. The response is written here, with the envelope `E`: to a
/// malformed request line, version or header, a head that is too large, lengths that contradict one another, a
/// request that breaks off or is not finished in time. Such a response has `Connection: close`.
///
/// Each request is one event of `tracing` at the level `INFO`: method, path template, status, error code,
/// fault, operation, duration in milliseconds and request ID. Headers, queries, bodies and credentials are
/// not recorded, and neither are paths, unless [`log_paths`](Self::log_paths) says so.
///
/// # For whoever runs it
///
/// | limit | default | protects from | what the log says |
/// | --- | --- | --- | --- |
/// | [`connections`](Self::connections) | 1000 | more callers than there is memory for | `WARN the limit of connections is reached` |
/// | descriptors of the process (`ulimit -n`) | the system's | | `ERROR no connection can be accepted` |
/// | [`header_limit`](Self::header_limit) | 64 KiB | heads without end | `INFO request completed`, `fault="head-too-large"` |
/// | [`head_timeout`](Self::head_timeout) | 15 s | heads that do not come | the same with `fault="read-timeout"` and no path; nothing where no byte came |
/// | [`idle_timeout`](Self::idle_timeout) | 75 s | connections that nobody uses, callers that read nothing | nothing |
/// | [`read_timeout`](Self::read_timeout), [`Routes::read_timeout`](crate::Routes::read_timeout) | 30 s | bodies that do not come | `fault="read-timeout"` |
/// | [`Routes::body_limit`](crate::Routes::body_limit) | 1 MiB | large bodies; the values of one take at most eight times its size, and more once they are a type with many items | `fault="too-large"` |
/// | [`Routes::handler_timeout`](crate::Routes::handler_timeout) | 30 s | handlers that hang | `ERROR a request failed`, `fault="handler-timeout"` |
/// | [`shutdown_grace`](Self::shutdown_grace) | 30 s | an end that never comes | the same with `fault="unavailable"` |
///
/// The first two are logged once in a spell: again only after ten seconds without. Let there be some hundred more
/// descriptors than connections, for what handlers open.
///
/// A health check is an own route with [`Exempt`](crate::Exempt), so that its response stays as it is:
///
/// ```
/// use axum::http::StatusCode;
/// use axum::routing::get;
/// use axum::{Extension, Router};
/// use fonedynamics_server_runtime::Exempt;
///
/// async fn health() -> (StatusCode, Extension<Exempt>, &'static str) {
///     (StatusCode::OK, Extension(Exempt), "ready")
/// }
///
/// fn with_health(router: Router) -> Router {
///     router.merge(Router::new().route("/health", get(health)))
/// }
/// # drop(with_health(Router::new()));
/// ```
///
/// Behind nginx, nginx has to be the one that closes idle connections and that gives up last:
///
/// ```text
/// upstream api {
///     server 127.0.0.1:8080;
///     keepalive 100;               # of each worker; all together well below `connections`
///     keepalive_timeout 60s;       # less than `idle_timeout`
/// }
/// server {
///     client_max_body_size 2m;     # more than `body_limit`, so that the refusal is the API's own
///     location / {
///         proxy_pass http://api;
///         proxy_http_version 1.1;
///         proxy_set_header Connection "";
///         proxy_set_header Host $host;
///         proxy_set_header X-Request-Id $request_id;
///         proxy_read_timeout 40s;  # more than `handler_timeout`
///     }
/// }
/// ```
///
/// nginx waits for slow heads, bodies and readers itself, with `client_header_timeout`, `client_body_timeout` and
/// `send_timeout`. What it responds by itself, such as 502 and 413, is not the envelope.
///
/// # Limits of what is promised
///
/// - HTTP/2 is not supported. A caller that begins with its preface gets a response in HTTP/1.1, which it may not
///   understand. The same holds for a caller that begins with TLS: put what ends TLS in front.
/// - Protocols that take over a connection, such as WebSocket, are not offered. Serve their routes with
///   `axum::serve` on a listener of their own.
/// - A connection on which no request was begun is closed without a response when it was idle for too long, or
///   when the server shuts down: there is nothing to respond to.
/// - A response that breaks off halfway, because its body fails, cannot be taken back.
#[derive(Clone, Debug)]
pub struct Server<E> {
    router: Router,
    boundary: Option<Boundary<E>>,
    shutdown_grace: Duration,
    connections: usize,
    settings: Settings,
}

impl<E: Envelope + Serialize> Server<E> {
    /// A server of a router as it is. Only what is below the router gets its response here; the responses of layers and
    /// of own routes need a [`boundary`](Self::boundary).
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self {
            // Without this, axum applies the layers anew for each request, and a limit never counts beyond one.
            router: router.with_state(()),
            boundary: None,
            shutdown_grace: DEFAULT_SHUTDOWN_GRACE,
            connections: DEFAULT_CONNECTIONS,
            settings: Settings {
                logged_path: LoggedPath::Template,
                header_limit: DEFAULT_HEADER_LIMIT,
                head_timeout: DEFAULT_HEAD_TIMEOUT,
                idle_timeout: DEFAULT_IDLE_TIMEOUT,
                read_timeout: DEFAULT_READ_TIMEOUT,
                help: Help::default(),
            },
        }
    }

    /// Folds the failing responses of the router, its layers and its own routes, as the boundary does where it is a
    /// layer around all of them. Here it costs a request less.
    #[must_use]
    pub fn boundary(mut self, boundary: Boundary<E>) -> Self {
        self.boundary = Some(boundary);
        self
    }

    /// The largest request line with its headers that is accepted, in bytes. Whatever the limit, a request has
    /// at most 100 headers and a target of less than 64 KiB.
    #[must_use]
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.settings.header_limit = bytes;
        self
    }

    /// The most connections at once, at least one. A further one gets the place of an idle one: of one whose
    /// caller has its last response, of one between two requests, or of one on which no byte arrived, each for at
    /// least half a second. Where none is idle it waits, and meanwhile every response says that it is the last of its
    /// connection.
    #[must_use]
    pub fn connections(mut self, most: usize) -> Self {
        self.connections = most;
        self
    }

    /// The longest that the request line and the headers may take, from their first byte on. A request that
    /// takes longer gets its response, and its connection is closed. The first byte of a new connection has as
    /// much time; after that, the connection is closed without a response.
    #[must_use]
    pub fn head_timeout(mut self, longest: Duration) -> Self {
        self.settings.head_timeout = longest;
        self
    }

    /// The longest that a connection may wait for the first byte of its next request, or for its caller to read any
    /// of a response. After that it is closed.
    ///
    /// A response may take for ever as long as its caller reads. What counts is that the send buffer of the
    /// connection, some 128 to 256 KiB, gets room: with the default, a caller that reads two or three kilobytes in a
    /// second is safe, and one that reads nothing is not.
    #[must_use]
    pub fn idle_timeout(mut self, longest: Duration) -> Self {
        self.settings.idle_timeout = longest;
        self
    }

    /// The longest that the body of a request may take to arrive, that of an own route too, from the moment in
    /// which it is first waited for. One that takes longer is a failure of the caller: its handler is dropped, and
    /// its connection is closed. For an operation the shorter one counts of this and
    /// [`Routes::read_timeout`](crate::Routes::read_timeout).
    #[must_use]
    pub fn read_timeout(mut self, longest: Duration) -> Self {
        self.settings.read_timeout = longest;
        self
    }

    /// How long requests in flight may go on after the shutdown signal. Those that take longer fail as failures
    /// of the server where no response was begun.
    #[must_use]
    pub fn shutdown_grace(mut self, longest: Duration) -> Self {
        self.shutdown_grace = longest;
        self
    }

    /// The address of the page that error codes are described on, as for [`Boundary::help`](crate::Boundary::help), and
    /// for the responses to what never reached the router as well.
    #[must_use]
    pub fn help(mut self, page: &str) -> Self {
        self.settings.help = Help::on(page);
        self
    }

    /// Records the path of each request as it was sent, without the query, in place of the template of its operation.
    /// Paths hold identifiers, such as phone numbers. What reaches no operation has no template, so by default its path
    /// is empty.
    #[must_use]
    pub fn log_paths(mut self) -> Self {
        self.settings.logged_path = LoggedPath::Sent;
        self
    }

    /// Serves connections until the process receives a shutdown signal, SIGTERM or Ctrl-C; then lets the requests
    /// in flight finish. From then on these signals no longer end the process by themselves.
    ///
    /// # Errors
    ///
    /// If the listener has no address. What fails later is logged and survived.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        self.serve_until(listener, shutdown_signal::shutdown_signal())
            .await
    }

    /// Serves connections until `shutdown` completes, then lets the requests in flight finish.
    ///
    /// # Errors
    ///
    /// As for [`serve`](Self::serve).
    pub async fn serve_until(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        listener.local_addr()?;
        let (stage, stages) = watch::channel(Stage::Open);
        let mut tasks = JoinSet::new();
        tokio::select! {
            () = shutdown => {}
            () = self.accept(&listener, &stages, &mut tasks) => {}
        }
        // From here on, the system refuses callers.
        drop(listener);
        let all_done = async |tasks: &mut JoinSet<()>| while tasks.join_next().await.is_some() {};
        stage.send_replace(Stage::Ending);
        if timeout(self.shutdown_grace, all_done(&mut tasks)).await.is_err() {
            stage.send_replace(Stage::Over);
            // What takes longer than this is cut off when the set is dropped.
            let _ = timeout(FINAL_GRACE, all_done(&mut tasks)).await;
        }
        Ok(())
    }

    /// Accepts connections for ever.
    async fn accept(&self, listener: &TcpListener, stages: &watch::Receiver<Stage>, tasks: &mut JoinSet<()>) {
        let places = Places::new(self.connections);
        let (mut full, mut failing) = (Spell::default(), Spell::default());
        loop {
            while tasks.try_join_next().is_some() {}
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let shared = ConnectionState::new();
                    let place = places.take(&shared, &mut full).await;
                    let service = ConnectionService {
                        router: self.router.clone(),
                        boundary: self.boundary.clone(),
                        logged_path: self.settings.logged_path,
                        help: self.settings.help.clone(),
                        peer,
                        shared,
                        places: Arc::clone(&places),
                    };
                    let (settings, stages) = (self.settings.clone(), stages.clone());
                    tasks.spawn(async move {
                        serve_connection(stream, service, settings, stages).await;
                        drop(place);
                    });
                }
                // The caller is gone before it was accepted.
                Err(error) if is_of_the_caller(&error) => {}
                Err(error) => {
                    if failing.is_new() {
                        tracing::error!(%error, "no connection can be accepted");
                    }
                    places.make_room(BACK_OFF).await;
                }
            }
        }
    }
}

fn is_of_the_caller(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}
