//! The state of one connection. Shared by what sees its bytes and what sees its requests, all within one task;
//! holds no byte of a response.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::access_log::InFlight;
use super::request_prefix::RequestPrefix;
use super::unread::Unread;

/// The state of a connection. Clones share it.
#[derive(Clone)]
pub(super) struct ConnectionState(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// Somebody else needs the place of the connection.
    close: Notify,
}

/// Why nothing is lost with a connection that ends now. The first is closed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Idle {
    /// It has its last response.
    Closing,
    /// It has its response, and still sends a body that nobody reads.
    Draining,
    /// It has had a response, and no further request was begun.
    BetweenRequests,
    /// No byte of a request has arrived yet.
    Silent,
}

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing was received since the last response, or only empty lines.
    Idle,
    /// A part of a head was received.
    Head,
    /// The service has the request and no response yet. All that can be written is `100 Continue`.
    InFlight,
    /// The service has responded, and the body of its response is not over.
    Responding,
    /// The response is over, and some of it may be unsent.
    Responded,
    /// The response is sent, and the body of its request is still coming.
    Draining,
    /// There is nothing more to be sent, and the caller has yet to close.
    Closing,
}

pub(super) struct State {
    pub(super) phase: Phase,
    /// When the phase began, or an earlier one where nobody asks: while there is a response to wait for or to send.
    pub(super) since: Instant,
    /// Whether there was a request before.
    pub(super) used: bool,
    /// The first bytes of the request, until the service has it.
    pub(super) prefix: RequestPrefix,
    /// The request that the service has.
    pub(super) in_flight: Option<InFlight>,
    /// Whether the body of the request is still coming, and somebody may want it.
    pub(super) receiving: bool,
    /// How many bytes of the body the HTTP library got with the head.
    pub(super) with_head: u64,
    /// What the HTTP library may yet read of the body.
    pub(super) unread: Unread,
    /// Whether the service waits for more of the body.
    pub(super) awaits_body: bool,
    /// Since when it has waited for the body, with interruptions.
    pub(super) body_awaited: Option<Instant>,
    /// Who waits for the next request.
    pub(super) reader: Option<Waker>,
    /// Whether the HTTP library wrote a response of its own, which was withheld.
    pub(super) withheld: bool,
    /// Since when the caller has read nothing of what is to be sent.
    pub(super) stalled: Option<Instant>,
    /// Whether the server shuts down, so that every response is the last.
    pub(super) shutting_down: bool,
    /// Whether the response says that it is the last.
    pub(super) last: bool,
    /// Whether the last response is sent.
    pub(super) over: bool,
    /// Whether the caller will send nothing more.
    pub(super) input_closed: bool,
}

impl ConnectionState {
    pub(super) fn new() -> Self {
        let state = State {
            phase: Phase::Idle,
            since: Instant::now(),
            used: false,
            prefix: RequestPrefix::default(),
            in_flight: None,
            receiving: false,
            with_head: 0,
            unread: Unread::NOTHING,
            awaits_body: false,
            body_awaited: None,
            reader: None,
            withheld: false,
            stalled: None,
            shutting_down: false,
            last: false,
            over: false,
            input_closed: false,
        };
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            close: Notify::new(),
        }))
    }

    /// Whether both are the same connection.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Asks the connection to close, which it does if it is still idle.
    pub(super) fn close(&self) {
        self.0.close.notify_one();
    }

    /// Completes when the connection was asked to close.
    pub(super) async fn asked_to_close(&self) {
        self.0.close.notified().await;
    }

    /// A panic elsewhere leaves nothing half done, so a poisoned lock is as good as any.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        if !matches!(phase, Phase::InFlight | Phase::Responding | Phase::Responded) {
            self.since = Instant::now();
        }
    }

    /// Whether the HTTP library may read: not a byte of the next request before the response to this one is sent.
    pub(super) fn may_read(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Head) || self.unread != Unread::NOTHING
    }

    /// Bytes came from the caller, or the end of what it sends. Gives how many of them the HTTP library may have
    /// now: at most to the end of the body, as far as that can be told. The rest belongs to what follows.
    pub(super) fn receive(&mut self, bytes: &[u8]) -> usize {
        if bytes.is_empty() {
            self.input_closed = true;
        }
        if matches!(self.phase, Phase::Idle | Phase::Head) {
            let (length, is_whole) = self.prefix.push(bytes);
            if self.phase == Phase::Idle && !self.prefix.is_empty() {
                self.enter(Phase::Head);
            }
            // A small body mostly comes with its head, and then is read with it.
            let behind = if is_whole { bytes.len() - length } else { 0 };
            self.with_head = self.prefix.length.min(behind as u64);
            return length + self.with_head as usize;
        }
        self.unread.take(bytes)
    }

    /// The service has a request.
    pub(super) fn begin(&mut self, in_flight: InFlight, unread: Unread) {
        self.used = true;
        self.in_flight = Some(in_flight);
        self.receiving = unread != Unread::NOTHING;
        self.unread = match unread {
            Unread::Bytes(length) => Unread::Bytes(length.saturating_sub(self.with_head)),
            // Where a head has a length too, its request is refused.
            chunks => chunks,
        };
        self.with_head = 0;
        self.body_awaited = None;
        self.enter(Phase::InFlight);
    }

    /// The body of the response is over, or was given up.
    pub(super) fn end_response(&mut self) {
        if self.phase == Phase::Responding {
            self.enter(Phase::Responded);
        }
    }

    /// All that was written is sent.
    pub(super) fn flushed(&mut self) {
        self.stalled = None;
        if self.phase == Phase::Responded {
            self.over = self.last;
            self.prefix.clear();
            if self.receiving {
                self.enter(Phase::Draining);
            } else {
                self.await_request();
            }
        }
    }

    /// The body of the request is over, or was given up.
    pub(super) fn end_request(&mut self) {
        self.receiving = false;
        self.awaits_body = false;
        if self.phase == Phase::Draining {
            self.await_request();
        }
    }

    fn await_request(&mut self) {
        self.enter(Phase::Idle);
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    /// Why nothing is lost if the connection ends now, and since when that is so. `None` where something is.
    pub(super) fn idle(&self) -> Option<(Idle, Instant)> {
        let idle = match self.phase {
            Phase::Closing => Idle::Closing,
            Phase::Draining => Idle::Draining,
            Phase::Idle if self.used => Idle::BetweenRequests,
            Phase::Idle => Idle::Silent,
            _ => return None,
        };
        Some((idle, self.since))
    }

    /// Whether whoever writes now is the HTTP library, and not the service.
    pub(super) fn is_between_responses(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Head | Phase::Draining)
    }

    /// Whether a request that was begun, if any, has got no byte of a response.
    pub(super) fn awaits_response(&self) -> bool {
        self.phase == Phase::InFlight || self.is_between_responses()
    }
}
