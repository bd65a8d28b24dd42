//! Edits of documents, each with the rules that claim it and the verdict for each audience.

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

#[test]
fn every_rule_has_edits_that_it_claims_and_edits_that_it_does_not() {
    let files = ["codes.edits", "envelope.edits", "requests.edits", "schemas.edits"];
    holds(&files, "tests/fixtures/good/archive.yaml");
}
