//! One connection, from its first byte to its end. The only place that decides to close one.

use std::convert::Infallible;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use socket2::SockRef;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::access_log::{LoggedPath, record_unparsed};
use super::connection_state::{ConnectionState, Phase, State};
use super::guard::Guard;
use super::request_prefix::RequestPrefix;
use super::service::{ConnectionService, reject};
use crate::failure::help::Help;
use crate::limits::discard;

/// How far the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It responds to everything.
    Open,
    /// It responds to what was begun.
    Ending,
    /// It responds to nothing any more.
    Over,
}

/// What each connection must know.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) logged_path: LoggedPath,
    pub(super) header_limit: usize,
    pub(super) head_timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) read_timeout: Duration,
    pub(super) help: Help,
}

/// Why a connection ends.
enum End {
    /// The HTTP library is done with it.
    Done(Result<(), hyper::Error>),
    /// The last response is sent.
    Last,
    /// The caller took too long.
    Late,
    /// The server shuts down.
    Stopped,
    /// Somebody else gets the place.
    Replaced,
}

/// The library's own limit on what it buffers, which a larger limit of heads must lift.
const BUFFER: usize = 400 * 1024;

/// How much of a response the system may take before the caller has it, in bytes. Linux takes twice as much.
const SEND_BUFFER: usize = 128 * 1024;

/// Deadlines are not looked at more often than this.
const SHORTEST: Duration = Duration::from_millis(1);

/// Serves a connection until it ends.
pub(super) async fn serve_connection<E: Envelope + Serialize>(
    stream: TcpStream,
    service: ConnectionService<E>,
    settings: Settings,
    mut stages: watch::Receiver<Stage>,
) {
    let shared = service.shared.clone();
    // A response is written at once, so there is nothing to be gained by waiting for more of it.
    let _ = stream.set_nodelay(true);
    // In a buffer of megabytes, a caller that reads slowly makes no room for minutes and seems not to read at all.
    let _ = SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER);
    shared.lock().enter(Phase::Idle);
    // The library keeps the future of one such service in the same place for every request.
    let service = service_fn(move |request| service.respond(request));
    let mut builder = http1::Builder::new();
    // A caller that says it will send no more still wants its response.
    builder.half_close(true).max_header_size(settings.header_limit);
    if settings.header_limit > BUFFER {
        builder.max_buf_size(settings.header_limit);
    }
    let guard = Guard::new(stream, shared.clone());
    let mut connection = builder.serve_connection(TokioIo::new(guard), service);

    let mut replaced = false;
    let end = loop {
        let stage = *stages.borrow_and_update();
        // Every response from now on says that it is the last.
        shared.lock().shutting_down = stage != Stage::Open;
        let step = poll_fn(|context| {
            if let Poll::Ready(outcome) = Pin::new(&mut connection).poll(context) {
                return Poll::Ready(End::Done(outcome));
            }
            let state = shared.lock();
            // Only now: with a request that came meanwhile, the connection goes on.
            let is_replaced = mem::take(&mut replaced);
            match (stage, state.phase) {
                _ if state.over => Poll::Ready(End::Last),
                (_, Phase::Idle | Phase::Draining) if is_replaced => Poll::Ready(End::Replaced),
                (Stage::Over, _) | (Stage::Ending, Phase::Idle | Phase::Draining) => {
                    Poll::Ready(End::Stopped)
                }
                (Stage::Open | Stage::Ending, _) => Poll::Pending,
            }
        });
        replaced = tokio::select! {
            biased;
            end = step => break end,
            () = until_next_look(&shared, &settings) => {
                if is_late(&shared.lock(), &settings) {
                    break End::Late;
                }
                false
            }
            () = shared.asked_to_close() => true,
            // Should the server be gone, so is this task.
            _ = stages.changed() => false,
        }
    };
    let stream = connection.into_parts().io.into_inner().into_stream();
    finish::<E>(stream, &shared, &settings.help, end).await;
}

/// Waits until a deadline could be over. Phases change while this waits, so it waits no longer than the
/// shortest deadline that could begin now.
async fn until_next_look(shared: &ConnectionState, settings: &Settings) {
    let shortest = settings.head_timeout.min(settings.idle_timeout);
    let shortest = shortest.min(settings.read_timeout).max(SHORTEST);
    let deadline = deadline(&shared.lock(), settings);
    match deadline.filter(|deadline| deadline.duration_since(Instant::now()) < shortest) {
        Some(deadline) => sleep_until(deadline).await,
        None => sleep(shortest).await,
    }
}

fn is_late(state: &State, settings: &Settings) -> bool {
    deadline(state, settings).is_some_and(|deadline| deadline <= Instant::now())
}

/// When what the caller does will have taken too long. `None` where the caller has nothing to do.
fn deadline(state: &State, settings: &Settings) -> Option<Instant> {
    let after = |since: Instant, longest: Duration| since.checked_add(longest);
    let body = state.body_awaited.filter(|_| state.awaits_body);
    let body = body.and_then(|since| after(since, settings.read_timeout));
    match state.phase {
        // The first byte of a connection has no more time than a head.
        Phase::Idle if !state.used => after(state.since, settings.head_timeout),
        Phase::Idle | Phase::Draining => after(state.since, settings.idle_timeout),
        Phase::Head => after(state.since, settings.head_timeout),
        Phase::InFlight => body,
        Phase::Responding | Phase::Responded => {
            let stalled = state
                .stalled
                .and_then(|since| after(since, settings.idle_timeout));
            stalled.into_iter().chain(body).min()
        }
        Phase::Closing => None,
    }
}

/// Writes the last response if there is one to write, and closes the connection so that the caller gets to
/// read it.
async fn finish<E: Envelope + Serialize>(
    mut stream: TcpStream,
    shared: &ConnectionState,
    help: &Help,
    end: End,
) {
    let ending_of = ending_of::<E>(&mut shared.lock(), &end);
    match ending_of {
        Ending::Respond(prefix, mut response) => {
            help.link(&mut response);
            let _ = timeout(discard::LONGEST, write_response(&mut stream, &prefix, response)).await;
        }
        Ending::Wait => {
            let _ = stream.shutdown().await;
        }
        Ending::None => return,
    }
    shared.lock().enter(Phase::Closing);
    tokio::select! {
        () = drain(stream) => {}
        () = shared.asked_to_close() => {}
    }
}

/// What a caller gets before its connection is closed.
enum Ending {
    /// This response.
    Respond(RequestPrefix, Response),
    /// Time to read the response that it was sent.
    Wait,
    /// Nothing.
    None,
}

fn ending_of<E: Envelope + Serialize>(state: &mut State, end: &End) -> Ending {
    if let Some(fault) = fault_of(state, end) {
        let in_flight = state.in_flight.take();
        let request_id = match &in_flight {
            Some(in_flight) => in_flight.request_id.clone(),
            None => state.prefix.request_id(),
        };
        let mut response = reject::<E>(fault, &request_id);
        request_id.stamp(&mut response);
        match in_flight {
            Some(in_flight) => in_flight.record(&response),
            None => record_unparsed(state.since, &request_id, &response),
        }
        return Ending::Respond(mem::take(&mut state.prefix), response);
    }
    if let Some(in_flight) = state.in_flight.take() {
        in_flight.record_abandoned();
    }
    match (end, state.phase) {
        // Nothing was begun, or nobody reads.
        (End::Late | End::Stopped | End::Replaced, Phase::Idle | Phase::Responding | Phase::Responded) => {
            Ending::None
        }
        _ if state.input_closed => Ending::None,
        _ => Ending::Wait,
    }
}

/// The fault with which a connection ends, if something was begun on it that has no response yet.
fn fault_of(state: &State, end: &End) -> Option<Fault> {
    if !state.awaits_response() {
        return None;
    }
    let has_begun = state.phase == Phase::InFlight || !state.prefix.is_empty();
    match end {
        End::Done(Err(error)) if error.is_parse() && state.prefix.announces_too_much() => {
            state.withheld.then_some(Fault::TooLarge)
        }
        End::Done(Err(error)) if error.is_parse_too_large() => state.withheld.then_some(Fault::HeadTooLarge),
        End::Done(Err(error)) if error.is_parse() => state.withheld.then_some(Fault::Malformed),
        End::Done(Err(error)) if error.is_incomplete_message() => Some(Fault::Malformed),
        End::Done(_) | End::Last | End::Replaced => None,
        End::Late => has_begun.then_some(Fault::ReadTimeout),
        End::Stopped => has_begun.then_some(Fault::Unavailable),
    }
}

/// Writes a response as the HTTP library writes all others, by having it respond to a request that it can read.
async fn write_response(stream: &mut TcpStream, prefix: &RequestPrefix, response: Response) {
    let io = tokio::io::join(prefix.request_of_same_form(), stream);
    let response = Mutex::new(Some(response));
    let service = service_fn(|_| {
        let response = response.lock().unwrap_or_else(PoisonError::into_inner).take();
        async { Ok::<_, Infallible>(response.unwrap_or_default()) }
    });
    let _ = http1::Builder::new()
        .half_close(true)
        .keep_alive(false)
        .serve_connection(TokioIo::new(io), service)
        .await;
}

/// Discards what a caller still sends, within the bounds of [`discard`], until the caller has seen that there
/// is nothing more to come.
async fn drain(mut stream: TcpStream) {
    let reading = async {
        let mut left = discard::MOST_BYTES;
        let mut bytes = vec![0; 16 * 1024];
        while let Ok(length @ 1..) = stream.read(&mut bytes).await {
            match left.checked_sub(length) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    let _ = timeout(discard::LONGEST, reading).await;
}
