//! What came of each request, and the report of it: as a table of 80 columns, or as JSON. Sends nothing and judges
//! nothing.

mod json;
mod table;

use std::fmt;

use super::call::Request;
use super::document::Failure;
use super::envelope::Envelope;
use super::verdict::Verdict;

/// What came of probing a server. Its `Display` is the table.
#[derive(Debug)]
pub struct Report {
    pub(super) url: String,
    pub(super) rows: Vec<Row>,
}

/// One line of the report.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) part: Part,
    pub(super) name: String,
    /// The operation; empty where none is meant.
    pub(super) operation: String,
    /// What was sent or would have been, and what had to come; nothing for what no request brings about.
    pub(super) asked: Option<(Request, Failure)>,
    pub(super) got: Got,
    pub(super) verdict: Verdict,
    /// What is wrong, or why nothing was sent.
    pub(super) reason: Option<String>,
}

/// Which part of the report a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Situations,
    Constraints,
}

/// The response, as far as the report shows it.
#[derive(Debug, Default)]
pub(super) struct Got {
    pub(super) status: Option<u16>,
    pub(super) media_type: Option<String>,
    pub(super) envelope: Option<Envelope>,
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
        self.rows.iter().filter(|row| row.verdict == verdict).count()
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
        json::report(self)
    }
}

/// Why a row was not sent.
pub(super) const OUT_OF_TIME: &str = "out of time";
pub(super) const NEEDS_WRITE: &str = "needs --write";
pub(super) const ONLY_FROM_WITHIN: &str = "only from within";

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&table::report(self))
    }
}
