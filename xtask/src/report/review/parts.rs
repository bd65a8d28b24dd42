//! What a review says in every format: places, reach, who is affected, what changed of a code. Says not how it looks.

use std::collections::BTreeSet;

use crate::pointer::Pointer;
use crate::report::terminal::count;
use crate::review::{Entry, Finding, Review, Revision, Row, Verdict};

/// A review, and both documents.
pub struct Reviewed<'r> {
    /// The document before the change.
    pub base: &'r Revision,
    /// The document after the change.
    pub head: &'r Revision,
    /// What the change means.
    pub review: &'r Review,
}

/// The most operations that a report names for a finding.
const MAX_NAMED: usize = 4;

/// The most characters that a report shows of a value.
const MAX_VALUE: usize = 240;

impl Reviewed<'_> {
    /// Whether the versions agree with the verdicts, as a sentence.
    pub(super) fn version_line(&self) -> String {
        let versions = &self.review.versions;
        let (base, head) = (&versions.base, &versions.head);
        let moves = if base == head {
            format!("stays {base}")
        } else {
            format!("goes from {base} to {head}")
        };
        match (versions.agree, versions.needed) {
            (true, Verdict::None) => format!("info.version {moves}"),
            (true, _) => format!("info.version {moves}, which agrees"),
            (false, needed) => format!("info.version {moves}, and a {} version is needed", needed.name()),
        }
    }

    /// The public items that differ, as the lines of a diff: each crate, each item, what is gone and what is new.
    pub(super) fn item_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut role = "";
        for change in self.review.items.iter().flatten() {
            if change.role != role {
                role = change.role;
                lines.push(format!("  crate {role}"));
            }
            let is_whole = change.gone.contains(&change.item) || change.new.contains(&change.item);
            if !is_whole {
                lines.push(format!("  {}", change.item));
            }
            lines.extend(change.gone.iter().map(|line| format!("- {line}")));
            lines.extend(change.new.iter().map(|line| format!("+ {line}")));
        }
        lines
    }

    /// The places of a finding, each as `file:line`.
    pub(super) fn places(&self, finding: &Finding) -> Vec<String> {
        let place = |revision: &Revision, at: &Option<Pointer>| {
            let span = revision.index.key(at.as_ref()?)?;
            Some(format!("{}:{}", revision.source.name, span.line))
        };
        let places = [place(self.base, &finding.base), place(self.head, &finding.head)];
        places.into_iter().flatten().collect()
    }
}

/// How far a finding reaches; nothing if it reaches no operation.
pub(super) fn reach(operations: &BTreeSet<String>) -> Option<String> {
    if operations.is_empty() {
        return None;
    }
    let mut named: Vec<_> = operations.iter().take(MAX_NAMED).map(String::as_str).collect();
    if operations.len() > MAX_NAMED {
        named.push("…");
    }
    Some(format!(
        "{}: {}",
        count(operations.len(), "operation"),
        named.join(", ")
    ))
}

/// What was there, and what is there now, where the sentence does not say it.
pub(super) fn finding_values(finding: &Finding) -> Vec<(&'static str, String)> {
    let (old, new) = &finding.values;
    let values = [("Before", old), ("After", new)];
    if old.is_empty() && new.is_empty() || values.iter().all(|(_, value)| finding.sentence.contains(*value)) {
        return Vec::new();
    }
    let shortened = |value: &str| -> String {
        if value.chars().count() <= MAX_VALUE {
            return value.to_owned();
        }
        value.chars().take(MAX_VALUE).chain(['…']).collect()
    };
    let shown = values.iter().filter(|(_, value)| !value.is_empty());
    shown.map(|(when, value)| (*when, shortened(value))).collect()
}

/// Who is affected, as a sentence.
pub(super) fn affected(finding: &Finding) -> String {
    let verdicts = finding.verdicts;
    let audiences = [
        (verdicts.wire, "callers of the API"),
        (verdicts.client, "programs with the Rust client"),
        (verdicts.server, "implementations of the server trait"),
    ];
    let of = |wanted: Verdict| -> String {
        let names = audiences.iter().filter(|(verdict, _)| *verdict == wanted);
        names.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
    };
    let parts = [
        ("breaks", of(Verdict::Major)),
        ("adds something for", of(Verdict::Minor)),
        ("other words for", of(Verdict::Patch)),
    ];
    let parts = parts.iter().filter(|(_, names)| !names.is_empty());
    parts
        .map(|(verb, names)| format!("{verb} {names}"))
        .collect::<Vec<_>>()
        .join("; ")
}

/// What is said beside a code that only one of the documents has.
pub(super) fn mark(row: &Row) -> &'static str {
    match (&row.base, &row.head) {
        (None, _) => " (new)",
        (_, None) => " (gone)",
        _ => "",
    }
}

/// What changed about a code: the column, what was there, and what is there now.
pub(super) fn changes(row: &Row) -> Vec<(&'static str, String, String)> {
    let mut changes = Vec::new();
    if let (Some(old), Some(new)) = (&row.base, &row.head)
        && old.code != new.code
    {
        changes.push(("code", old.code.clone(), new.code.clone()));
    }
    let mut column = |name: &'static str, of: fn(&Entry) -> &str| {
        let [old, new] =
            [&row.base, &row.head].map(|entry| entry.as_ref().map(of).unwrap_or_default().to_owned());
        if old != new {
            changes.push((name, old, new));
        }
    };
    column("status", |entry| &entry.status);
    column("message", |entry| &entry.message);
    let operations = |entry: &Option<Entry>| {
        entry
            .as_ref()
            .and_then(|entry| entry.operations.clone())
            .unwrap_or_default()
    };
    let (old, new) = (operations(&row.base), operations(&row.head));
    if old != new {
        let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            let names: Vec<_> = one.difference(other).map(String::as_str).collect();
            match names.len() {
                0 => one.len().to_string(),
                number if number > MAX_NAMED => format!("{} ({number} only here)", one.len()),
                _ => format!("{} ({} only here)", one.len(), names.join(", ")),
            }
        };
        changes.push(("operations", only(&old, &new), only(&new, &old)));
    }
    changes
}
