//! The time zones of a new state: the ids that Windows has, from west to east.

use rusqlite::{Transaction, named_params};

/// Fills the table of time zones.
pub(super) fn seed(state: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut statement = state.prepare("INSERT INTO time_zones (name) VALUES (:name)")?;
    for name in include_str!("time_zones.txt").lines() {
        statement.execute(named_params! {":name": name})?;
    }
    Ok(())
}
