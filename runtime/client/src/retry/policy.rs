//! How often a request is sent, and how long to wait in between. Sends nothing and reads no clock.

use std::time::Duration;

/// How often, how soon and for how long requests are retried.
///
/// Requests with an idempotent method (GET, HEAD, PUT, DELETE, OPTIONS) are retried where there was no response or
/// a successful one ended early, and at the statuses 408, 425, 429, 500, 502, 503 and 504.
///
/// POST and PATCH are retried only where the request certainly was not processed: where no connection could be
/// made, and at 429 and 503 with a `Retry-After` that can be read. An
/// [HTTP client of your own](crate::Options::http_client) may fail to connect to the target of a redirect, so with
/// one only the latter holds.
///
/// Nothing else is retried, whatever its headers: no other status, no redirect, and no certificate that TLS
/// refuses. The result of the last attempt is the result of the call, and
/// [`Error::is_retryable`](crate::Error::is_retryable) follows the same rules.
///
/// The backoff before a retry is random, between zero and a bound that doubles each time. A `Retry-After` is
/// waited for in full; where that would exceed [`max_total_time`](Self::max_total_time), there is no retry. All
/// calls of a client and its clones share a [`RetryBudget`](crate::RetryBudget).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_total_time: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, a backoff of at most 0.2 and 0.4 seconds between them, and no attempt that would begin
    /// more than 90 seconds after the first: enough for three attempts at a server that never responds, each with
    /// the default [`Options::timeout`](crate::Options::timeout).
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            max_total_time: Duration::from_secs(90),
        }
    }
}

impl RetryPolicy {
    /// Every request is sent exactly once.
    #[must_use]
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// How many attempts there are at most, the first included. 3 by default; 0 counts as 1.
    #[must_use]
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// The longest backoff before the second attempt, unless the server asks for more. It doubles with each
    /// attempt. 0.2 seconds by default.
    #[must_use]
    pub fn base_delay(mut self, base_delay: Duration) -> Self {
        self.base_delay = base_delay;
        self
    }

    /// The longest backoff before any attempt, unless the server asks for more. 5 seconds by default.
    #[must_use]
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.max_delay = max_delay;
        self
    }

    /// How long after the first attempt another one may begin. 90 seconds by default.
    ///
    /// It never ends an attempt; [`Options::timeout`](crate::Options::timeout) does.
    #[must_use]
    pub fn max_total_time(mut self, max_total_time: Duration) -> Self {
        self.max_total_time = max_total_time;
        self
    }

    /// Whether there may be another attempt after so many.
    pub(crate) fn permit_after(&self, attempts: u32) -> bool {
        attempts < self.max_attempts
    }

    /// The wait before the next attempt, or `None` if it would end too late.
    pub(crate) fn delay(
        &self,
        attempts: u32,
        retry_after: Option<Duration>,
        elapsed: Duration,
    ) -> Option<Duration> {
        let bound = self.bound(attempts);
        let delay = bound
            .mul_f64(fastrand::f64())
            .max(retry_after.unwrap_or_default());
        let ends = elapsed.checked_add(delay)?;
        (ends <= self.max_total_time).then_some(delay)
    }

    /// The longest backoff after so many attempts.
    fn bound(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.checked_pow(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base_delay.saturating_mul(doubled).min(self.max_delay)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::RetryPolicy;

    #[test]
    fn bound_of_the_backoff_doubles_up_to_the_longest() {
        let policy = RetryPolicy::default().max_delay(Duration::from_secs(1));
        let bounds: Vec<_> = (1..=5)
            .map(|attempts| policy.bound(attempts).as_millis())
            .collect();
        assert_eq!(bounds, [200, 400, 800, 1000, 1000]);
        assert_eq!(policy.bound(u32::MAX), Duration::from_secs(1));
    }

    #[test]
    fn backoff_is_random_and_below_its_bound() {
        let policy = RetryPolicy::default();
        let waits: Vec<_> = (0..100)
            .filter_map(|_| policy.delay(2, None, Duration::ZERO))
            .collect();
        assert_eq!(waits.len(), 100);
        assert!(waits.iter().all(|wait| *wait <= Duration::from_millis(400)));
        let short = waits.iter().filter(|wait| **wait < Duration::from_millis(200));
        assert!((20..=80).contains(&short.count()), "{waits:?}");
    }

    #[test]
    fn retry_after_is_waited_for_in_full_or_not_at_all() {
        let policy = RetryPolicy::default();
        let asked = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(policy.delay(1, asked(7), Duration::ZERO), asked(7));
        assert_eq!(policy.delay(1, asked(90), Duration::ZERO), asked(90));
        assert_eq!(policy.delay(1, asked(90), Duration::from_millis(1)), None);
        assert_eq!(policy.delay(1, asked(u64::MAX), Duration::from_secs(1)), None);
    }

    #[test]
    fn attempts_are_counted_with_the_first() {
        assert!(!RetryPolicy::off().permit_after(1));
        assert!(RetryPolicy::default().permit_after(2));
        assert!(!RetryPolicy::default().permit_after(3));
    }
}
