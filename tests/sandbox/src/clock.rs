//! The time by which the sandbox lives: that of the system, plus what tests have moved it by. Never goes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that can be moved ahead. Clones are one clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<AtomicU64>);

impl Clock {
    /// Now, in Unix seconds.
    #[expect(clippy::disallowed_methods, reason = "messages change as time goes")]
    pub(crate) fn now(&self) -> i64 {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let time = time + Duration::from_secs(self.0.load(Ordering::Relaxed));
        i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
    }

    /// Moves the clock ahead, by whole seconds.
    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_secs(), Ordering::Relaxed);
    }
}
