//! Bodies of messages: their media types, and what is said of each. Also request bodies as a whole.

use crate::document::Node;
use crate::review::comparison::{Comparison, Pair, Subject, matched};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::rule::ReviewRule;
use crate::review::schemas;
use crate::review::side::{OperationNode, Part, Reach};
use crate::review::words;

use Verdict::{Major, Minor, Patch};

/// Compares the request bodies of an operation.
pub(in crate::review) fn of_requests<'a>(
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
pub(in crate::review) fn resolved<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
) -> Pair<'a> {
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
pub(in crate::review) fn content<'a>(
    comparison: &mut Comparison<'a>,
    pair: &Pair<'a>,
    subject: &Subject,
    rule: ReviewRule,
) {
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
