//! The responses of operations, and what is said of successful ones.

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::operations::bodies::{content, resolved};
use crate::review::operations::failures::{failing_status_added, failing_status_gone, failure};
use crate::review::rule::ReviewRule;
use crate::review::schemas;
use crate::review::side::{OperationNode, Part, Reach, part_of};
use crate::review::words;

use Verdict::{Major, Minor, Patch};

/// Compares the responses of an operation.
pub(in crate::review) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    base: &OperationNode<'a>,
    head: &OperationNode<'a>,
) {
    const KEY: &str = "responses";
    let (common, mut gone, mut new) = matched(base.node.members_of(KEY), head.node.members_of(KEY));
    for (status, pair) in common {
        match part_of(status) {
            Part::Failure => failure(comparison, status, &pair, head),
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
        comparison.note_moved(&base.at, &node.at);
        let finding = finding.about(node.at.as_str()).values(old, now);
        comparison.add_unclaimed(
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
