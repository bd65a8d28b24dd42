//! What the calls of a client may spend on retries together. Knows no request.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// How many retries all calls of a client and its clones have together.
///
/// It keeps clients from multiplying the load on a server in trouble: each retry is taken from it, and only
/// calls that succeed put something back. By default there are ten retries at first and at most, and five
/// successes earn one.
///
/// Clones are one budget. Clients that call the same server can share it:
/// [`Options::retry_budget`](crate::Options::retry_budget).
#[derive(Clone, Debug)]
pub struct RetryBudget {
    /// What is left, in parts of a retry: as many as successes earn one.
    tokens: Arc<AtomicU32>,
    full: u32,
    price: u32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(10, 5)
    }
}

impl RetryBudget {
    /// A budget of so many retries, at first and at most, of which one is earned by each
    /// `successes_per_retry` calls that succeed. With 0 of these, retries cost nothing.
    #[must_use]
    pub fn new(retries: u32, successes_per_retry: u32) -> Self {
        let full = retries.saturating_mul(successes_per_retry);
        Self {
            tokens: Arc::new(AtomicU32::new(full)),
            full,
            price: successes_per_retry,
        }
    }

    /// Takes the tokens of one retry, and says whether there were enough.
    pub(crate) fn take(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(self.price);
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// Puts a token back, for a call that succeeded.
    pub(crate) fn earn(&self) {
        let earn = |tokens: u32| (tokens < self.full).then(|| tokens.saturating_add(1));
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, earn);
    }
}

#[cfg(test)]
mod tests {
    use super::RetryBudget;

    fn retries(budget: &RetryBudget) -> usize {
        (0..100).filter(|_| budget.take()).count()
    }

    #[test]
    fn budget_is_spent_after_ten_retries_and_filled_slowly() {
        let budget = RetryBudget::default();
        assert_eq!(retries(&budget), 10);
        (0..9).for_each(|_| budget.earn());
        assert_eq!(retries(&budget), 1);
        (0..1000).for_each(|_| budget.earn());
        assert_eq!(retries(&budget.clone()), 10);
        assert_eq!(retries(&budget), 0);
    }

    #[test]
    fn budget_can_be_empty_or_without_limit() {
        assert_eq!(retries(&RetryBudget::new(0, 1)), 0);
        assert_eq!(retries(&RetryBudget::new(3, 1)), 3);
        assert_eq!(retries(&RetryBudget::new(0, 0)), 100);
    }
}
