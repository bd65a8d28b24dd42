//! What came of one request, or why it was not sent. Plain data.

use super::call::Request;
use super::document::Failure;
use super::envelope::Envelope;
use super::verdict::Verdict;

/// A request and what came of it.
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

/// The reasons for which a request is not sent.
pub(super) const OUT_OF_TIME: &str = "out of time";
pub(super) const NEEDS_WRITE: &str = "needs --write";
pub(super) const ONLY_FROM_WITHIN: &str = "only from within";

/// How many rows have a verdict.
pub(super) fn count(rows: &[Row], verdict: Verdict) -> usize {
    rows.iter().filter(|row| row.verdict == verdict).count()
}
