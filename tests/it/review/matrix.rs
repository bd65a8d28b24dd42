//! Edits of documents, each with the rules that claim it and the verdict for each audience.

use std::collections::BTreeSet;

use serde_json::Value;
use xtask::document::Source;
use xtask::review::{Review, ReviewRule, Revision, compare};

use super::edits::{Edit, all, document};

/// A document that can be compared.
pub(super) fn revision(name: &str, document: &Value) -> Revision {
    let source = Source::new(name, format!("{document:#}").into_bytes())
        .ok()
        .unwrap();
    Revision::read(source)
        .ok()
        .unwrap_or_else(|| panic!("{name} cannot be read"))
}

/// The rules and the verdicts of a review as the edits write them.
fn said(review: &Review) -> (Vec<String>, String) {
    let rules = review.findings.iter().map(|finding| finding.rule.id().to_owned());
    let verdicts = review.verdicts;
    let verdicts = [verdicts.wire, verdicts.client, verdicts.server].map(|verdict| verdict.name());
    (rules.collect(), verdicts.join(" "))
}

/// Holds the reviews of all edits of a file against what is expected, and gives their rules.
#[track_caller]
fn holds(files: &[&str], path: &str) -> Vec<String> {
    let original = document(path);
    let base = revision("base.json", &original);
    let mut wrong = Vec::new();
    let mut fired = Vec::new();
    for edit in files.iter().flat_map(|file| all(file)) {
        let head = revision("head.json", &edit.apply(&original));
        let review = compare(&base, &head, head.problems().to_vec());
        let (mut rules, verdicts) = said(&review);
        let Edit {
            title,
            rules: expected,
            verdicts: wanted,
            ..
        } = edit;
        fired.extend(rules.iter().cloned());
        let mut expected = expected;
        rules.sort();
        expected.sort();
        if (&rules, &verdicts) != (&expected, &wanted) {
            let sentences = review.findings.iter().map(|finding| {
                let problems: Vec<_> = finding
                    .problems
                    .iter()
                    .map(|problem| problem.sentence.as_str())
                    .collect();
                format!("    {}: {} {problems:?}", finding.rule.id(), finding.sentence)
            });
            let sentences: Vec<_> = sentences.collect();
            wrong.push(format!(
                "{title}\n  is  > {} | {verdicts}\n  not > {} | {wanted}\n{}",
                rules.join(", "),
                expected.join(", "),
                sentences.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    fired
}

#[test]
fn every_edit_of_the_error_contract_has_its_rule_and_its_verdicts() {
    let fired = holds(&["contract.edits"], "openapi/fonedynamics.yaml");
    let net = ReviewRule::ChangeNotUnderstood.id();
    assert!(
        fired.iter().all(|rule| rule != net),
        "the net has claimed an edit that has a rule"
    );
}

const FILES: [&str; 4] = ["codes.edits", "envelope.edits", "requests.edits", "schemas.edits"];
const ARCHIVE: &str = "tests/fixtures/good/archive.yaml";

#[test]
fn every_rule_has_edits_that_it_claims_and_edits_that_it_does_not() {
    holds(&FILES, ARCHIVE);
}

/// Rules, and those that claim what is claimed by them once it is taken back.
const TAKEN_BACK: [(&str, &str); 21] = [
    ("code-added", "code-removed"),
    ("code-removed", "code-added"),
    ("code-retired", "retired-code-reused"),
    ("code-renamed", "code-renamed"),
    ("code-reserved", "tombstone-removed"),
    ("code-set-opened", "code-set-closed"),
    ("operation-codes-widened", "operation-codes-narrowed"),
    ("operation-removed", "operation-added"),
    ("operation-added", "operation-removed"),
    ("parameter-added", "parameter-removed"),
    ("parameter-required", "parameter-optional"),
    ("body-added", "body-removed"),
    ("body-required", "body-optional"),
    ("member-added", "member-removed"),
    ("member-renamed", "member-renamed"),
    ("member-required", "member-optional"),
    ("null-allowed", "null-refused"),
    ("constraint-tightened", "constraint-loosened"),
    ("value-added", "value-removed"),
    ("security-added", "security-removed"),
    ("error-status-added", "error-status-removed"),
];

#[test]
fn what_is_taken_back_is_claimed_by_the_opposite_rule() {
    let original = document(ARCHIVE);
    let base = revision("base.json", &original);
    let mut fired = BTreeSet::new();
    for edit in FILES.iter().flat_map(|file| all(file)) {
        let head = revision("head.json", &edit.apply(&original));
        let back = said(&compare(&head, &base, Vec::new())).0;
        for rule in &edit.rules {
            let opposite = TAKEN_BACK.iter().find(|(known, _)| known == rule);
            // What has to be there is told as one finding where it is new, and where it is gone.
            if let Some((_, opposite)) = opposite {
                assert!(
                    back.iter().any(|rule| rule == opposite),
                    "{}: {back:?}",
                    edit.title
                );
            }
        }
        fired.extend(back);
        fired.extend(edit.rules);
    }
    let elsewhere = [
        "acceptance-unmatched",
        "acceptance-expired",
        "acceptance-unreadable",
        "version-disagrees",
    ];
    let unproved = ReviewRule::ALL
        .iter()
        .filter(|(_, id)| !fired.contains(*id) && !elsewhere.contains(id));
    assert_eq!(unproved.collect::<Vec<_>>(), Vec::<&(ReviewRule, &str)>::new());
}

#[test]
fn a_version_agrees_if_it_moves_as_far_as_the_change_does() {
    let original = document(ARCHIVE);
    let base = revision("base.json", &original);
    let edits = all("schemas.edits");
    let agrees = |title: &str, version: &str| {
        let edit = edits.iter().find(|edit| edit.title.starts_with(title)).unwrap();
        let mut edited = edit.apply(&original);
        edited["info"]["version"] = version.into();
        compare(&base, &revision("head.json", &edited), Vec::new())
            .versions
            .agree
    };
    for (title, version, expected) in [
        ("member-added: an optional member", "1.0.0", false),
        ("member-added: an optional member", "1.0.1", false),
        ("member-added: an optional member", "1.1.0", true),
        ("member-added: an optional member", "2.0.0", true),
        ("member-added: an optional member", "0.9.0", false),
        ("member-added: an optional member", "next", false),
        ("member-added: a member that responses always have", "1.1.0", true),
        ("member-removed", "1.9.0", false),
        ("member-removed", "2.0.0", true),
        ("prose-changed", "1.0.0", false),
        ("prose-changed", "1.0.1", true),
    ] {
        assert_eq!(agrees(title, version), expected, "{title}: {version}");
    }
}
