//! The places for connections: at most so many at once. At the limit, idle connections are closed to make room.
//! Never ends a connection on which something was begun.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use super::connection_state::{ConnectionState, Phase};

/// How long a connection must have been idle before it is closed for another: a caller may be about to send.
const SETTLED: Duration = Duration::from_millis(500);

/// How long to wait before looking for an idle connection again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Reaching a limit again within this time belongs to the same spell, and is not logged again.
const SPELL: Duration = Duration::from_secs(10);

pub(super) struct Places {
    most: usize,
    taken: Mutex<Vec<ConnectionState>>,
    freed: Notify,
    /// Whether a newcomer waits, so that every response is the last of its connection.
    awaited: AtomicBool,
}

/// The place of one connection, until it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    connection: ConnectionState,
}

impl Places {
    /// At most so many places, at least one.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            most: most.max(1),
            taken: Mutex::new(Vec::new()),
            freed: Notify::new(),
            awaited: AtomicBool::new(false),
        })
    }

    /// Waits for a place, and makes room as long as there is none.
    pub(super) async fn take(self: &Arc<Self>, connection: &ConnectionState, full: &mut Spell) -> Place {
        while !self.try_take(connection) {
            if full.is_new() {
                let connections = self.most;
                tracing::warn!(connections, "the limit of connections is reached");
            }
            self.awaited.store(true, Ordering::Relaxed);
            self.make_room(LOOK_AGAIN).await;
        }
        self.awaited.store(false, Ordering::Relaxed);
        Place {
            places: Arc::clone(self),
            connection: connection.clone(),
        }
    }

    /// Whether a newcomer waits for a place.
    pub(super) fn are_awaited(&self) -> bool {
        self.awaited.load(Ordering::Relaxed)
    }

    fn try_take(&self, connection: &ConnectionState) -> bool {
        let mut taken = self.lock();
        let is_free = taken.len() < self.most;
        if is_free {
            // It has been waiting, not idle.
            connection.lock().enter(Phase::Idle);
            taken.push(connection.clone());
        }
        is_free
    }

    /// Closes the connection that can best be spared, if any, and waits until a place is free, for at most `longest`.
    pub(super) async fn make_room(&self, longest: Duration) {
        if let Some(connection) = self.most_dispensable() {
            connection.close();
        }
        let _ = timeout(longest, self.freed.notified()).await;
    }

    /// Of the connections with which the least is lost, the one that has been idle for longest.
    fn most_dispensable(&self) -> Option<ConnectionState> {
        let taken = self.lock();
        let settled = taken.iter().filter_map(|connection| {
            let (idle, since) = connection.lock().idle()?;
            (since.elapsed() >= SETTLED).then_some((idle, since, connection))
        });
        let (.., connection) = settled.min_by_key(|(idle, since, _)| (*idle, *since))?;
        Some(connection.clone())
    }

    /// A panic elsewhere leaves nothing half done, so a poisoned lock is as good as any.
    fn lock(&self) -> MutexGuard<'_, Vec<ConnectionState>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(at) = taken.iter().position(|other| other.is(&self.connection)) {
            taken.swap_remove(at);
        }
        self.places.freed.notify_one();
    }
}

/// A time in which a limit is reached again and again, which is logged once.
#[derive(Default)]
pub(super) struct Spell(Option<Instant>);

impl Spell {
    /// Whether the limit that is reached now was not reached just before.
    pub(super) fn is_new(&mut self) -> bool {
        let last = self.0.replace(Instant::now());
        last.is_none_or(|last| last.elapsed() > SPELL)
    }
}
