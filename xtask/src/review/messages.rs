//! What operations send and receive: request bodies, successes and failing responses.

use std::collections::BTreeSet;

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::schemas;
use crate::review::side::{OperationNode, Part, Reach, Side, part_of};
use crate::review::words;

use Verdict::{Major, Minor, Patch};

/// Compares the request bodies of an operation.
pub(super) fn bodies<'a>(
    comparison: &mut Comparison<'a>,
    base: &OperationNode<'a>,
    head: &OperationNode<'a>,
) {
    const KEY: &str = "requestBody";
    let name = &head.name;
    let reach = Reach::of(name, Part::Request);
    let pair = match (base.node.get(KEY), head.node.get(KEY)) {
        (None, None) => return,
        (Some(old), None) => {
            let sentence = format!("requests of `{name}` have no body any more");
            let finding = Finding::new(ReviewRule::BodyRemoved, Verdicts::all(Major), sentence);
            return comparison.add(finding.at(Some(&old.at), None), &reach);
        }
        (None, Some(new)) => {
            let required = comparison.head.resolve(&new).is_true("required");
            let wire = if required { Major } else { Minor };
            let sentence = format!("requests of `{name}` have a body");
            let finding = Finding::new(ReviewRule::BodyAdded, Verdicts::new(wire, Major, Major), sentence);
            return comparison.add(finding.at(None, Some(&new.at)), &reach);
        }
        (Some(base), Some(head)) => Pair { base, head },
    };
    let subject = Subject {
        name: format!("the request body of `{name}`"),
        reach,
    };
    let said = resolved(comparison, &pair, &subject);
    match (said.base.is_true("required"), said.head.is_true("required")) {
        (false, true) => {
            let sentence = format!("{} has to be there", subject.name);
            let found = (ReviewRule::BodyRequired, Verdicts::all(Major), sentence);
            comparison.add_at(&said, "required", &subject, found);
        }
        (true, false) => {
            let sentence = format!("{} can be absent", subject.name);
            let found = (
                ReviewRule::BodyOptional,
                Verdicts::new(Minor, Major, Major),
                sentence,
            );
            comparison.add_at(&said, "required", &subject, found);
        }
        _ => {}
    }
    content(comparison, &said, &subject, ReviewRule::BodyMediaTypeChanged);
    words::compare(comparison, &said, &subject);
}

/// What both references lead to. That they differ is said once.
fn resolved<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) -> Pair<'a> {
    let said = Pair {
        base: comparison.base.resolve(&pair.base),
        head: comparison.head.resolve(&pair.head),
    };
    if !pair.is_same("$ref") {
        schemas::moved(comparison, pair, &said, subject);
    }
    said
}

/// Compares the bodies of a message by their media types.
fn content<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject, rule: ReviewRule) {
    const KEY: &str = "content";
    let (mut common, gone, new) = matched(pair.base.members_of(KEY), pair.head.members_of(KEY));
    if !(gone.is_empty() && new.is_empty()) {
        let names =
            |found: &[(&str, Node<'_>)]| found.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let (old, now) = (names(&gone), names(&new));
        let sentence = match (old.as_str(), now.as_str()) {
            (old, "") => format!("{} is no longer sent as `{old}`", subject.name),
            ("", now) => format!("{} is also sent as `{now}`", subject.name),
            (old, now) => format!("{} is sent as `{now}` in place of `{old}`", subject.name),
        };
        let rust = if rule == ReviewRule::BodyMediaTypeChanged {
            Major
        } else {
            Patch
        };
        let finding = Finding::new(rule, Verdicts::new(Major, rust, rust), sentence).values(old, now);
        let (base, head) = pair.places(KEY);
        // What is said of either is compared as one body.
        if let ([(_, base)], [(media_type, head)]) = (gone.as_slice(), new.as_slice()) {
            let pair = Pair {
                base: base.clone(),
                head: head.clone(),
            };
            common.push((media_type, pair));
        }
        comparison.add(finding.at(Some(&base), Some(&head)), &subject.reach);
    }
    for (_, pair) in common {
        if let Some(schema) = pair.get("schema") {
            schemas::compare(comparison, &schema, subject);
        }
        words::compare(comparison, &pair, subject);
    }
}

/// The failing responses that were compared already: operations share them.
pub(super) type Compared = BTreeSet<(String, String)>;

/// Compares the responses of an operation.
pub(super) fn responses<'a>(
    comparison: &mut Comparison<'a>,
    base: &OperationNode<'a>,
    head: &OperationNode<'a>,
    compared: &mut Compared,
) {
    const KEY: &str = "responses";
    let (common, mut gone, mut new) = matched(base.node.members_of(KEY), head.node.members_of(KEY));
    for (status, pair) in common {
        match part_of(status) {
            Part::Failure => failure(comparison, status, &pair, head, compared),
            Part::Response | Part::Request => success(comparison, &pair, head),
        }
    }
    let is_success = |(status, _): &(&str, Node<'_>)| part_of(status) == Part::Response;
    if let (Some(old), Some(now)) = (gone.iter().position(is_success), new.iter().position(is_success)) {
        let ((old, base), (now, node)) = (gone.remove(old), new.remove(now));
        let sentence = format!("`{}` succeeds with {now} in place of {old}", head.name);
        let finding = Finding::new(
            ReviewRule::SuccessStatusChanged,
            Verdicts::new(Major, Patch, Patch),
            sentence,
        );
        // Only the status itself: what is below it is compared.
        let finding = finding.about(node.at.as_str()).values(old, now);
        comparison.add(
            finding.at(Some(&base.at), Some(&node.at)),
            &Reach::of(&head.name, Part::Response),
        );
        success(comparison, &Pair { base, head: node }, head);
    }
    for (status, node) in gone {
        failing_status_gone(comparison, status, &node, (base, head));
    }
    for (status, node) in new {
        failing_status_added(comparison, status, &node, (base, head));
    }
}

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

type Both<'o, 'a> = (&'o OperationNode<'a>, &'o OperationNode<'a>);

fn failing_status_gone<'a>(
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

fn failing_status_added<'a>(
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

fn failure<'a>(
    comparison: &mut Comparison<'a>,
    status: &str,
    pair: &Pair<'a>,
    operation: &OperationNode<'a>,
    compared: &mut Compared,
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
        subject.name = format!("the response {status}");
        subject.reach = subject.reach.and(&comparison.head.reach(&said.head.at));
        if !pair.is_same("$ref") {
            schemas::moved(comparison, pair, &said, &subject);
        }
        if !compared.insert((said.base.at.as_str().to_owned(), said.head.at.as_str().to_owned())) {
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

fn success<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, operation: &OperationNode<'a>) {
    let subject = Subject {
        name: format!("the success of `{}`", operation.name),
        reach: Reach::of(&operation.name, Part::Response),
    };
    let said = resolved(comparison, pair, &subject);
    let [before, after] = [&said.base, &said.head].map(|node| node.has("content"));
    if before == after {
        content(comparison, &said, &subject, ReviewRule::BodyMediaTypeChanged);
    } else {
        let wire = if after { Minor } else { Major };
        let sentence = match after {
            true => format!("{} has a body", subject.name),
            false => format!("{} has no body any more", subject.name),
        };
        let found = (
            ReviewRule::SuccessBodyChanged,
            Verdicts::new(wire, Major, Major),
            sentence,
        );
        comparison.add_at(&said, "content", &subject, found);
    }
    success_headers(comparison, &said, &subject);
    words::compare(comparison, &said, &subject);
}

fn success_headers<'a>(comparison: &mut Comparison<'a>, pair: &Pair<'a>, subject: &Subject) {
    const KEY: &str = "headers";
    let (common, gone, new) = matched(pair.base.members_of(KEY), pair.head.members_of(KEY));
    // A method of the trait returns `Success` if there are headers.
    let becomes = pair.base.members_of(KEY).is_empty() != pair.head.members_of(KEY).is_empty();
    for (name, header) in &common {
        let subject = Subject {
            name: format!("the header `{name}` of {}", subject.name),
            reach: subject.reach.clone(),
        };
        let header = &resolved(comparison, header, &subject);
        let wire = match (header.base.is_true("required"), header.head.is_true("required")) {
            (true, false) => Some((Major, "may be absent")),
            (false, true) => Some((Minor, "has to be there")),
            _ => None,
        };
        if let Some((wire, change)) = wire {
            let server = if wire == Minor { Major } else { Minor };
            let sentence = format!("{} {change}", subject.name);
            let found = (
                ReviewRule::ResponseHeaderChanged,
                Verdicts::new(wire, Patch, server),
                sentence,
            );
            comparison.add_at(header, "required", &subject, found);
        }
        if let Some(schema) = header.get("schema") {
            schemas::compare(comparison, &schema, &subject);
        }
        words::compare(comparison, header, &subject);
    }
    for (name, header) in gone {
        let server = if becomes { Major } else { Minor };
        let sentence = format!("{} no longer has the header `{name}`", subject.name);
        let finding = Finding::new(
            ReviewRule::ResponseHeaderChanged,
            Verdicts::new(Major, Minor, server),
            sentence,
        );
        comparison.add(finding.at(Some(&header.at), None), &subject.reach);
    }
    for (name, header) in new {
        let server = if becomes || header.is_true("required") {
            Major
        } else {
            Minor
        };
        let sentence = format!("{} has the header `{name}`", subject.name);
        let finding = Finding::new(
            ReviewRule::ResponseHeaderChanged,
            Verdicts::new(Minor, Minor, server),
            sentence,
        );
        comparison.add(finding.at(None, Some(&header.at)), &subject.reach);
    }
}
