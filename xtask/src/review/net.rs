//! The net below all rules: a difference that no finding claims is a finding itself.

pub(super) mod difference;

use std::collections::BTreeSet;

use crate::document::Node;
use crate::pointer::Pointer;
use crate::review::comparison::{Comparison, text};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::net::difference::{Difference, differences};
use crate::review::rule::ReviewRule;
use crate::review::schemas::members::is_reordered;
use crate::review::side::{Reach, Side};

/// Adds what no rule has claimed. Runs last.
pub(super) fn cast(comparison: &mut Comparison<'_>) {
    claim_components(comparison);
    for difference in all_differences(comparison) {
        match difference {
            Difference::Order { base, head } => order(comparison, &base, &head),
            Difference::Value { base, head } => value(comparison, base.as_ref(), head.as_ref()),
        }
    }
}

/// The differences of both documents, where what has moved is compared with what it was.
fn all_differences(comparison: &Comparison<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    let whole = (Pointer::default(), Pointer::default());
    for pair in comparison.moved.iter().chain([&whole]) {
        let (Some(base), Some(head)) = (
            comparison.base.root.find(&pair.0),
            comparison.head.root.find(&pair.1),
        ) else {
            continue;
        };
        let within = comparison
            .moved
            .iter()
            .filter(|moved| *moved != pair && moved.0.is_within(&pair.0) && moved.1.is_within(&pair.1));
        let within = within.cloned().unzip();
        let differences = differences((base.value, &pair.0), (head.value, &pair.1)).into_iter();
        found.extend(differences.filter(|difference| !difference.is_within(&within)));
    }
    found
}

/// A component that only one of the documents has follows from what uses it, which has a finding. One that nothing
/// uses is a problem.
fn claim_components(comparison: &mut Comparison<'_>) {
    let components = |root: &Node<'_>| -> BTreeSet<Pointer> {
        let kinds = root.members_of("components").into_iter();
        let all = kinds.filter(|(kind, _)| !kind.starts_with("x-"));
        all.flat_map(|(_, kind)| kind.members())
            .map(|(_, node)| node.at)
            .collect()
    };
    let (old, new) = (
        components(&comparison.base.root),
        components(&comparison.head.root),
    );
    for at in old.difference(&new) {
        comparison.claim(Some(at), None);
    }
    for at in new.difference(&old) {
        comparison.claim(None, Some(at));
    }
}

/// Order decides where generated items stand, and which of two wrong values decides the code of a response.
fn order(comparison: &mut Comparison<'_>, base: &Pointer, head: &Pointer) {
    let sentence = format!("the parts of {} stand in another order", place(head));
    let [old, new] = [(&comparison.base, base), (&comparison.head, head)].map(|(side, at)| codes(side, at));
    let wire = match is_reordered(&old, &new) {
        true => Verdict::Minor,
        false => Verdict::Patch,
    };
    let verdicts = Verdicts::new(wire, Verdict::Patch, Verdict::Patch);
    let finding = Finding::new(ReviewRule::OrderChanged, verdicts, sentence);
    let reach = reach(comparison, Some(base), Some(head));
    comparison.add_unclaimed(finding.at(Some(base), Some(head)), &reach);
}

/// The codes that wrong values of parameters or members raise, in their order, each where it is first.
fn codes(side: &Side<'_>, at: &Pointer) -> Vec<String> {
    let mut codes = Vec::new();
    let is_checked = matches!(at.last().as_str(), "parameters" | "properties");
    let Some(whole) = side.root.find(at).filter(|_| is_checked) else {
        return codes;
    };
    let members = whole.members().into_iter().map(|(_, member)| member);
    for part in members.chain(whole.items()) {
        let part = side.resolve(&part);
        let schema = part.get("schema").map(|schema| side.resolve(&schema));
        let all = [Some(part), schema];
        let code = all
            .iter()
            .flatten()
            .find_map(|node| node.string_of("x-invalid-code"));
        if let Some(code) = code.map(str::to_owned).filter(|code| !codes.contains(code)) {
            codes.push(code);
        }
    }
    codes
}

fn value(comparison: &mut Comparison<'_>, base: Option<&Pointer>, head: Option<&Pointer>) {
    let is_version = |at: &Pointer| at.as_str() == "/info/version";
    if comparison.is_claimed(base, head)
        || head.or(base).is_some_and(is_version)
        || follows(comparison, base, head)
    {
        return;
    }
    let (old, new) = (
        base.and_then(|at| comparison.base.root.find(at)),
        head.and_then(|at| comparison.head.root.find(at)),
    );
    // What differs in one object is one finding, at the object.
    let object = |at: &Pointer| at.parent();
    let subject = head.or(base).map(object).unwrap_or_default();
    let at = head.or(base).cloned().unwrap_or_default();
    let sentence = format!(
        "`{}` of {} changed, and no rule knows what that means",
        at.last(),
        place(&subject)
    );
    let verdicts = Verdicts::all(Verdict::Patch);
    let finding = Finding::new(ReviewRule::ChangeNotUnderstood, verdicts, sentence)
        .values(text(old.map(|node| node.value)), text(new.map(|node| node.value)))
        .about(subject.as_str());
    let reach = reach(comparison, base, head);
    comparison.add_unclaimed(finding.at(base, head), &reach);
}

/// Whether a difference is nothing but the name of a code that is new, gone or renamed, or an example of it.
fn follows(comparison: &Comparison<'_>, base: Option<&Pointer>, head: Option<&Pointer>) -> bool {
    let codes = &comparison.changed_codes;
    let names = |at: &Pointer| {
        let examples = at.keys().any(|key| key == "examples");
        let tables = at.keys().any(|key| key == "x-error-codes");
        let known = |key| codes.contains(&key) || comparison.reworded_codes.contains(&key);
        (tables && at.keys().any(|key| codes.contains(&key))) || (examples && at.keys().any(known))
    };
    let is = |root: &Node<'_>, at: &Pointer| {
        root.find(at)
            .and_then(|node| node.string())
            .is_some_and(|text| codes.contains(text))
    };
    base.is_some_and(|at| names(at) || is(&comparison.base.root, at))
        || head.is_some_and(|at| names(at) || is(&comparison.head.root, at))
}

/// The operations that reach a place: those of the component or the operation that it is in.
fn reach(comparison: &Comparison<'_>, base: Option<&Pointer>, head: Option<&Pointer>) -> Reach {
    let within = |at: &Pointer, depth: usize| {
        at.keys()
            .take(depth)
            .fold(Pointer::default(), |at, key| at.child(&key))
    };
    let mut reach = Reach::default();
    for (side, at) in [(&comparison.base, base), (&comparison.head, head)] {
        let Some(at) = at else { continue };
        let place = within(at, 3);
        reach = reach.and(&side.reach(&place));
        let here = side.operations.iter().filter(|operation| {
            operation.node.at == place || (at.keys().count() == 2 && operation.item.at == *at)
        });
        let names: BTreeSet<_> = here.map(|operation| operation.name.clone()).collect();
        reach.operations.extend(names);
    }
    reach
}

/// A place in words.
fn place(at: &Pointer) -> String {
    if at.as_str().is_empty() {
        return "the document".to_owned();
    }
    format!("`{at}`")
}
