//! The time by which the sandbox lives: that of the system, plus what tests have moved it by.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The furthest that a clock is ahead of the system's, in seconds: a thousand years, more than any date needs.
const FURTHEST: u64 = 1000 * 366 * 24 * 60 * 60;

/// A clock that can be moved ahead. Clones are one clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<AtomicU64>);

impl Clock {
    /// Now, in Unix seconds.
    #[expect(clippy::disallowed_methods, reason = "messages change as time goes")]
    pub(crate) fn now(&self) -> i64 {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = time.as_secs().saturating_add(self.0.load(Ordering::Relaxed));
        i64::try_from(seconds).unwrap_or(i64::MAX)
    }

    /// Moves the clock ahead, by whole seconds.
    pub(crate) fn advance(&self, by: Duration) {
        let further = |ahead: u64| Some(ahead.saturating_add(by.as_secs()).min(FURTHEST));
        // Never refused.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, further);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Clock, FURTHEST};

    #[test]
    fn clock_moves_ahead_and_no_further_than_a_date_can_say() {
        let clock = Clock::default();
        let now = clock.now();
        clock.advance(Duration::from_secs(60));
        assert!((now + 60..now + 70).contains(&clock.now()));
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert!(clock.now() - now >= FURTHEST as i64);
    }
}
