//! What a change of the document means: findings, and a verdict for each audience.
//!
//! ```text
//! (base, head) ─lower leniently─▶ compare ─▶ findings, claims ─net─▶ Review ─report─▶ text | Markdown | JSON | HTML
//! ```
//!
//! Compares what the documents say, not their texts: what is shared and what is written out is the same. Does no I/O,
//! and writes no words but sentences of findings.

mod codes;
mod comparison;
mod constraints;
mod difference;
mod document;
mod effect;
mod finding;
mod members;
mod messages;
mod net;
mod operations;
mod parameters;
mod renames;
mod rule;
mod schemas;
mod security;
mod side;
mod table;
mod values;
mod version;
mod words;

use crate::document::{Document, Index, Source};
use crate::lower::{self, Lowered};
use crate::problem::Place;
use crate::{Rejected, progenitor};

pub use finding::{Finding, Level, Verdict, Verdicts};
pub use rule::{Gravity, ReviewRule};
pub use table::{Entry, Row};
pub use version::Versions;

use comparison::Comparison;
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
}

impl Review {
    /// Whether a finding fails.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.findings.iter().any(Finding::fails)
    }
}

/// Compares two documents.
#[must_use]
pub fn review(base: &Revision, head: &Revision) -> Review {
    let mut comparison = Comparison::new(base.side(), head.side());
    schemas::find_renamed(&mut comparison);
    codes::compare(&mut comparison);
    codes::faults(&mut comparison);
    document::compare(&mut comparison);
    security::compare(&mut comparison);
    operations::compare(&mut comparison);
    schemas::components(&mut comparison);
    net::cast(&mut comparison);
    report_problems(&mut comparison, head);
    let verdicts = comparison.verdicts();
    let versions = version::compare(&mut comparison, verdicts);
    let table = table::rows(&comparison.base, &comparison.head);
    let mut findings = comparison.into_findings();
    findings.sort_by_key(|finding| (finding.level(), finding.rule));
    Review {
        findings,
        verdicts,
        versions,
        table,
    }
}

/// Adds the rules that the head document breaks: to the findings in the same places, and all others as one.
fn report_problems(comparison: &mut Comparison<'_>, head: &Revision) {
    let mut problems = head.lowered.problems.clone();
    if let (true, Some(contract)) = (problems.is_empty(), &head.lowered.contract) {
        problems = progenitor::lift(contract).err().unwrap_or_default();
    }
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
    let mut finding = Finding::new(ReviewRule::HeadHasProblems, Verdicts::default(), sentence);
    finding = finding.at(None, at.as_ref());
    finding.problems = problems;
    comparison.add_unclaimed(finding, &Reach::default());
}
