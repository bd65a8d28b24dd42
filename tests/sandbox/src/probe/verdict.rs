//! Whether a response is the one that the document demands, and if not, in which way. Sends nothing.

use std::fmt;

use super::document::{Document, Failure};
use super::envelope::{self, Envelope};
use super::response::Response;

/// What is said of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Status, media type, code, names of parameters and headers are those of the document.
    AsDocumented,
    /// Nothing was sent.
    NotSent,
    /// An envelope with the right code that names other parameters, or lacks a header that belongs to it.
    Incomplete,
    /// An envelope with another status or code.
    OtherError,
    /// A status that the document lists, and another body.
    NoEnvelope,
    /// A status that the document does not list.
    UndocumentedStatus,
    /// The request was accepted.
    Accepted,
    /// The connection was closed, the response was endless or did not come in time, or it was no HTTP.
    NoResponse,
}

impl Verdict {
    /// Whether the response leaves the contract.
    #[must_use]
    pub fn is_finding(self) -> bool {
        !matches!(self, Self::AsDocumented | Self::NotSent)
    }

    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsDocumented => "as documented",
            Self::NotSent => "not sent",
            Self::Incomplete => "incomplete",
            Self::OtherError => "other error",
            Self::NoEnvelope => "no envelope",
            Self::UndocumentedStatus => "undocumented",
            Self::Accepted => "accepted",
            Self::NoResponse => "no response",
        }
    }
}

/// A verdict, and what a reader needs to understand it.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) envelope: Option<Envelope>,
    /// What is wrong.
    pub(super) reason: Option<String>,
}

/// Compares a response with what the document demands.
pub(super) fn judge(document: &Document, expected: &Failure, response: &Response) -> Judgement {
    let finding = |verdict, reason: &str| Judgement {
        verdict,
        envelope: None,
        reason: Some(reason.to_owned()),
    };
    if response.status < 300 {
        return finding(Verdict::Accepted, "");
    }
    if !document.statuses().contains(&response.status) {
        return finding(Verdict::UndocumentedStatus, "");
    }
    if let Some(cut) = response.cut {
        return finding(Verdict::NoEnvelope, cut);
    }
    if media_type(response) != Some("application/json") {
        return finding(Verdict::NoEnvelope, "");
    }
    let envelope = match envelope::read(&response.body) {
        Ok(envelope) => envelope,
        Err(reason) => return finding(Verdict::NoEnvelope, reason),
    };
    let lacking = expected.header.filter(|name| response.header(name).is_none());
    let (verdict, reason) = if document.status_of(&envelope.code).is_none() {
        (
            Verdict::OtherError,
            Some("a code that is not in the document".to_owned()),
        )
    } else if (response.status, &envelope.code) != (expected.status, &expected.code) {
        (Verdict::OtherError, None)
    } else if sorted(&envelope.fields) != sorted(&expected.fields) {
        (Verdict::Incomplete, None)
    } else if let Some(name) = lacking {
        (Verdict::Incomplete, Some(format!("without the header {name}")))
    } else {
        (Verdict::AsDocumented, None)
    };
    Judgement {
        verdict,
        envelope: Some(envelope),
        reason,
    }
}

/// The media type of a response, without its parameters.
pub(super) fn media_type(response: &Response) -> Option<&str> {
    response
        .header("content-type")?
        .split(';')
        .next()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn sorted(names: &[String]) -> Vec<&String> {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    names
}

impl fmt::Display for Failure {
    /// `400 PARAMETER_REQUIRED (To, Text)`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.status, self.code)?;
        names(&self.fields, formatter)
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.code)?;
        names(&self.fields, formatter)
    }
}

fn names(fields: &[String], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match fields {
        [] => Ok(()),
        fields => write!(formatter, " ({})", fields.join(", ")),
    }
}
