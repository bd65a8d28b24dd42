//! What a change of the document means: findings, and a verdict for each audience.
//!
//! ```text
//! (base, head) ─lower leniently─▶ compare ─▶ findings, claims ─net─▶ Review ─report─▶ text | Markdown | JSON | HTML
//! ```
//!
//! Compares what the documents say, not their texts: what is shared and what is written out is the same. Does no I/O,
//! and writes no words but sentences of findings.

mod affected;
mod codes;
mod comparison;
mod derived;
mod document;
mod finding;
pub mod items;
mod net;
mod operations;
mod renames;
mod rule;
mod schemas;
mod side;
mod table;
mod version;
mod words;

use std::collections::BTreeSet;

use crate::Rejected;
use crate::contract::Contract;
use crate::document::{Document, Index, Source};
use crate::lower::{self, Lowered};
use crate::problem::{Place, Problem};

pub use affected::{Affected, Shown};
pub use finding::{Finding, Level, Verdict, Verdicts};
pub use rule::explanation::Explanation;
pub use rule::{Gravity, ReviewRule};
pub use table::{Entry, Row};
pub use version::Versions;

use comparison::Comparison;
use finding::{accepted, fingerprint};
use items::ItemChange;
use operations::{raises, security};
use side::{Reach, Side};

/// A document that can be compared.
pub struct Revision {
    /// The text, and the name that reports show.
    pub source: Source,
    /// The positions of its values.
    pub index: Index,
    document: Document,
    lowered: Lowered,
}

impl Revision {
    /// Reads a document, whatever rules it breaks.
    ///
    /// # Errors
    ///
    /// The text is no document of OpenAPI 3.0 at all.
    pub fn read(source: Source) -> Result<Self, (Source, Rejected)> {
        let (document, index) = Document::read(&source);
        match document {
            Ok(document) => Ok(Self {
                lowered: lower::lower_leniently(&document),
                source,
                index,
                document,
            }),
            Err(problems) => Err((source, Rejected { index, problems })),
        }
    }

    /// The contract, if the document breaks no rule.
    ///
    /// # Errors
    ///
    /// The rules that it breaks.
    pub fn contract(&self) -> Result<&Contract, Vec<Problem>> {
        match &self.lowered.contract {
            Some(contract) if self.lowered.problems.is_empty() => Ok(contract),
            _ => Err(self.lowered.problems.clone()),
        }
    }

    /// The rules that the document breaks, apart from what only its generation shows.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.lowered.problems
    }

    fn side(&self) -> Side<'_> {
        Side::new(self.document.root(), self.lowered.contract.as_ref())
    }
}

/// What a change means.
#[derive(Debug)]
pub struct Review {
    /// The changes, the gravest first.
    pub findings: Vec<Finding>,
    /// What all of them do to whom.
    pub verdicts: Verdicts,
    /// The versions of both documents.
    pub versions: Versions,
    /// The error codes about which something changed.
    pub table: Vec<Row>,
    /// A response that differs.
    pub affected: Option<Affected>,
    /// The public items of the generated crates that differ; nothing where one of the documents gives no crates.
    pub items: Option<Vec<ItemChange>>,
}

impl Review {
    /// Whether a finding fails.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.findings.iter().any(Finding::fails)
    }
}

/// Compares two documents and what is derived from them. `accepted` is the text of `accepted.yaml`.
#[must_use]
pub fn review(base: &Revision, head: &Revision, accepted: &str) -> Review {
    let items = head
        .contract()
        .and_then(|head| derived::items(base.contract().ok(), head));
    let (items, problems) = match items {
        Ok(items) => (items, Vec::new()),
        Err(problems) => (None, problems),
    };
    let mut review = compare(base, head, problems);
    let version = review.versions.head.clone();
    let stale = accepted::apply(accepted, &version, &mut review.findings);
    review.findings.extend(stale);
    sort(&mut review.findings);
    Review { items, ..review }
}

/// Compares two documents, and nothing that is derived from them.
#[must_use]
pub fn compare(base: &Revision, head: &Revision, problems: Vec<Problem>) -> Review {
    let mut comparison = Comparison::new(base.side(), head.side());
    schemas::find_renamed(&mut comparison);
    codes::compare(&mut comparison);
    raises::of_faults(&mut comparison);
    document::compare(&mut comparison);
    security::compare(&mut comparison);
    operations::compare(&mut comparison);
    schemas::components(&mut comparison);
    net::cast(&mut comparison);
    report_problems(&mut comparison, problems);
    let verdicts = comparison.verdicts();
    let versions = version::compare(&mut comparison, verdicts);
    let table = table::rows(&comparison);
    let affected = affected::response(&comparison);
    let mut findings = comparison.into_findings();
    for finding in &mut findings {
        finding.fingerprint = fingerprint::of(finding, [&base.document.value, &head.document.value]);
    }
    sort(&mut findings);
    Review {
        findings,
        verdicts,
        versions,
        table,
        affected,
        items: None,
    }
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.level(), finding.rule));
}

/// Adds the rules that the head document breaks: to the findings in the same places, and all others as one.
fn report_problems(comparison: &mut Comparison<'_>, mut problems: Vec<Problem>) {
    problems.retain(|problem| !comparison.attach(problem));
    let Some(first) = problems.first() else {
        return;
    };
    let sentence = match problems.len() {
        1 => format!(
            "nothing can be generated from the head document: {}",
            first.sentence
        ),
        number => format!("nothing can be generated from the head document: {number} problems"),
    };
    let at = match &first.place {
        Place::Key(at) | Place::Value(at) => Some(at.clone()),
        Place::Position { .. } | Place::Whole => None,
    };
    let finding = Finding::new(ReviewRule::HeadHasProblems, Verdicts::default(), sentence);
    let rules: BTreeSet<_> = problems.iter().map(|problem| problem.rule.id()).collect();
    let rules: Vec<_> = rules.into_iter().collect();
    let mut finding = finding.about(rules.join(", ")).at(None, at.as_ref());
    finding.problems = problems;
    comparison.add_unclaimed(finding, &Reach::default());
}
