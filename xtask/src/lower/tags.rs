//! Tags: every operation has one that the document declares, and every declared tag is used.

use std::collections::BTreeSet;

use super::lowering::Lowering;
use super::operations::LoweredOperation;
use crate::rule::Rule;

pub(super) fn check(lowering: &mut Lowering<'_>, operations: &[LoweredOperation<'_>]) {
    let root = lowering.root.clone();
    let mut declared = BTreeSet::new();
    let tags = root.items_of("tags");
    for tag in &tags {
        let name = tag.string_of("name").unwrap_or_default();
        if !declared.insert(name) {
            let sentence = format!("the tag `{name}` is declared twice");
            lowering.report(Rule::TagsDiffer, &tag.at.child("name"), sentence);
        }
    }
    let mut used = BTreeSet::new();
    let nodes = operations
        .iter()
        .filter_map(|found| Some((&found.operation.id, root.find(&found.operation.at)?)));
    for (id, node) in nodes {
        let own = node.items_of("tags");
        if own.is_empty() && !declared.is_empty() {
            lowering.report(Rule::TagsDiffer, &node.at, format!("`{id}` has no tag"));
        }
        for tag in &own {
            let name = tag.string().unwrap_or_default();
            if !declared.contains(name) {
                let likely = declared
                    .iter()
                    .find(|known| strsim::damerau_levenshtein(known, name) <= 2);
                let hint = likely.map_or_else(String::new, |likely| format!("; it declares `{likely}`"));
                let sentence = format!("the document declares no tag `{name}`{hint}");
                lowering.report_value(Rule::TagsDiffer, &tag.at, sentence);
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
            lowering.report(Rule::TagsDiffer, &tag.at.child("name"), sentence);
        }
    }
}
