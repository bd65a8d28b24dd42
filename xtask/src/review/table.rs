//! The table of error codes before and after.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Node;
use crate::review::comparison::{Comparison, text};
use crate::review::operations::raises::raised_by;
use crate::review::side::Side;

/// A code before and after. At least one of both is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The code; where it has another name now, that one.
    pub code: String,
    /// What was said of it.
    pub base: Option<Entry>,
    /// What is said of it.
    pub head: Option<Entry>,
}

/// What a document says of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub code: String,
    /// The status of its responses.
    pub status: String,
    /// What callers read.
    pub message: String,
    /// The operations that can respond with it, derived ones included; nothing where that is not known.
    pub operations: Option<BTreeSet<String>>,
}

/// The codes about which something changed, in the order of the head; those that are gone come last.
/// Operations have their names in the head.
pub(super) fn rows(comparison: &Comparison<'_>) -> Vec<Row> {
    let (base, head) = (&comparison.base, &comparison.head);
    let known = base.contract.is_some() && head.contract.is_some();
    let entries = |side: &Side<'_>| -> Vec<Entry> {
        let table = side
            .code_schema()
            .map(|(_, schema)| schema.members_of("x-error-codes"));
        let entries = table.unwrap_or_default().into_iter();
        entries
            .map(|(code, node)| entry(side, code, &node, known))
            .collect()
    };
    let mut old: BTreeMap<String, Entry> = BTreeMap::new();
    let mut gone = Vec::new();
    for mut entry in entries(base) {
        entry.operations = entry.operations.map(|names| {
            names
                .iter()
                .map(|name| comparison.operation_in_head(name).to_owned())
                .collect()
        });
        let now = comparison.code_in_head(&entry.code).to_owned();
        gone.push(now.clone());
        old.insert(now, entry);
    }
    let new = entries(head);
    gone.retain(|code| new.iter().all(|entry| entry.code != *code));
    let heads = new.into_iter().map(|entry| (entry.code.clone(), Some(entry)));
    let rows = heads.chain(gone.into_iter().map(|code| (code, None)));
    let rows = rows.map(|(code, head)| Row {
        base: old.remove(&code),
        head,
        code,
    });
    rows.filter(|row| row.base != row.head).collect()
}

fn entry(side: &Side<'_>, code: &str, node: &Node<'_>, operations_are_known: bool) -> Entry {
    Entry {
        code: code.to_owned(),
        status: text(node.value.get("status")),
        message: text(node.value.get("message")),
        operations: operations_are_known.then(|| raised_by(side, code).operations),
    }
}
