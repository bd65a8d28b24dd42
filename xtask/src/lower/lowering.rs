//! What every part of the lowering shares: the whole document, and where problems go.
//!
//! Decides no rule but that names must not collide.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Node;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The key with the reason why the document says what no public page shows.
pub(crate) const INFERRED: &str = "x-inferred";

/// What every part of the lowering needs: the whole document, and where to put problems.
pub(super) struct Lowering<'a> {
    pub(super) root: Node<'a>,
    pub(super) problems: Vec<Problem>,
    /// The numbers of the problems in each place: there may be very many problems.
    pub(super) by_place: BTreeMap<Place, Vec<usize>>,
    /// The references that lead nowhere, and the objects with a misspelt key: what is wrong there follows from that.
    pub(super) unsound: BTreeSet<Pointer>,
    /// The error codes that the document lists or describes.
    pub(super) known_codes: BTreeSet<String>,
    /// The schemas whose values requests hold.
    pub(super) requested: BTreeSet<Pointer>,
}

impl<'a> Lowering<'a> {
    /// Reports a problem at the key of a value.
    pub(super) fn report(&mut self, rule: Rule, at: &Pointer, sentence: impl Into<String>) {
        self.add(Problem::at(rule, at, sentence));
    }

    /// Reports a problem at a value itself.
    pub(super) fn report_value(&mut self, rule: Rule, at: &Pointer, sentence: impl Into<String>) {
        self.add(Problem::at_value(rule, at, sentence));
    }

    /// Reports a problem with a help or a second place of its own. A component that is used in several places
    /// is read several times; its problems are reported once.
    pub(super) fn add(&mut self, problem: Problem) {
        if self.follows_from_another(&problem) {
            return;
        }
        let known = self.by_place.entry(problem.place.clone()).or_default();
        if !known
            .iter()
            .any(|number| self.problems.get(*number) == Some(&problem))
        {
            known.push(self.problems.len());
            self.problems.push(problem);
        }
    }

    /// Whether a problem follows from a reference that leads nowhere, or from a misspelt key.
    fn follows_from_another(&self, problem: &Problem) -> bool {
        let (Place::Key(at) | Place::Value(at)) = &problem.place else {
            return false;
        };
        if self.unsound.is_empty() || problem.rule == Rule::DanglingReference {
            return false;
        }
        let mut around = std::iter::successors(Some(at.clone()), |at| {
            (!at.as_str().is_empty()).then(|| at.parent())
        });
        around.any(|at| self.unsound.contains(&at))
    }

    /// Whether a reference within a value leads nowhere, or an object there has a misspelt key.
    pub(super) fn is_unsound_within(&self, at: &Pointer) -> bool {
        let within = format!("{}/", at.as_str());
        let mut places = self.unsound.iter();
        places.any(|place| place.as_str().starts_with(&within))
    }

    /// The codes that were probably meant where there is one which the document does not have.
    pub(super) fn meant_codes(&self) -> BTreeSet<String> {
        let unknown = self
            .problems
            .iter()
            .filter(|problem| problem.rule == Rule::UnknownErrorCode);
        let likely =
            unknown.filter_map(|problem| problem.help.strip_prefix("did you mean `")?.strip_suffix("`?"));
        likely.map(str::to_owned).collect()
    }

    /// Whether a rule is broken in a place.
    pub(super) fn breaks_at(&self, rule: Rule, place: &Place) -> bool {
        let known = self.by_place.get(place).into_iter().flatten();
        let mut problems = known.filter_map(|number| self.problems.get(*number));
        problems.any(|problem| problem.rule == rule)
    }

    /// Whether one of these rules is broken, so that what follows from it would be reported as well.
    pub(super) fn breaks_any(&self, rules: &[Rule]) -> bool {
        self.problems.iter().any(|problem| rules.contains(&problem.rule))
    }

    /// Follows a `$ref`. One that leads nowhere is left as it is.
    pub(super) fn resolve(&self, node: Node<'a>) -> Node<'a> {
        if self.unsound.contains(&node.at) {
            return node;
        }
        let target = node.string_of("$ref").and_then(Pointer::of_reference);
        match target.and_then(|pointer| self.root.find(&pointer)) {
            Some(target) => self.resolve(target),
            None => node,
        }
    }

    /// The string of a member, or a problem if it is missing.
    pub(super) fn required_string(
        &mut self,
        node: &Node<'a>,
        key: &str,
        rule: Rule,
        of: &str,
    ) -> Option<String> {
        match node.string_of(key).map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(text.to_owned()),
            None => {
                self.report(rule, &node.at, format!("{of} has no `{key}`"));
                None
            }
        }
    }

    /// Reports names that are equal once they are Rust names.
    pub(super) fn report_collisions(&mut self, names: impl IntoIterator<Item = (String, String, Pointer)>) {
        let mut seen: BTreeMap<String, (String, Pointer)> = BTreeMap::new();
        for (rust, name, at) in names {
            match seen.get(&rust) {
                Some((first, first_at)) => {
                    let problem = if name == *first {
                        let sentence = format!("`{name}` is repeated here");
                        Problem::at(Rule::NamesCollide, &at, sentence)
                            .with_help("remove one of the two, or give it another name")
                    } else {
                        let sentence = format!("`{name}` and `{first}` both become `{rust}` in Rust");
                        Problem::at(Rule::NamesCollide, &at, sentence)
                    };
                    let note = format!("`{first}` is first used here");
                    self.add(problem.with_related(Place::Key(first_at.clone()), note));
                }
                None => {
                    seen.insert(rust, (name, at));
                }
            }
        }
    }
}

/// Whether a key says something of a value, and nothing about what it can be.
pub(super) fn is_prose(key: &str) -> bool {
    matches!(key, "description" | "deprecated") || key.starts_with("x-")
}

/// A description, followed by the reason where the document infers what it describes.
pub(crate) fn with_inference(description: &str, node: &Node<'_>) -> String {
    let description = description.trim();
    match node.string_of(INFERRED).map(str::trim) {
        Some(reason) if !reason.is_empty() => format!("{description}\n\nInferred: {reason}"),
        _ => description.to_owned(),
    }
}

/// A text of documentation, followed by a line if what it is about is deprecated.
pub(super) fn with_deprecation(docs: String, node: &Node<'_>) -> String {
    const DEPRECATED: &str = "Deprecated: new code should do without it.";
    if docs.is_empty() || !node.is_true("deprecated") || docs.ends_with(DEPRECATED) {
        return docs;
    }
    format!("{docs}\n\n{DEPRECATED}")
}

/// The name of the component that a `$ref` points to.
pub(super) fn component_name(node: &Node<'_>, kind: &str) -> Option<String> {
    let prefix = format!("#/components/{kind}/");
    node.string_of("$ref")
        .and_then(|reference| reference.strip_prefix(prefix.as_str()))
        .map(str::to_owned)
}

/// The value that occurs most often; of several, the first.
pub(super) fn most_frequent<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts
        .into_iter()
        .find(|(_, count)| Some(*count) == most)
        .map(|(value, _)| value)
}

/// Whether every `%` of a text is one of an encoded byte.
pub(super) fn is_percent_encoded(text: &str) -> bool {
    let mut encoded = text.split('%').skip(1);
    encoded.all(|rest| {
        rest.get(..2)
            .is_some_and(|byte| byte.chars().all(|c| c.is_ascii_hexdigit()))
    })
}
