//! Where the talk on one connection stands. Shared by those who see its bytes and those who see its requests,
//! all within one task; holds no byte that is answered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::opening::Opening;
use super::record::Asked;

/// Where the talk stands. Clones share it.
#[derive(Clone)]
pub(super) struct Talk(Arc<Mutex<State>>);

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing was sent since the last answer, or only empty lines.
    Idle,
    /// A head was begun.
    Head,
    /// The service has the request and no answer yet. All that can be written is leave to go on sending.
    Asked,
    /// The service has answered, and the body of its answer is not over.
    Answering,
    /// The answer is over, and some of it may be unsent.
    Answered,
    /// The answer is sent, and the body of its request is still coming.
    Draining,
}

pub(super) struct State {
    pub(super) phase: Phase,
    /// When the phase began.
    pub(super) since: Instant,
    /// The first bytes of the request, until the service has it.
    pub(super) opening: Opening,
    /// The request that the service has.
    pub(super) asked: Option<Asked>,
    /// Whether the body of the request is still coming.
    pub(super) receiving: bool,
    /// Whether the HTTP library wrote an answer of its own, which was withheld.
    pub(super) withheld: bool,
    /// Since when the caller has read nothing of what is to be sent.
    pub(super) stalled: Option<Instant>,
    /// Whether the server ends, so that every answer is the last.
    pub(super) ending: bool,
    /// Whether the answer says that it is the last.
    pub(super) last: bool,
    /// Whether the last answer is sent.
    pub(super) over: bool,
    /// Whether the caller will send nothing more.
    pub(super) silent: bool,
}

impl Talk {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            phase: Phase::Idle,
            since: Instant::now(),
            opening: Opening::default(),
            asked: None,
            receiving: false,
            withheld: false,
            stalled: None,
            ending: false,
            last: false,
            over: false,
            silent: false,
        })))
    }

    /// A panic elsewhere leaves nothing half done, so a poisoned lock is as good as any.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.since = Instant::now();
    }

    /// Bytes came from the caller.
    pub(super) fn heard(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            self.silent = true;
        }
        if matches!(self.phase, Phase::Idle | Phase::Head) {
            self.opening.push(bytes);
            if self.phase == Phase::Idle && !self.opening.is_empty() {
                self.enter(Phase::Head);
            }
        }
    }

    /// The service has a request.
    pub(super) fn ask(&mut self, asked: Asked, has_body: bool) {
        self.asked = Some(asked);
        self.receiving = has_body;
        self.enter(Phase::Asked);
    }

    /// The body of the answer is over, or was given up.
    pub(super) fn end_answer(&mut self) {
        if self.phase == Phase::Answering {
            self.enter(Phase::Answered);
        }
    }

    /// All that was written is sent.
    pub(super) fn flushed(&mut self) {
        self.stalled = None;
        if self.phase == Phase::Answered {
            self.over = self.last;
            self.opening = Opening::default();
            self.enter(if self.receiving {
                Phase::Draining
            } else {
                Phase::Idle
            });
        }
    }

    /// The body of the request is over, or was given up.
    pub(super) fn end_request(&mut self) {
        self.receiving = false;
        if self.phase == Phase::Draining {
            self.enter(Phase::Idle);
        }
    }

    /// Whether whoever writes now is the HTTP library, and not the service.
    pub(super) fn is_between_answers(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Head | Phase::Draining)
    }

    /// Whether a request that was begun, if any, has got no byte of an answer.
    pub(super) fn is_unanswered(&self) -> bool {
        self.phase == Phase::Asked || self.is_between_answers()
    }
}
