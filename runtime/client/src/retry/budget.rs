//! What the calls of a client may spend on retries together. Knows no request.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens that retries take and that calls without a retry put back.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
}

impl RetryBudget {
    const FULL: u32 = 50;
    const PRICE: u32 = 5;

    pub(crate) fn full() -> Self {
        Self {
            tokens: AtomicU32::new(Self::FULL),
        }
    }

    /// Takes the tokens of one retry, and says whether there were enough.
    pub(crate) fn take(&self) -> bool {
        let take = |tokens: u32| tokens.checked_sub(Self::PRICE);
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// Puts a token back, for a call that needed no retry.
    pub(crate) fn put_back(&self) {
        let put = |tokens: u32| (tokens < Self::FULL).then(|| tokens.saturating_add(1));
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
    }
}

#[cfg(test)]
mod tests {
    use super::RetryBudget;

    #[test]
    fn budget_is_spent_after_ten_retries_and_filled_slowly() {
        let budget = RetryBudget::full();
        assert_eq!((0..100).filter(|_| budget.take()).count(), 10);
        (0..9).for_each(|_| budget.put_back());
        assert_eq!((0..100).filter(|_| budget.take()).count(), 1);
        (0..1000).for_each(|_| budget.put_back());
        assert_eq!((0..100).filter(|_| budget.take()).count(), 10);
    }
}
