//! Fills a new state.

use rusqlite::Transaction;

/// Fills the tables, as of now.
pub(super) fn seed(state: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    super::time_zones::seed(state)?;
    state.execute_batch(&include_str!("seed.sql").replace(":now", &now.to_string()))
}
