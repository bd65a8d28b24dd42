//! The parameters of operations: which there are, where they are sent, and whether they have to be there.

use serde_json::Value;

use crate::document::Node;
use crate::names;
use crate::review::comparison::{Comparison, Pair, Subject};
use crate::review::finding::{Finding, Verdict, Verdicts};
use crate::review::renames;
use crate::review::rule::ReviewRule;
use crate::review::schemas;
use crate::review::schemas::constraints;
use crate::review::schemas::effect;
use crate::review::schemas::members::is_reordered;
use crate::review::side::{OperationNode, Part, Reach};
use crate::review::words;

use Verdict::{Major, Minor, Patch};

/// A parameter: where the operation names it, and what is said of it.
#[derive(Clone)]
struct Parameter<'a> {
    named: Node<'a>,
    said: Node<'a>,
    name: &'a str,
    location: &'a str,
}

/// Compares the parameters of one operation.
pub(in crate::review) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    base: &OperationNode<'a>,
    head: &OperationNode<'a>,
) {
    let of = |parameters: Vec<(Node<'a>, Node<'a>)>| -> Vec<Parameter<'a>> {
        let parameters = parameters.into_iter();
        parameters
            .map(|(named, said)| Parameter {
                name: said.string_of("name").unwrap_or_default(),
                location: said.string_of("in").unwrap_or_default(),
                named,
                said,
            })
            .collect()
    };
    let old = of(comparison.base.parameters(base));
    let new = of(comparison.head.parameters(head));
    let reach = Reach::of(&head.name, Part::Request);
    let has_query = old.iter().any(|parameter| parameter.location == "query");
    let same =
        |one: &Parameter<'_>, other: &Parameter<'_>| one.name == other.name && one.location == other.location;
    let mut pairs = Vec::new();
    let gone: Vec<_> = old
        .iter()
        .filter(|one| !new.iter().any(|other| same(one, other)))
        .collect();
    let mut added: Vec<_> = new
        .iter()
        .filter(|one| !old.iter().any(|other| same(one, other)))
        .collect();
    for one in &old {
        if let Some(other) = new.iter().find(|other| same(one, other)) {
            pairs.push((one, other));
        }
    }
    let valued = |found: &[&Parameter<'a>]| -> Vec<(&'a str, &'a Value)> {
        found
            .iter()
            .map(|parameter| (parameter.name, parameter.said.value))
            .collect()
    };
    let renamed = renames::alike(&valued(&gone), &valued(&added));
    for one in gone {
        let now = renamed
            .iter()
            .find(|(old, _)| old == one.name)
            .map(|(_, new)| new.as_str());
        let moved = added.iter().position(|other| other.name == one.name);
        let other = moved.or_else(|| added.iter().position(|other| Some(other.name) == now));
        let Some(other) = other.map(|at| added.remove(at)) else {
            removed(comparison, one, &reach);
            continue;
        };
        renamed_or_moved(comparison, one, other, &reach);
        pairs.push((one, other));
    }
    for other in added {
        let is_required = other.said.is_true("required");
        let verdicts = match (is_required, other.location == "query" && has_query) {
            (false, true) => Verdicts::all(Minor),
            (true, true) => Verdicts::new(Major, Major, Minor),
            (false, false) => Verdicts::new(Minor, Major, Major),
            (true, false) => Verdicts::all(Major),
        };
        let required = if is_required { ", and has to be there" } else { "" };
        let sentence = format!("{} is new{required}", name_of(other, &head.name));
        let finding = Finding::new(ReviewRule::ParameterAdded, verdicts, sentence);
        comparison.add(
            finding.at(None, Some(&other.named.at)).values("", other.name),
            &reach,
        );
    }
    for (one, other) in pairs {
        same_parameter(comparison, one, other, head);
    }
    arguments(comparison, (&old, &new), head);
}

fn name_of(parameter: &Parameter<'_>, operation: &str) -> String {
    format!(
        "the {} parameter `{}` of `{operation}`",
        parameter.location, parameter.name
    )
}

fn removed<'a>(comparison: &mut Comparison<'a>, one: &Parameter<'a>, reach: &Reach) {
    let operation = reach.operations.iter().next().cloned().unwrap_or_default();
    let sentence = format!("{} is gone", name_of(one, &operation));
    let finding = Finding::new(ReviewRule::ParameterRemoved, Verdicts::all(Major), sentence);
    comparison.add(finding.at(Some(&one.named.at), None).values(one.name, ""), reach);
}

fn renamed_or_moved<'a>(
    comparison: &mut Comparison<'a>,
    one: &Parameter<'a>,
    other: &Parameter<'a>,
    reach: &Reach,
) {
    // A component that several operations name is changed once.
    let at = [&one.said, &other.said].map(|node| node.at.clone());
    let [base, head] = &at;
    let (rule, sentence, values) = if one.location == other.location {
        let sentence = format!(
            "the {} parameter `{}` is called `{}` now",
            one.location, one.name, other.name
        );
        (ReviewRule::ParameterRenamed, sentence, (one.name, other.name))
    } else {
        let sentence = format!(
            "the parameter `{}` is in the {} in place of the {}",
            one.name, other.location, one.location
        );
        (
            ReviewRule::ParameterMoved,
            sentence,
            (one.location, other.location),
        )
    };
    let (old, new) = values;
    // Arguments of a method have no names for those who call it.
    let rust = |parameter: &Parameter<'_>| match (parameter.location, parameter.said.string_of("x-rust-name"))
    {
        ("query", Some(name)) => name.to_owned(),
        ("query", None) => names::value_name(parameter.name),
        (location, _) => location.to_owned(),
    };
    let verdicts = effect::renamed(&rust(one), &rust(other));
    let finding = Finding::new(rule, verdicts, sentence).values(old, new);
    comparison.add(finding.at(Some(base), Some(head)), reach);
    comparison.claim(Some(&one.named.at), Some(&other.named.at));
}

/// Compares what is said of one parameter.
fn same_parameter<'a>(
    comparison: &mut Comparison<'a>,
    one: &Parameter<'a>,
    other: &Parameter<'a>,
    operation: &OperationNode<'a>,
) {
    let pair = Pair {
        base: one.said.clone(),
        head: other.said.clone(),
    };
    let named = Pair {
        base: one.named.clone(),
        head: other.named.clone(),
    };
    let is_shared = named.head.has("$ref");
    let is_known = is_shared && !comparison.is_first(&pair);
    if is_known && named.is_same("$ref") {
        return;
    }
    let mut reach = Reach::of(&operation.name, Part::Request);
    let name = if is_shared {
        reach = reach.and(&comparison.head.reach(&other.said.at));
        format!("the {} parameter `{}`", other.location, other.name)
    } else {
        name_of(other, &operation.name)
    };
    let subject = Subject { name, reach };
    if !named.is_same("$ref") {
        schemas::moved(comparison, &named, &pair, &subject);
    }
    if is_known {
        return;
    }
    let required = |rule, verdicts, sentence| (rule, verdicts, format!("{} {sentence}", subject.name));
    match (pair.base.is_true("required"), pair.head.is_true("required")) {
        (false, true) => {
            let found = required(
                ReviewRule::ParameterRequired,
                Verdicts::all(Major),
                "has to be there",
            );
            comparison.add_at(&pair, "required", &subject, found);
        }
        (true, false) => {
            let verdicts = Verdicts::new(Minor, Major, Major);
            let found = required(ReviewRule::ParameterOptional, verdicts, "can be absent");
            comparison.add_at(&pair, "required", &subject, found);
        }
        _ => {}
    }
    if !pair.is_same("x-omit-prefix") {
        let sentence = format!("{} has another form in the path", subject.name);
        let found = (
            ReviewRule::PathFormChanged,
            Verdicts::new(Major, Patch, Patch),
            sentence,
        );
        comparison.add_at(&pair, "x-omit-prefix", &subject, found);
    }
    constraints::invalid_code_of_parameter(comparison, &pair, &subject);
    if let Some(schema) = pair.get("schema") {
        schemas::compare(comparison, &schema, &subject);
    }
    words::compare(comparison, &pair, &subject);
}

/// Compares the order of what becomes arguments: of methods all but the query, of the query what has to be there.
fn arguments<'a>(
    comparison: &mut Comparison<'a>,
    (old, new): (&[Parameter<'a>], &[Parameter<'a>]),
    operation: &OperationNode<'a>,
) {
    for location in ["path", "query", "header"] {
        let names = |parameters: &[Parameter<'a>]| -> Vec<&'a str> {
            let parameters = parameters
                .iter()
                .filter(|parameter| parameter.location == location);
            parameters
                .filter(|parameter| location != "query" || parameter.said.is_true("required"))
                .map(|parameter| parameter.name)
                .collect()
        };
        let (old, new) = (names(old), names(new));
        if is_reordered(&old, &new) {
            let sentence = format!("the arguments of `{}` in Rust have another order", operation.name);
            let finding = Finding::new(ReviewRule::ArgumentsReordered, Verdicts::rust(Major), sentence);
            let finding = finding
                .values(old.join(", "), new.join(", "))
                .about(operation.name.as_str());
            let at = operation.node.at.child("parameters");
            comparison.add(
                finding.at(None, Some(&at)),
                &Reach::of(&operation.name, Part::Request),
            );
        }
    }
}
