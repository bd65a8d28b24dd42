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
    /// The schemas whose values requests hold.
    pub(super) requested: BTreeSet<Pointer>,
}

impl<'a> Lowering<'a> {
    /// Reports a problem at the key of a value.
    pub(super) fn report(&mut self, rule: Rule, at: &Pointer, sentence: impl Into<String>) {
        self.add(Problem::new(rule, Place::Key(at.clone()), sentence));
    }

    /// Reports a problem at a value itself.
    pub(super) fn report_value(&mut self, rule: Rule, at: &Pointer, sentence: impl Into<String>) {
        self.add(Problem::new(rule, Place::Value(at.clone()), sentence));
    }

    /// A component that is used in several places is read several times; its problems are reported once.
    fn add(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Follows a `$ref`. References are known to resolve, and not to be circular.
    pub(super) fn resolve(&self, node: Node<'a>) -> Node<'a> {
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
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (rust, name, at) in names {
            match seen.get(&rust) {
                Some(first) => {
                    let sentence = if name == *first {
                        format!("`{name}` is repeated here")
                    } else {
                        format!("`{name}` and `{first}` both become `{rust}` in Rust")
                    };
                    self.report(Rule::NamesCollide, &at, sentence);
                }
                None => {
                    seen.insert(rust, name);
                }
            }
        }
    }
}

/// A description, followed by the reason where the document infers what it describes.
pub(crate) fn with_inference(description: &str, node: &Node<'_>) -> String {
    let description = description.trim();
    match node.string_of(INFERRED).map(str::trim) {
        Some(reason) if !reason.is_empty() => format!("{description}\n\nInferred: {reason}"),
        _ => description.to_owned(),
    }
}

/// The name of the component that a `$ref` points to.
pub(super) fn component_name(node: &Node<'_>, kind: &str) -> Option<String> {
    let prefix = format!("#/components/{kind}/");
    node.string_of("$ref")
        .and_then(|reference| reference.strip_prefix(prefix.as_str()))
        .map(str::to_owned)
}
