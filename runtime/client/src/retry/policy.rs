//! When a request is sent once more, and how long to wait before that. Sends nothing and reads no clock.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// How often and how patiently requests are sent again.
///
/// Sent again are, without being asked: requests that no answer came to and answers of 500, 502, 503 and
/// 504, both only where the method has the same effect however often it arrives (GET, HEAD, PUT, DELETE,
/// OPTIONS); and, whatever the method, failing answers with a `Retry-After`. Never sent again are answers of
/// 400, 401 and 403, and requests whose body is a stream. A body that breaks off after its head arrived is
/// not asked for again either; [`Error::is_retryable`](crate::Error::is_retryable) says so. What comes back
/// in the end is what came of the last attempt.
///
/// The wait before each repetition is random, between nothing and a bound that doubles each time; a
/// `Retry-After` is waited for in full. If that would take longer than is left of
/// [`max_total_time`](Self::max_total_time), the answer is given back at once. All calls of a client and its
/// clones share an allowance, so that a server in trouble is not asked many times as often as usual: ten
/// repetitions at first, and one more for every five calls that need none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_total_time: Duration,
}

impl Default for Retries {
    /// Three attempts, waits of at most 0.2 and 0.4 seconds between them, and no attempt that would begin
    /// more than 30 seconds after the first.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            max_total_time: Duration::from_secs(30),
        }
    }
}

impl Retries {
    /// Every request is sent exactly once.
    #[must_use]
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// How often a request is sent at most, the first time included. 3 by default; 0 counts as 1.
    #[must_use]
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// The longest wait before the second attempt, unless the server asks for more. It doubles with each
    /// attempt. 0.2 seconds by default.
    #[must_use]
    pub fn base_delay(mut self, base_delay: Duration) -> Self {
        self.base_delay = base_delay;
        self
    }

    /// What the longest wait never exceeds, however many attempts there were. 5 seconds by default.
    #[must_use]
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.max_delay = max_delay;
        self
    }

    /// How long after the first attempt another one may begin. 30 seconds by default.
    #[must_use]
    pub fn max_total_time(mut self, max_total_time: Duration) -> Self {
        self.max_total_time = max_total_time;
        self
    }

    /// Whether a request that was sent so many times may be sent again at all.
    pub(crate) fn permit_after(&self, attempts: u32) -> bool {
        attempts < self.max_attempts
    }

    /// The wait before the next attempt, or `None` if it would end too late.
    pub(crate) fn delay(
        &self,
        attempts: u32,
        asked: Option<Duration>,
        elapsed: Duration,
    ) -> Option<Duration> {
        let bound = self.bound(attempts);
        let delay = bound.mul_f64(fastrand::f64()).max(asked.unwrap_or_default());
        let ends = elapsed.checked_add(delay)?;
        (ends <= self.max_total_time).then_some(delay)
    }

    /// The longest wait after so many attempts.
    fn bound(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.checked_pow(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base_delay.saturating_mul(doubled).min(self.max_delay)
    }
}

/// What the calls of a client may spend on repetitions together.
#[derive(Debug)]
pub(crate) struct Allowance {
    left: AtomicU32,
}

impl Allowance {
    const FULL: u32 = 50;
    const PRICE: u32 = 5;

    pub(crate) fn full() -> Self {
        Self {
            left: AtomicU32::new(Self::FULL),
        }
    }

    /// Pays for a repetition, if there is enough left.
    pub(crate) fn take(&self) -> bool {
        let pay = |left: u32| left.checked_sub(Self::PRICE);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// Earns a little by a call that needed no repetition.
    pub(crate) fn earn(&self) {
        let earn = |left: u32| (left < Self::FULL).then(|| left.saturating_add(1));
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, earn);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Allowance, Retries};

    #[test]
    fn bound_of_the_wait_doubles_up_to_the_longest() {
        let retries = Retries::default().max_delay(Duration::from_secs(1));
        let bounds: Vec<_> = (1..=5)
            .map(|attempts| retries.bound(attempts).as_millis())
            .collect();
        assert_eq!(bounds, [200, 400, 800, 1000, 1000]);
        assert_eq!(retries.bound(u32::MAX), Duration::from_secs(1));
    }

    #[test]
    fn wait_is_random_and_below_its_bound() {
        let retries = Retries::default();
        let waits: Vec<_> = (0..100)
            .filter_map(|_| retries.delay(2, None, Duration::ZERO))
            .collect();
        assert_eq!(waits.len(), 100);
        assert!(waits.iter().all(|wait| *wait <= Duration::from_millis(400)));
        let short = waits.iter().filter(|wait| **wait < Duration::from_millis(200));
        assert!((20..=80).contains(&short.count()), "{waits:?}");
    }

    #[test]
    fn what_the_server_asks_for_is_waited_for_in_full_or_not_at_all() {
        let retries = Retries::default();
        let asked = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(retries.delay(1, asked(7), Duration::ZERO), asked(7));
        assert_eq!(retries.delay(1, asked(30), Duration::ZERO), asked(30));
        assert_eq!(retries.delay(1, asked(30), Duration::from_millis(1)), None);
        assert_eq!(retries.delay(1, asked(u64::MAX), Duration::from_secs(1)), None);
    }

    #[test]
    fn allowance_is_spent_after_ten_repetitions_and_earned_back_slowly() {
        let allowance = Allowance::full();
        assert_eq!((0..100).filter(|_| allowance.take()).count(), 10);
        (0..9).for_each(|_| allowance.earn());
        assert_eq!((0..100).filter(|_| allowance.take()).count(), 1);
        (0..1000).for_each(|_| allowance.earn());
        assert_eq!((0..100).filter(|_| allowance.take()).count(), 10);
    }

    #[test]
    fn attempts_are_counted_with_the_first() {
        assert!(!Retries::off().permit_after(1));
        assert!(Retries::default().permit_after(2));
        assert!(!Retries::default().permit_after(3));
    }
}
