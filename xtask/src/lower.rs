//! Lowers a document to the contract.
//!
//! All rules about what the document says are checked here, so that emitters can trust what they get.
//! Never stops at the first problem, and does no I/O.

mod answers;
mod constraints;
mod envelope;
mod error_codes;
mod examples;
mod extensions;
mod info;
mod operations;
mod pages;
mod parameters;
mod raises;
mod references;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::document::{Document, Node, Pointer};
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Lowers a document.
///
/// # Errors
///
/// Every rule that the document breaks.
pub fn lower(document: &Document) -> Result<Contract, Vec<Problem>> {
    let mut lowering = Lowering {
        root: document.root(),
        problems: Vec::new(),
        requested: BTreeSet::new(),
    };
    references::check(&mut lowering);
    if !lowering.problems.is_empty() {
        // Whatever follows from a dangling reference would be reported as a problem of its own.
        return Err(lowering.problems);
    }
    let info = info::lower(&mut lowering);
    let error_codes = error_codes::lower(&mut lowering);
    let faults = error_codes::lower_faults(&mut lowering);
    let schemas = schemas::lower(&mut lowering);
    let operations = operations::lower(&mut lowering, &error_codes, &faults);
    let scalars = schemas::scalars(&lowering, &schemas);
    let taken = schemas
        .iter()
        .map(|schema| (schema.rust.clone(), schema.name.clone(), schema.at.clone()))
        .chain(scalars);
    let made = operations.iter().filter_map(|found| {
        let name = found.operation.query_struct()?;
        Some((
            name.clone(),
            format!("the query parameters of {}", found.operation.id),
            found.operation.at.clone(),
        ))
    });
    lowering.report_collisions(taken.chain(made).collect::<Vec<_>>());
    let envelope = envelope::lower(&mut lowering, &operations, &schemas);
    let examples = examples::lower(
        &mut lowering,
        &operations,
        &schemas,
        envelope.as_ref(),
        &error_codes,
    );
    answers::check(&mut lowering, &operations);
    error_codes::check_raised(&mut lowering, &error_codes, &operations, &faults);
    extensions::check(&mut lowering);
    examples::check_attached(&mut lowering, &examples);
    match (envelope, info) {
        (Some(envelope), Some(info)) if lowering.problems.is_empty() => {
            let operations = operations.into_iter().map(|found| found.operation).collect();
            Ok(Contract {
                info,
                envelope,
                error_codes,
                faults,
                schemas,
                operations,
                examples,
            })
        }
        _ => Err(lowering.problems),
    }
}

/// What every part of the lowering needs: the whole document, and where to put problems.
struct Lowering<'a> {
    root: Node<'a>,
    problems: Vec<Problem>,
    /// The schemas whose values requests hold.
    requested: BTreeSet<Pointer>,
}

impl<'a> Lowering<'a> {
    /// Reports a problem at the key of a value.
    fn report(&mut self, rule: Rule, at: &Pointer, sentence: String) {
        self.add(Problem::new(rule, Place::Key(at.clone()), sentence));
    }

    /// Reports a problem at a value itself.
    fn report_value(&mut self, rule: Rule, at: &Pointer, sentence: String) {
        self.add(Problem::new(rule, Place::Value(at.clone()), sentence));
    }

    /// A component that is used in several places is read as often, and its problems are still one each.
    fn add(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Follows a `$ref`. References are known to lead somewhere and not in circles.
    fn resolve(&self, node: Node<'a>) -> Node<'a> {
        let target = node.text_of("$ref").and_then(Pointer::of_reference);
        match target.and_then(|pointer| self.root.find(&pointer)) {
            Some(target) => self.resolve(target),
            None => node,
        }
    }

    /// A member's text, or a problem that it is missing.
    fn required_text(&mut self, node: &Node<'a>, key: &str, rule: Rule, of: &str) -> Option<String> {
        match node.text_of(key).map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(text.to_owned()),
            None => {
                self.report(rule, &node.at, format!("{of} has no `{key}`"));
                None
            }
        }
    }

    /// Reports names that are equal once they are Rust names.
    fn report_collisions(&mut self, names: impl IntoIterator<Item = (String, String, Pointer)>) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (rust, name, at) in names {
            match seen.get(&rust) {
                Some(first) => {
                    let sentence = if name == *first {
                        format!("`{name}` stands here a second time")
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

/// The name of the component that a `$ref` points to.
fn component_name(node: &Node<'_>, kind: &str) -> Option<String> {
    let prefix = format!("#/components/{kind}/");
    node.text_of("$ref")
        .and_then(|reference| reference.strip_prefix(prefix.as_str()))
        .map(str::to_owned)
}
