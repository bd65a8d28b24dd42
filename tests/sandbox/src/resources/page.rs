//! Which part of a list a request asks for.

/// How many entries of which list, as `LIMIT` and `OFFSET` of SQL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// The most entries.
    pub(crate) count: i64,
    /// How many entries come before.
    pub(crate) skip: i64,
}

impl Page {
    /// The page of these two parameters, where `default` is how many entries there are if the first is left out.
    pub(crate) fn new(results_count: Option<i64>, default: i64, results_skip: Option<i64>) -> Self {
        Self {
            count: results_count.unwrap_or(default),
            skip: results_skip.unwrap_or_default(),
        }
    }

    /// What stands for the next page of a list of so many entries, if more of them follow. No operation takes it back.
    pub(crate) fn next(self, total: i64) -> Option<String> {
        let next = self.skip.saturating_add(self.count);
        (next < total).then(|| format!("{next:016X}"))
    }
}
