//! Fills a new state.

use rusqlite::Transaction;

/// Fills the tables, as of now.
pub(super) fn seed(state: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    super::time_zones::seed(state)?;
    // Countries first: other tables refer to them.
    state.execute_batch(
        "INSERT INTO countries (code, served) VALUES ('AU', 1), ('US', 1), ('GB', 1), ('AQ', 0)",
    )?;
    state.execute_batch(&include_str!("seed.sql").replace(":now", &now.to_string()))
}
