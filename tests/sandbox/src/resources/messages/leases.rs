//! Numbers that the provider lends to a project as the sender of its messages to one recipient, so that a reply leads
//! back to that project.

use rusqlite::{OptionalExtension as _, Transaction, named_params};

/// The numbers that are lent, as a JSON array; all of a range that is set aside for drama. One recipient can have as many
/// at once.
const NUMBERS: &str = r#"["+61491576398", "+61491576801", "+61491577426", "+61491577644", "+61491578148"]"#;

/// How long, in seconds.
const DURATION: i64 = 30 * 24 * 60 * 60;

/// The number with which a project writes to a recipient. It stays the same until its lease ends, and is that of no other
/// project then. Once all numbers are lent, the lease that ends first gives way.
pub(super) fn lease(
    state: &Transaction<'_>,
    property_sid: &str,
    recipient: &str,
    now: i64,
) -> rusqlite::Result<String> {
    let present = state.query_row(
        "SELECT number FROM leases
         WHERE recipient = :recipient AND property_sid = :property AND ends > :now",
        named_params! {":recipient": recipient, ":property": property_sid, ":now": now},
        |row| row.get(0),
    );
    if let Some(number) = present.optional()? {
        return Ok(number);
    }
    // Of leases that end in the same second, the one that is longer in the table gives way.
    state.query_row(
        "INSERT OR REPLACE INTO leases (recipient, number, property_sid, ends)
         SELECT :recipient, value, :property, :now + :duration
         FROM json_each(:numbers) LEFT JOIN leases ON number = value AND recipient = :recipient AND ends > :now
         ORDER BY ends, leases.rowid, key LIMIT 1
         RETURNING number",
        named_params! {
            ":recipient": recipient,
            ":property": property_sid,
            ":now": now,
            ":duration": DURATION,
            ":numbers": NUMBERS,
        },
        |row| row.get(0),
    )
}
