//! The table of error codes before and after.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Node;
use crate::review::comparison::text;
use crate::review::operations::raises::raised_by;
use crate::review::side::Side;

/// A code before and after. At least one of both is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The code.
    pub code: String,
    /// What was said of it.
    pub base: Option<Entry>,
    /// What is said of it.
    pub head: Option<Entry>,
}

/// What a document says of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The status of its responses.
    pub status: String,
    /// What callers read.
    pub message: String,
    /// The operations that can respond with it, derived ones included; nothing where that is not known.
    pub operations: Option<BTreeSet<String>>,
}

/// The codes about which something changed, in the order of the head; those that are gone come last.
/// Operations have their names in the head.
pub(super) fn rows(base: &Side<'_>, head: &Side<'_>, renamed: &BTreeMap<String, String>) -> Vec<Row> {
    let known = base.contract.is_some() && head.contract.is_some();
    let entries = |side: &Side<'_>| -> Vec<(String, Entry)> {
        let table = side
            .code_schema()
            .map(|(_, schema)| schema.members_of("x-error-codes"));
        let entries = table.unwrap_or_default().into_iter();
        entries
            .map(|(code, node)| (code.to_owned(), entry(side, code, &node, known)))
            .collect()
    };
    let (mut old, new) = (entries(base), entries(head));
    for (_, entry) in &mut old {
        let now = |name: String| renamed.get(&name).cloned().unwrap_or(name);
        entry.operations = entry
            .operations
            .take()
            .map(|names| names.into_iter().map(now).collect());
    }
    let find = |entries: &[(String, Entry)], code: &str| {
        let mut entries = entries.iter();
        entries
            .find(|(known, _)| known == code)
            .map(|(_, entry)| entry.clone())
    };
    let gone = old.iter().filter(|(code, _)| find(&new, code).is_none());
    let codes = new.iter().chain(gone).map(|(code, _)| code);
    let rows = codes.map(|code| Row {
        code: code.clone(),
        base: find(&old, code),
        head: find(&new, code),
    });
    rows.filter(|row| row.base != row.head).collect()
}

fn entry(side: &Side<'_>, code: &str, node: &Node<'_>, operations_are_known: bool) -> Entry {
    Entry {
        status: text(node.value.get("status")),
        message: text(node.value.get("message")),
        operations: operations_are_known.then(|| raised_by(side, code).operations),
    }
}
