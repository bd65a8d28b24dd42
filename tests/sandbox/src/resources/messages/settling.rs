//! What becomes of messages as time goes. Nothing runs in the background: each transaction that reads messages, stores
//! them, or changes a project catches up first. So the outcome does not depend on when somebody looks.

use rusqlite::{Transaction, named_params};

/// Lets the time up to now take effect. A message is due when it was created, or at the time for which it is scheduled
/// if that is later. If its project can send messages then, it is submitted two seconds later, and delivered another
/// three later where a receipt was asked for. Otherwise it fails, with the delivery error code `UNDELIVERABLE`.
pub(crate) fn settle(state: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    let now = named_params! {":now": now};
    state.execute(
        "UPDATE messages SET status = 'Failed', error_code = 'UNDELIVERABLE'
         WHERE status = 'Processing' AND submitted IS NULL AND due <= :now
           AND property_sid IN (SELECT sid FROM projects WHERE NOT sends_messages)",
        now,
    )?;
    state.execute(
        "UPDATE messages SET submitted = due + 2
         WHERE status = 'Processing' AND submitted IS NULL AND due <= :now",
        now,
    )?;
    state.execute(
        "UPDATE messages SET status = 'Submitted' WHERE status = 'Processing' AND submitted <= :now",
        now,
    )?;
    state.execute(
        "UPDATE messages SET status = 'Delivered', delivered = submitted + 3
         WHERE status = 'Submitted' AND delivery_receipt = 1 AND submitted <= :now - 3",
        now,
    )?;
    Ok(())
}
