//! The operations: which there are, what they are called, where they are, and what each says as a whole.

pub(super) mod bodies;
pub(super) mod failures;
pub(super) mod parameters;
pub(super) mod raises;
pub(super) mod responses;
pub(super) mod security;

use crate::review::comparison::{Comparison, Pair, Subject};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::side::{OperationNode, Reach, Side};
use crate::review::words;

use Verdict::{Major, Minor, Patch};

/// Compares all operations.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let old = comparison.base.operations.clone();
    let mut new: Vec<_> = comparison.head.operations.iter().cloned().map(Some).collect();
    let mut take = |matches: &dyn Fn(&OperationNode<'_>) -> bool| {
        let mut found = new.iter_mut();
        found
            .find(|known| known.as_ref().is_some_and(matches))
            .and_then(Option::take)
    };
    let mut pairs: Vec<(OperationNode<'_>, Option<OperationNode<'_>>)> = old
        .into_iter()
        .map(|base| {
            let place = (base.method, shape(base.path));
            let head = take(&|known| (known.method, shape(known.path)) == place);
            (base, head)
        })
        .collect();
    for (base, head) in pairs.iter_mut().filter(|(_, head)| head.is_none()) {
        *head = take(&|known| known.name == base.name);
    }
    for (base, head) in pairs {
        match head {
            Some(head) => same_operation(comparison, &base, &head),
            None => removed(comparison, &base),
        }
    }
    for head in new.into_iter().flatten() {
        added(comparison, &head);
    }
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut within = false;
    for character in path.chars() {
        within = (within || character == '{') && character != '}';
        if !within {
            shape.push(character);
        }
    }
    shape
}

fn has_path(side: &Side<'_>, path: &str) -> bool {
    side.root.get("paths").is_some_and(|paths| paths.has(path))
}

/// A path that is gone is one finding, whatever its operations.
fn removed<'a>(comparison: &mut Comparison<'a>, base: &OperationNode<'a>) {
    let path_is_gone = !has_path(&comparison.head, base.path);
    let at = if path_is_gone {
        &base.item.at
    } else {
        &base.node.at
    };
    let sentence = match path_is_gone {
        true => format!("the path `{}` is gone with its operations", base.path),
        false => format!("`{}` is gone", base.name),
    };
    let finding = Finding::new(ReviewRule::OperationRemoved, Verdicts::all(Major), sentence);
    comparison.add(
        finding.at(Some(at), None).values(base.path, ""),
        &Reach::of_all(&base.name),
    );
}

fn added<'a>(comparison: &mut Comparison<'a>, head: &OperationNode<'a>) {
    let is_new_path = !has_path(&comparison.base, head.path);
    let sentence = format!(
        "`{}` is new: {} {}",
        head.name,
        head.method.to_uppercase(),
        head.path
    );
    let finding = Finding::new(ReviewRule::OperationAdded, Verdicts::all(Minor), sentence);
    comparison.add(
        finding
            .at(None, Some(&head.node.at))
            .values("", head.name.as_str()),
        &Reach::of_all(&head.name),
    );
    if is_new_path {
        comparison.claim(None, Some(&head.item.at));
    }
}

fn same_operation<'a>(comparison: &mut Comparison<'a>, base: &OperationNode<'a>, head: &OperationNode<'a>) {
    let pair = Pair {
        base: base.node.clone(),
        head: head.node.clone(),
    };
    let subject = Subject {
        name: format!("`{}`", head.name),
        reach: Reach::of_all(&head.name),
    };
    if !pair.is_same("operationId") {
        comparison
            .renamed_operations
            .insert(base.name.clone(), head.name.clone());
        let keeps = words::rust_name(&pair.base) == words::rust_name(&pair.head);
        let (verdict, rust) = match keeps {
            true => (Patch, "but not its methods"),
            false => (Major, "and so are its methods"),
        };
        let sentence = format!("`{}` is called `{}` now, {rust}", base.name, head.name);
        let found = (ReviewRule::OperationRenamed, Verdicts::rust(verdict), sentence);
        comparison.add_at(&pair, "operationId", &subject, found);
    }
    if (base.method, shape(base.path)) != (head.method, shape(head.path)) {
        let place =
            |operation: &OperationNode<'_>| format!("{} {}", operation.method.to_uppercase(), operation.path);
        let (old, new) = (place(base), place(head));
        let sentence = format!("{} is at {new} in place of {old}", subject.name);
        let finding = Finding::new(
            ReviewRule::OperationMoved,
            Verdicts::new(Major, Patch, Patch),
            sentence,
        );
        let finding = finding.at(Some(&base.node.at), Some(&head.node.at));
        comparison.add_unclaimed(finding.values(old, new), &subject.reach);
    }
    parameters::compare(comparison, base, head);
    // Where one of both has both paths, nothing but the operation has moved.
    if !has_path(&comparison.head, base.path) && !has_path(&comparison.base, head.path) {
        comparison.note_moved(&base.item.at, &head.item.at);
    }
    comparison.note_moved(&base.node.at, &head.node.at);
    bodies::of_requests(comparison, base, head);
    responses::compare(comparison, base, head);
    security::of_operation(comparison, &pair, &subject);
    raises::of_operation(comparison, &pair, &subject);
    pages(comparison, &pair, &subject);
    words::compare(comparison, &pair, &subject);
    let item = Pair {
        base: base.item.clone(),
        head: head.item.clone(),
    };
    words::compare(
        comparison,
        &item,
        &Subject {
            name: format!("`{}`", head.path),
            reach: subject.reach,
        },
    );
}

/// Compares how a list is paged: the client has a stream for each list that is.
fn pages<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "x-pages";
    if pair.is_same(KEY) {
        return;
    }
    let (client, change) = match (pair.base.has(KEY), pair.head.has(KEY)) {
        (false, true) => (Minor, "is paged now, and has streams"),
        (true, false) => (Major, "is no longer paged, and has no streams any more"),
        _ => (Major, "is paged in another way"),
    };
    let sentence = format!("{} {change}", subject.name);
    let verdicts = Verdicts::new(Verdict::None, client, Patch);
    comparison.add_at(pair, KEY, subject, (ReviewRule::PagesChanged, verdicts, sentence));
}
