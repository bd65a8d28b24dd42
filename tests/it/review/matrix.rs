//! Edits of documents, each with the rules that claim it and the verdict for each audience.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use xtask::document::Source;
use xtask::review::{Review, ReviewRule, Revision, compare, items, review};
use xtask::tree::Tree;
use xtask::{emit, progenitor};

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

/// A document and all that edits make of it, read once for all tests.
pub(super) struct Edited {
    pub(super) original: Value,
    pub(super) base: Revision,
    pub(super) edits: Vec<(Edit, Value, Revision)>,
}

impl Edited {
    fn new(path: &str, files: &[&str]) -> Self {
        let original = document(path);
        let edits = files.iter().flat_map(|file| all(file)).map(|edit| {
            let edited = edit.apply(&original);
            let head = revision("head.json", &edited);
            (edit, edited, head)
        });
        Self {
            edits: edits.collect(),
            base: revision("base.json", &original),
            original,
        }
    }
}

/// The real document, with edits of its error contract.
pub(super) static REAL: LazyLock<Edited> =
    LazyLock::new(|| Edited::new("openapi/fonedynamics.yaml", &["contract.edits"]));

/// The document with every kind of constraint, with edits for every rule.
pub(super) static ARCHIVE: LazyLock<Edited> =
    LazyLock::new(|| Edited::new("tests/fixtures/good/archive.yaml", &FILES));

/// The edits for every rule.
pub(super) const FILES: [&str; 5] = [
    "codes.edits",
    "envelope.edits",
    "requests.edits",
    "schemas.edits",
    "degrees.edits",
];

/// The rules and the verdicts of a review as the edits write them.
fn said(review: &Review) -> (Vec<String>, String) {
    let rules = review.findings.iter().map(|finding| finding.rule.id().to_owned());
    let verdicts = review.verdicts;
    let verdicts = [verdicts.wire, verdicts.client, verdicts.server].map(|verdict| verdict.name());
    (rules.collect(), verdicts.join(" "))
}

/// Holds the reviews of all edits of a document against what is expected, and gives their rules.
#[track_caller]
fn holds(edited: &Edited) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut fired = Vec::new();
    for (edit, _, head) in &edited.edits {
        let review = compare(&edited.base, head, head.problems().to_vec());
        let (mut rules, verdicts) = said(&review);
        let Edit {
            title,
            rules: expected,
            verdicts: wanted,
            ..
        } = edit;
        fired.extend(rules.iter().cloned());
        let mut expected = expected.clone();
        rules.sort();
        expected.sort();
        if (&rules, &verdicts) != (&expected, wanted) {
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
    let fired = holds(&REAL);
    let net = ReviewRule::ChangeNotUnderstood.id();
    assert!(
        fired.iter().all(|rule| rule != net),
        "the net has claimed an edit that has a rule"
    );
}

#[test]
fn every_rule_has_edits_that_it_claims_and_edits_that_it_does_not() {
    holds(&ARCHIVE);
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
    let mut fired = BTreeSet::new();
    for (edit, _, head) in &ARCHIVE.edits {
        let back = said(&compare(head, &ARCHIVE.base, Vec::new())).0;
        for rule in &edit.rules {
            let opposite = TAKEN_BACK.iter().find(|(known, _)| known == rule);
            // Of two patterns, each counts as stricter than the other.
            let is_pattern = edit.title.contains("a pattern");
            if let Some((_, opposite)) = opposite.filter(|_| !is_pattern) {
                assert!(
                    back.iter().any(|rule| rule == opposite),
                    "{}: {back:?}",
                    edit.title
                );
            }
        }
        fired.extend(back);
        fired.extend(edit.rules.iter().cloned());
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
    let agrees = |title: &str, version: &str| {
        let mut edits = ARCHIVE.edits.iter();
        let (_, edited, _) = edits.find(|(edit, ..)| edit.title.starts_with(title)).unwrap();
        let mut edited = edited.clone();
        edited["info"]["version"] = version.into();
        let head = revision("head.json", &edited);
        compare(&ARCHIVE.base, &head, Vec::new()).versions.agree
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

/// The sources of all crates; nothing where the document gives none.
pub(super) fn sources(revision: &Revision) -> Option<Tree> {
    let contract = revision.contract().ok()?;
    Some(emit::sources(contract, progenitor::lift(contract).ok()?))
}

#[test]
fn items_that_differ_are_those_of_everything_that_is_derived() {
    for edited in [&REAL, &ARCHIVE] {
        let old = sources(&edited.base).unwrap();
        for (edit, _, head) in &edited.edits {
            let differing = sources(head).map(|new| items::compare(&old, &new));
            assert_eq!(review(&edited.base, head, "").items, differing, "{}", edit.title);
        }
    }
}
