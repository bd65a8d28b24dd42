//! Failing responses: which statuses an operation has, and what the responses say that operations share.

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::operations::bodies::{content, resolved};
use crate::review::rule::ReviewRule;
use crate::review::schemas;
use crate::review::side::{OperationNode, Part, Reach, Side};
use crate::review::words;

use Verdict::{Major, Minor, Patch};

/// Whether an operation can respond with a code of a status, where that is known.
fn has_code_of(side: &Side<'_>, operation: &OperationNode<'_>, status: &str) -> Option<bool> {
    let contract = side.contract?;
    let operation = contract
        .operations
        .iter()
        .find(|known| known.id == operation.name)?;
    let codes = contract
        .error_codes
        .iter()
        .filter(|code| code.status.to_string() == status);
    Some(codes.into_iter().any(|code| operation.codes.contains(&code.code)))
}

/// An operation in both documents.
type Both<'o, 'a> = (&'o OperationNode<'a>, &'o OperationNode<'a>);

/// Reports a status that an operation no longer documents.
pub(in crate::review) fn failing_status_gone<'a>(
    comparison: &mut Comparison<'a>,
    status: &str,
    node: &Node<'a>,
    (base, head): Both<'_, 'a>,
) {
    let follows = has_code_of(&comparison.base, base, status) == Some(true)
        && has_code_of(&comparison.head, head, status) == Some(false);
    if follows {
        comparison.claim(Some(&node.at), None);
        return;
    }
    let sentence = format!("the status {status} is no longer documented");
    let finding = Finding::new(
        ReviewRule::ErrorStatusRemoved,
        Verdicts::new(Major, Patch, Patch),
        sentence,
    );
    let finding = finding.about(status).values(status, "");
    comparison.add(
        finding.at(Some(&node.at), None),
        &Reach::of(&head.name, Part::Failure),
    );
}

/// Reports a status that an operation did not document.
pub(in crate::review) fn failing_status_added<'a>(
    comparison: &mut Comparison<'a>,
    status: &str,
    node: &Node<'a>,
    (base, head): Both<'_, 'a>,
) {
    let reach = Reach::of(&head.name, Part::Failure);
    if status == "default" || status.ends_with("XX") {
        let sentence = format!("a response `{status}` stands for any status");
        let verdicts = Verdicts::new(Minor, Patch, Patch);
        let finding = Finding::new(ReviewRule::DefaultResponseAdded, verdicts, sentence).about(status);
        return comparison.add(finding.at(None, Some(&node.at)), &reach);
    }
    let mut operations = comparison.base.operations.iter();
    let is_known = operations.any(|operation| {
        operation
            .node
            .get("responses")
            .is_some_and(|responses| responses.has(status))
    });
    let follows = has_code_of(&comparison.base, base, status) == Some(false)
        && has_code_of(&comparison.head, head, status) == Some(true);
    let (rule, verdicts, sentence) = match (is_known, follows) {
        (true, true) => return comparison.claim(None, Some(&node.at)),
        (true, false) => (
            ReviewRule::ErrorStatusAdded,
            Verdicts::new(Minor, Patch, Patch),
            format!("the status {status} is documented for more operations"),
        ),
        (false, _) => (
            ReviewRule::ErrorStatusNew,
            Verdicts::new(Major, Minor, Minor),
            format!("{status} is a status that no operation failed with before"),
        ),
    };
    let finding = Finding::new(rule, verdicts, sentence)
        .about(status)
        .values("", status);
    comparison.add(finding.at(None, Some(&node.at)), &reach);
}

/// Compares a failing response that both have.
pub(in crate::review) fn failure<'a>(
    comparison: &mut Comparison<'a>,
    status: &str,
    pair: &Pair<'a>,
    operation: &OperationNode<'a>,
) {
    let mut subject = Subject {
        name: format!("the {status} of `{}`", operation.name),
        reach: Reach::of(&operation.name, Part::Failure),
    };
    if pair.base.has("$ref") && !pair.head.has("$ref") {
        let sentence = format!(
            "{} is its own and not the one that operations share",
            subject.name
        );
        let verdicts = Verdicts::all(Patch);
        let finding = Finding::new(ReviewRule::ErrorResponseInlined, verdicts, sentence);
        comparison.add(
            finding.at(Some(&pair.base.at), Some(&pair.head.at)),
            &subject.reach,
        );
        return;
    }
    let said = Pair {
        base: comparison.base.resolve(&pair.base),
        head: comparison.head.resolve(&pair.head),
    };
    if pair.head.has("$ref") {
        let is_first = comparison.is_first(&said);
        if !is_first && pair.is_same("$ref") {
            return;
        }
        subject.name = format!("the response {status}");
        subject.reach = subject.reach.and(&comparison.head.reach(&said.head.at));
        if !pair.is_same("$ref") {
            schemas::moved(comparison, pair, &said, &subject);
        }
        if !is_first {
            return;
        }
    }
    let (base, head) = said.places("content");
    if said.base.has("content") && !said.head.has("content") {
        let sentence = format!("{} has no body any more", subject.name);
        let finding = Finding::new(ReviewRule::ErrorBodyRemoved, Verdicts::all(Major), sentence);
        comparison.add(finding.at(Some(&base), Some(&head)), &subject.reach);
    } else {
        content(comparison, &said, &subject, ReviewRule::ErrorMediaTypeChanged);
    }
    failure_headers(comparison, &said, &subject);
    words::compare(comparison, &said, &subject);
}

fn failure_headers<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "headers";
    let (common, gone, new) = matched(pair.base.members_of(KEY), pair.head.members_of(KEY));
    for (name, pair) in common {
        let subject = Subject {
            name: format!("the header `{name}` of {}", subject.name),
            reach: subject.reach.clone(),
        };
        let pair = resolved(comparison, &pair, &subject);
        let weaker = pair.base.is_true("required") && !pair.head.is_true("required");
        if weaker && name.eq_ignore_ascii_case("WWW-Authenticate") {
            let sentence = format!("{} may be absent", subject.name);
            let found = (
                ReviewRule::ChallengeRemoved,
                Verdicts::new(Minor, Patch, Patch),
                sentence,
            );
            comparison.add_at(&pair, "required", &subject, found);
        }
        words::compare(comparison, &pair, &subject);
    }
    let changed = gone.into_iter().map(|(name, node)| (name, Some(node), None));
    for (name, old, now) in changed.chain(new.into_iter().map(|(name, node)| (name, None, Some(node)))) {
        let is_challenge = name.eq_ignore_ascii_case("WWW-Authenticate") && old.is_some();
        let rule = if is_challenge {
            ReviewRule::ChallengeRemoved
        } else {
            ReviewRule::WaitChanged
        };
        let change = if old.is_some() { "no longer has" } else { "has" };
        let sentence = format!("{} {change} the header `{name}`", subject.name);
        let finding = Finding::new(rule, Verdicts::all(Minor), sentence);
        let finding = finding.at(
            old.as_ref().map(|node| &node.at),
            now.as_ref().map(|node| &node.at),
        );
        comparison.add(finding, &subject.reach);
    }
}
