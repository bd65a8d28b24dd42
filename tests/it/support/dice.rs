//! Numbers that look drawn and are the same everywhere, so that a failure can be seen again. Knows nothing of
//! what is made of them.

/// A small generator of numbers (xorshift).
#[derive(Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self::in_state(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The numbers after a state. All numbers after 0 are 0.
    pub(crate) fn in_state(state: u64) -> Self {
        Self(state)
    }

    /// Any number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn numbers_of_a_seed_stay_what_they_are() {
        let mut dice = Dice::new(7);
        assert_eq!(
            [dice.below(1000), dice.below(1000), dice.below(1000)],
            [442, 607, 567]
        );
    }
}
