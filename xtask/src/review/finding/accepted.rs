//! The findings that a person has accepted, as `accepted.yaml` beside the document lists them.

use serde::Deserialize;

use crate::review::finding::{Finding, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::version::parts;

/// A finding that a person has accepted.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Acceptance {
    /// What the finding is recognized by.
    fingerprint: String,
    /// Why it is right.
    reason: String,
    /// Who says so.
    by: String,
    /// The last version of the document for which it holds.
    until: String,
}

/// Marks what the text of `accepted.yaml` accepts, and gives a finding for each acceptance that accepts nothing.
pub(in crate::review) fn apply(text: &str, version: &str, findings: &mut [Finding]) -> Vec<Finding> {
    let accepted: Vec<Acceptance> = match serde_yaml::from_str::<Option<Vec<Acceptance>>>(text) {
        Ok(accepted) => accepted.unwrap_or_default(),
        Err(error) => {
            let sentence = format!("`accepted.yaml` cannot be read: {error}");
            return vec![Finding::new(
                ReviewRule::AcceptanceUnreadable,
                Verdicts::default(),
                sentence,
            )];
        }
    };
    let mut stale = Vec::new();
    for acceptance in accepted {
        let Acceptance {
            fingerprint,
            reason,
            by,
            until,
        } = acceptance;
        let of = format!("the acceptance {fingerprint} of {by} ({reason})");
        let mut matching = findings.iter_mut();
        let matching = matching.find(|finding| finding.fingerprint == fingerprint);
        let is_over = match (parts(version), parts(&until)) {
            (Some(version), Some(until)) => version > until,
            _ => version != until,
        };
        let (rule, sentence) = match matching {
            Some(finding) if !is_over => {
                finding.accepted = Some(format!("{reason} ({by}, until {until})"));
                continue;
            }
            Some(_) => (
                ReviewRule::AcceptanceExpired,
                format!("{of} was for documents up to {until}"),
            ),
            None => (
                ReviewRule::AcceptanceUnmatched,
                format!("{of} matches no finding"),
            ),
        };
        let finding = Finding::new(rule, Verdicts::default(), sentence);
        stale.push(finding.about(fingerprint));
    }
    stale
}
