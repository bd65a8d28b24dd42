//! One connection, from its first byte to its end. The only place that decides to close one.

use std::convert::Infallible;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::mem;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use fonedynamics_contract::{Envelope, Fault};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::Settings;
use super::access_log::record_unparsed;
use super::connection_state::{ConnectionState, Phase, State};
use super::guard::Guard;
use super::request_prefix::RequestPrefix;
use super::service::ConnectionService;
use crate::failure::response;
use crate::limits::discard;

/// How far the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It answers.
    Open,
    /// It answers what was begun.
    Ending,
    /// It answers nothing any more.
    Over,
}

/// Why a connection ends.
enum End {
    /// The HTTP library is done with it.
    Done(Result<(), hyper::Error>),
    /// The last answer is sent.
    Last,
    /// The caller took too long.
    Late,
    /// The server ends.
    Stopped,
}

/// The library's own limit on what it buffers, which a larger limit of heads must lift.
const BUFFER: usize = 400 * 1024;

/// Deadlines are not looked at more often than this.
const SHORTEST: Duration = Duration::from_millis(1);

/// Attends to a connection until it ends.
pub(super) async fn serve_connection<E: Envelope + Serialize>(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    settings: Settings,
    mut stages: watch::Receiver<Stage>,
) {
    // An answer is written at once, so there is nothing to be gained by waiting for more of it.
    let _ = stream.set_nodelay(true);
    let shared = ConnectionState::new();
    let service = ConnectionService::<E> {
        router,
        peer,
        shared: shared.clone(),
        envelope: PhantomData,
    };
    let mut builder = http1::Builder::new();
    // A caller that says it will send no more still wants its answer.
    builder.half_close(true).max_header_size(settings.header_limit);
    if settings.header_limit > BUFFER {
        builder.max_buf_size(settings.header_limit);
    }
    let guard = Guard::new(stream, shared.clone());
    let mut connection = builder.serve_connection(TokioIo::new(guard), service);

    let end = loop {
        let stage = *stages.borrow_and_update();
        // Whatever is answered from now on says that it is the last.
        shared.lock().ending = stage != Stage::Open;
        let step = poll_fn(|context| {
            if let Poll::Ready(outcome) = Pin::new(&mut connection).poll(context) {
                return Poll::Ready(End::Done(outcome));
            }
            let state = shared.lock();
            match (stage, state.phase) {
                _ if state.over => Poll::Ready(End::Last),
                (Stage::Over, _) | (Stage::Ending, Phase::Idle | Phase::Draining) => {
                    Poll::Ready(End::Stopped)
                }
                (Stage::Open | Stage::Ending, _) => Poll::Pending,
            }
        });
        tokio::select! {
            biased;
            end = step => break end,
            () = until_next_look(&shared, &settings) => {
                if is_late(&shared.lock(), &settings) {
                    break End::Late;
                }
            }
            // Should the server be gone, so is this task.
            _ = stages.changed() => {}
        }
    };
    let parts = connection.into_parts();
    let stream = parts.io.into_inner().into_stream();
    finish::<E>(stream, &shared, &parts.read_buf, end).await;
}

/// Waits until a deadline could be over. Phases change while this waits, so it waits no longer than the
/// shortest deadline that could begin now.
async fn until_next_look(shared: &ConnectionState, settings: &Settings) {
    let shortest = settings.head_timeout.min(settings.idle_timeout).max(SHORTEST);
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
    match state.phase {
        Phase::Idle | Phase::Draining => after(state.since, settings.idle_timeout),
        Phase::Head => after(state.since, settings.head_timeout),
        Phase::InFlight => None,
        Phase::Responding | Phase::Responded => state
            .stalled
            .and_then(|since| after(since, settings.idle_timeout)),
    }
}

/// Says what is to be said yet, and closes the connection so that the caller gets to read it.
async fn finish<E: Envelope + Serialize>(
    mut stream: TcpStream,
    shared: &ConnectionState,
    unread: &[u8],
    end: End,
) {
    let ending_of = ending_of::<E>(&mut shared.lock(), unread, &end);
    match ending_of {
        Ending::Say(prefix, response) => {
            let _ = timeout(discard::LONGEST, write_response(&mut stream, &prefix, response)).await;
        }
        Ending::SaidAll => {
            let _ = stream.shutdown().await;
        }
        Ending::None => return,
    }
    discard::drain(stream).await;
}

/// What a caller is to get before its connection is closed.
enum Ending {
    /// This answer.
    Say(RequestPrefix, Response),
    /// Time to read the answer that it was sent.
    SaidAll,
    /// Nothing.
    None,
}

fn ending_of<E: Envelope + Serialize>(state: &mut State, unread: &[u8], end: &End) -> Ending {
    if state.phase == Phase::Idle && state.prefix.is_empty() {
        // What came behind the last request was not seen as the opening of the next.
        state.prefix.push(unread);
    }
    if let Some(fault) = fault_of(state, end) {
        let in_flight = state.in_flight.take();
        let request_id = match &in_flight {
            Some(in_flight) => in_flight.request_id.clone(),
            None => state.prefix.request_id(),
        };
        let response = response::alone::<E>(fault, &request_id);
        match in_flight {
            Some(in_flight) => in_flight.record(&response),
            None => record_unparsed(state.since, &request_id, &response),
        }
        return Ending::Say(mem::take(&mut state.prefix), response);
    }
    if let Some(in_flight) = state.in_flight.take() {
        in_flight.record_abandoned();
    }
    match (end, state.phase) {
        // Nothing was begun, or nobody reads.
        (End::Late | End::Stopped, Phase::Idle | Phase::Responding | Phase::Responded) => Ending::None,
        _ if state.input_closed => Ending::None,
        _ => Ending::SaidAll,
    }
}

/// The fault with which a connection ends, if something was begun on it that has no answer yet.
fn fault_of(state: &State, end: &End) -> Option<Fault> {
    if !state.awaits_response() {
        return None;
    }
    let has_begun = state.phase == Phase::InFlight || !state.prefix.is_empty();
    match end {
        End::Done(Err(error)) if error.is_parse_too_large() => state.withheld.then_some(Fault::HeadTooLarge),
        // Of HTTP/2 the library makes an error, and no answer.
        End::Done(Err(error)) if error.is_parse_version_h2() => Some(Fault::Malformed),
        End::Done(Err(error)) if error.is_parse() => state.withheld.then_some(Fault::Malformed),
        End::Done(Err(error)) if error.is_incomplete_message() => Some(Fault::Malformed),
        End::Done(_) | End::Last => None,
        End::Late => has_begun.then_some(Fault::ReadTimeout),
        End::Stopped => has_begun.then_some(Fault::Unavailable),
    }
}

/// Writes an answer as the HTTP library writes all others, by having it answer a request that it can read.
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
