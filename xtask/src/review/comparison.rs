//! What every part of a comparison shares: the two documents, the findings, and which changes they claim.
//!
//! Decides nothing about any change but how findings of one cause become one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::contract::Envelope;
use crate::document::Node;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::review::finding::{Finding, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::side::{Reach, Side};

/// The two documents, and what was found so far.
pub(super) struct Comparison<'a> {
    /// The document before the change.
    pub(super) base: Side<'a>,
    /// The document after the change.
    pub(super) head: Side<'a>,
    /// The names of schemas that have another name in the head.
    pub(super) renamed_schemas: BTreeMap<String, String>,
    /// The names of operations that have another name in the head.
    pub(super) renamed_operations: BTreeMap<String, String>,
    /// The names of error codes in the base that are others in the head, and those.
    pub(super) renamed_codes: BTreeMap<String, String>,
    /// Places of the base that are others in the head, and those.
    pub(super) moved: BTreeSet<(Pointer, Pointer)>,
    /// The error codes that are new, gone or renamed: what follows from that is no finding of its own.
    pub(super) changed_codes: BTreeSet<String>,
    /// The error codes that have another status or message: their examples follow.
    pub(super) reworded_codes: BTreeSet<String>,
    /// Which schemas are the envelope.
    pub(super) envelope: Option<Envelope>,
    findings: Vec<Finding>,
    /// Where a finding about a subject is among the findings.
    by_subject: BTreeMap<(ReviewRule, String), usize>,
    claimed: [BTreeSet<Pointer>; 2],
    /// The components that were compared already where operations share them.
    compared: BTreeSet<(Pointer, Pointer)>,
}

/// The same part of both documents.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) base: Node<'a>,
    pub(super) head: Node<'a>,
}

impl<'a> Pair<'a> {
    /// What both have under a key, where both have it.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            base: self.base.get(key)?,
            head: self.head.get(key)?,
        })
    }

    /// Whether both say the same under a key, or neither says anything.
    pub(super) fn is_same(&self, key: &str) -> bool {
        self.base.value.get(key) == self.head.value.get(key)
    }

    /// What each has under a key as a short text; empty where it has nothing.
    pub(super) fn texts(&self, key: &str) -> (String, String) {
        (text(self.base.value.get(key)), text(self.head.value.get(key)))
    }

    /// The places of a key in both.
    pub(super) fn places(&self, key: &str) -> (Pointer, Pointer) {
        (self.base.at.child(key), self.head.at.child(key))
    }
}

/// What a part of a document is called in sentences, and who reaches it.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// Its name: "`To` of `NewMessage`".
    pub(super) name: String,
    /// Who reaches it.
    pub(super) reach: Reach,
}

impl<'a> Comparison<'a> {
    /// Both documents as a whole, under this name.
    pub(super) fn whole(&self, name: &str) -> (Pair<'a>, Subject) {
        let pair = Pair {
            base: self.base.root.clone(),
            head: self.head.root.clone(),
        };
        let subject = Subject {
            name: name.to_owned(),
            reach: self.base.everything(),
        };
        (pair, subject)
    }

    pub(super) fn new(base: Side<'a>, head: Side<'a>) -> Self {
        let contract = base.contract.or(head.contract);
        Self {
            envelope: contract.map(|contract| contract.envelope.clone()),
            base,
            head,
            renamed_schemas: BTreeMap::new(),
            renamed_operations: BTreeMap::new(),
            renamed_codes: BTreeMap::new(),
            moved: BTreeSet::new(),
            changed_codes: BTreeSet::new(),
            reworded_codes: BTreeSet::new(),
            findings: Vec::new(),
            by_subject: BTreeMap::new(),
            claimed: [BTreeSet::new(), BTreeSet::new()],
            compared: BTreeSet::new(),
        }
    }

    /// Whether what two references lead to is compared for the first time.
    pub(super) fn is_first(&mut self, said: &Pair<'a>) -> bool {
        self.compared.insert((said.base.at.clone(), said.head.at.clone()))
    }

    /// Whether what is in two places was compared already, as a part of something else.
    pub(super) fn is_compared(&self, places: &(Pointer, Pointer)) -> bool {
        self.compared.contains(places)
    }

    /// Says that what is in two places is compared as a part of something else.
    pub(super) fn compare_elsewhere(&mut self, places: (Pointer, Pointer)) {
        self.compared.insert(places);
    }

    /// Adds a finding, which claims all that changed in its places. One about a subject that has a finding of the same
    /// rule is the same finding, and reaches further.
    pub(super) fn add(&mut self, finding: Finding, reach: &Reach) {
        self.claim(finding.base.as_ref(), finding.head.as_ref());
        self.add_unclaimed(finding, reach);
    }

    /// Adds a finding that claims nothing.
    pub(super) fn add_unclaimed(&mut self, finding: Finding, reach: &Reach) {
        let key = (finding.rule, finding.subject.clone());
        let known = self
            .by_subject
            .get(&key)
            .and_then(|at| self.findings.get_mut(*at));
        match known {
            Some(known) => {
                known.verdicts = known.verdicts.and(finding.verdicts);
                known.operations.extend(reach.operations.iter().cloned());
                known.further.extend(finding.head.or(finding.base));
            }
            None => {
                self.by_subject.insert(key, self.findings.len());
                let mut finding = finding;
                finding.operations.extend(reach.operations.iter().cloned());
                self.findings.push(finding);
            }
        }
    }

    /// Adds a finding about a key of both documents.
    pub(super) fn add_at(
        &mut self,
        pair: &Pair<'a>,
        key: &str,
        subject: &Subject,
        (rule, verdicts, sentence): (ReviewRule, Verdicts, String),
    ) {
        let (base, head) = pair.places(key);
        let (old, new) = pair.texts(key);
        let finding = Finding::new(rule, verdicts, sentence)
            .at(Some(&base), Some(&head))
            .values(old, new);
        self.add(finding, &subject.reach);
    }

    /// Notes where in the head something of the base is, so that what is below is compared with what it was.
    pub(super) fn note_moved(&mut self, base: &Pointer, head: &Pointer) {
        if base != head {
            self.moved.insert((base.clone(), head.clone()));
        }
    }

    /// Claims all that changed below two places, because a finding says so or because it follows from one.
    pub(super) fn claim(&mut self, base: Option<&Pointer>, head: Option<&Pointer>) {
        let [of_base, of_head] = &mut self.claimed;
        of_base.extend(base.cloned());
        of_head.extend(head.cloned());
    }

    /// Whether a change below these places is claimed.
    pub(super) fn is_claimed(&self, base: Option<&Pointer>, head: Option<&Pointer>) -> bool {
        let [of_base, of_head] = &self.claimed;
        base.is_some_and(|at| at.is_within_any(of_base)) || head.is_some_and(|at| at.is_within_any(of_head))
    }

    /// What all findings do to whom.
    pub(super) fn verdicts(&self) -> Verdicts {
        let verdicts = self.findings.iter().map(|finding| finding.verdicts);
        verdicts.fold(Verdicts::default(), Verdicts::and)
    }

    /// Adds a rule that the head document breaks to the finding in the same place, if there is one.
    pub(super) fn attach(&mut self, problem: &Problem) -> bool {
        let (Place::Key(at) | Place::Value(at)) = &problem.place else {
            return false;
        };
        let within = |inner: &Pointer, outer: &Pointer| {
            inner == outer || inner.as_str().starts_with(&format!("{}/", outer.as_str()))
        };
        let is_close = |place: &Pointer| {
            // A component or an operation as a whole is too much to be one place.
            within(at, place) || (within(place, at) && at.keys().count() > 2)
        };
        let mut findings = self.findings.iter_mut();
        let found = findings.find(|finding| {
            let place = finding.head.as_ref().or(finding.base.as_ref());
            place.into_iter().chain(&finding.further).any(is_close)
        });
        match found {
            Some(finding) => {
                finding.problems.push(problem.clone());
                true
            }
            None => false,
        }
    }

    /// All findings, once everything is compared.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The name that a schema of the base has in the head.
    pub(super) fn schema_in_head<'n>(&'n self, base: &'n str) -> &'n str {
        self.renamed_schemas.get(base).map_or(base, String::as_str)
    }

    /// The name that an operation of the base has in the head.
    pub(super) fn operation_in_head<'n>(&'n self, base: &'n str) -> &'n str {
        self.renamed_operations.get(base).map_or(base, String::as_str)
    }

    /// The name that an error code of the base has in the head.
    pub(super) fn code_in_head<'n>(&'n self, base: &'n str) -> &'n str {
        self.renamed_codes.get(base).map_or(base, String::as_str)
    }
}

/// A value as a short text; empty for nothing.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

/// Values by their keys.
pub(super) type Keyed<'a> = Vec<(&'a str, Node<'a>)>;

/// What two mappings have in common, and what only one of them has: common keys, keys of the base alone, keys of the
/// head alone.
pub(super) fn matched<'a>(
    base: Keyed<'a>,
    head: Keyed<'a>,
) -> (Vec<(&'a str, Pair<'a>)>, Keyed<'a>, Keyed<'a>) {
    let mut of_head: BTreeMap<&str, Node<'a>> = head.iter().cloned().collect();
    let mut common = Vec::new();
    let mut gone = Vec::new();
    for (key, base) in base {
        match of_head.remove(key) {
            Some(head) => common.push((key, Pair { base, head })),
            None => gone.push((key, base)),
        }
    }
    let new = head.into_iter().filter(|(key, _)| of_head.contains_key(key));
    (common, gone, new.collect())
}
