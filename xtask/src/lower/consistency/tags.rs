//! Tags: every operation has one that the document declares, and every declared tag is used.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::names::nearest;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

pub(in crate::lower) fn check(lowering: &mut Lowering<'_>, operations: &[LoweredOperation<'_>]) {
    let root = lowering.root.clone();
    let mut declared = BTreeMap::new();
    let tags = root.items_of("tags");
    for tag in &tags {
        let name = tag.string_of("name").unwrap_or_default();
        if let Some(first) = declared.get(name) {
            let sentence = format!("the tag `{name}` is declared twice");
            lowering.add(
                Problem::at(Rule::TagsDiffer, &tag.at.child("name"), sentence)
                    .with_related(
                        Place::Key(Pointer::clone(first)),
                        format!("`{name}` is first declared here"),
                    )
                    .with_help("remove one of the two"),
            );
        } else {
            declared.insert(name, tag.at.child("name"));
        }
    }
    let mut used = BTreeSet::new();
    let nodes = operations
        .iter()
        .filter_map(|found| Some((&found.operation.id, root.find(&found.operation.at)?)));
    for (id, node) in nodes {
        let own = node.items_of("tags");
        if own.is_empty() && !declared.is_empty() {
            let problem = Problem::at(Rule::TagsDiffer, &node.at, format!("`{id}` has no tag"));
            lowering.add(problem.with_help("write `tags: […]` with one of the tags that the root declares"));
        }
        for tag in &own {
            let name = tag.string().unwrap_or_default();
            if !declared.contains_key(name) {
                let likely = nearest(name, declared.keys().copied());
                let sentence = format!("the document declares no tag `{name}`");
                let problem = Problem::at_value(Rule::TagsDiffer, &tag.at, sentence);
                lowering.add(match likely {
                    Some(likely) => problem.with_help(format!("did you mean `{likely}`?")),
                    None => problem.with_help("declare it under `tags` at the root, or use another tag"),
                });
                // What was meant is used, or will be.
                used.extend(likely);
            }
            used.insert(name);
        }
    }
    for tag in &tags {
        let name = tag.string_of("name").unwrap_or_default();
        if !used.contains(name) {
            let sentence = format!("no operation has the tag `{name}`");
            let problem = Problem::at(Rule::TagsDiffer, &tag.at.child("name"), sentence);
            lowering.add(problem.with_help("give it to an operation, or remove it"));
        }
    }
}
