//! Who raises which code: faults and violations of the document, and handlers of operations.

use std::collections::BTreeSet;

use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::side::{Reach, Side};

/// The operations that can respond with a code.
pub(in crate::review) fn raised_by(side: &Side<'_>, code: &str) -> Reach {
    let operations = side.contract.map(|contract| contract.operations.as_slice());
    let raising = operations.unwrap_or_default().iter();
    let raising = raising.filter(|operation| operation.codes.iter().any(|known| known == code));
    Reach {
        operations: raising.map(|operation| operation.id.clone()).collect(),
        failure: true,
        ..Reach::default()
    }
}

/// Compares the codes of faults and violations.
pub(in crate::review) fn of_faults(comparison: &mut Comparison<'_>) {
    const KEY: &str = "x-faults";
    let (common, gone, new) = matched(
        comparison.base.root.members_of(KEY),
        comparison.head.root.members_of(KEY),
    );
    let everywhere = comparison.base.everything();
    for (name, pair) in common {
        let (Some(old), Some(new)) = (pair.base.string(), pair.head.string()) else {
            continue;
        };
        let follows = comparison.changed_codes.contains(old) && comparison.changed_codes.contains(new);
        if old == new || follows {
            continue;
        }
        let sentence = format!("`{name}` raises `{new}` in place of `{old}`");
        let finding = Finding::new(
            ReviewRule::FaultCodeChanged,
            Verdicts::all(Verdict::Major),
            sentence,
        );
        comparison.add(
            finding
                .at(Some(&pair.base.at), Some(&pair.head.at))
                .values(old, new),
            &everywhere,
        );
    }
    for (name, node) in gone
        .into_iter()
        .map(|gone| (gone.0, (Some(gone.1.at), None)))
        .chain(new.into_iter().map(|new| (new.0, (None, Some(new.1.at)))))
    {
        let (base, head) = node;
        let sentence = format!("the fault or violation `{name}` is mapped in one of the documents only");
        let finding = Finding::new(
            ReviewRule::FaultCodeChanged,
            Verdicts::all(Verdict::Minor),
            sentence,
        );
        comparison.add(finding.at(base.as_ref(), head.as_ref()), &everywhere);
    }
}

/// Compares the codes that the handler of an operation raises.
pub(in crate::review) fn of_operation<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
) {
    const KEY: &str = "x-raises";
    let [old, new] =
        [&pair.base, &pair.head].map(|node| node.strings_of(KEY).into_iter().collect::<BTreeSet<_>>());
    let (base, head) = pair.places(KEY);
    for code in old.symmetric_difference(&new) {
        comparison.claim(Some(&base), Some(&head));
        if comparison.changed_codes.contains(code) {
            continue;
        }
        let is_new = new.contains(code);
        let side = if is_new {
            &comparison.base
        } else {
            &comparison.head
        };
        let derived = raised_by(side, code)
            .operations
            .is_superset(&subject.reach.operations);
        let (rule, verdicts, sentence) = match (is_new, derived) {
            (true, false) => (
                ReviewRule::OperationCodesWidened,
                Verdicts::all(Verdict::Minor),
                format!("handlers of more operations raise `{code}`"),
            ),
            (false, false) => (
                ReviewRule::OperationCodesNarrowed,
                Verdicts::new(Verdict::Minor, Verdict::Patch, Verdict::Major),
                format!("handlers of fewer operations raise `{code}`"),
            ),
            // A check of the request raises it anyway.
            (true, true) => (
                ReviewRule::OperationCodesWidened,
                Verdicts::all(Verdict::Patch),
                format!("handlers raise `{code}`, which checks raise already"),
            ),
            (false, true) => (
                ReviewRule::OperationCodesNarrowed,
                Verdicts::all(Verdict::Patch),
                format!("handlers no longer raise `{code}`, and checks still do"),
            ),
        };
        let finding = Finding::new(rule, verdicts, sentence).about(code.as_str());
        comparison.add(finding.at(Some(&base), Some(&head)), &subject.reach);
    }
}
