//! The report of what came of each request: as a table of 80 columns, or as JSON. Sends nothing and judges nothing.

mod json;
mod table;

use std::fmt;

use super::row::{OUT_OF_TIME, Row, count};
use super::verdict::Verdict;

/// What came of probing a server. Its `Display` is the table.
#[derive(Debug)]
pub struct Report {
    pub(super) url: String,
    pub(super) rows: Vec<Row>,
}

impl Report {
    /// Whether a response left the contract.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        self.rows.iter().any(|row| row.verdict.is_finding())
    }

    /// Whether time ran out before everything was sent.
    #[must_use]
    pub fn is_out_of_time(&self) -> bool {
        self.rows
            .iter()
            .any(|row| row.reason.as_deref() == Some(OUT_OF_TIME))
    }

    /// How many requests got a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        count(&self.rows, verdict)
    }

    /// The exit code: 0 if nothing left the contract, 3 if something did or not everything could be sent in time.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if self.has_findings() || self.is_out_of_time() {
            3
        } else {
            0
        }
    }

    /// Everything: each request, what was expected and what came. Without credentials.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        json::report(&self.url, &self.rows)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&table::report(&self.url, &self.rows))
    }
}
