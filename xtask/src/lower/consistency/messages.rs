//! The messages in the examples of error codes: the code's own, or what the check that fails says instead.
//!
//! Knows the words of a check only where they follow from one constraint; the others are those of the server.

use serde_json::Value;

use crate::contract::{Envelope, ErrorCode, Example, Schemas, Shape};
use crate::lower::error_codes::{Codes, TABLE};
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::raising::{Check, Constraint, Sources, Way, raised};
use crate::rule::Rule;

/// What can be wrong while every operation and every check is known.
const OF_EXAMPLES: [Rule; 4] = [
    Rule::BodyWithoutExample,
    Rule::ErrorCodeWithoutExample,
    Rule::ExampleBreaksSchema,
    Rule::FieldNameUnknown,
];

pub(in crate::lower) fn check(
    lowering: &mut Lowering<'_>,
    operations: &[LoweredOperation<'_>],
    schemas: &Schemas,
    codes: &Codes,
    envelope: &Envelope,
    examples: &[Example],
) {
    let sources = Sources {
        schemas,
        error_codes: &codes.error_codes,
        faults: &codes.faults,
    };
    let mut problems = lowering.problems.iter();
    let checks = Checks {
        schemas,
        raised: raised_by_checks(operations, sources),
        is_complete: problems.all(|problem| OF_EXAMPLES.contains(&problem.rule)),
    };
    for example in examples
        .iter()
        .filter(|example| example.schema == envelope.wrapper)
    {
        let status = example.value.get(&envelope.member);
        let code = status.and_then(|status| status.get(&envelope.code));
        let mut known = codes.error_codes.iter();
        if let Some(code) = known.find(|known| code.and_then(Value::as_str) == Some(&known.code))
            && !names_are_unknown(lowering, example)
        {
            checks.check_message(lowering, example, envelope, code);
        }
    }
}

/// Whether an example names what no operation has: then it is the name that has to be corrected first.
fn names_are_unknown(lowering: &Lowering<'_>, example: &Example) -> bool {
    lowering.problems.iter().any(|problem| {
        let is_inside = match &problem.place {
            Place::Value(at) => at.as_str().starts_with(&format!("{}/", example.at.as_str())),
            _ => false,
        };
        problem.rule == Rule::FieldNameUnknown && is_inside
    })
}

fn raised_by_checks<'c>(
    operations: &'c [LoweredOperation<'_>],
    sources: Sources<'c>,
) -> Vec<(&'c str, Check<'c>)> {
    let of_operations = operations
        .iter()
        .flat_map(|found| raised(sources, &found.operation));
    let ways = of_operations.flat_map(|raised| raised.ways.into_iter().map(move |way| (raised.code, way)));
    ways.filter_map(|(code, way)| match way {
        Way::Check(check) => Some((code, check)),
        Way::Fault(_) | Way::Handler => None,
    })
    .collect()
}

/// The checks of all requests, each with the code that it raises.
struct Checks<'c> {
    schemas: &'c Schemas,
    raised: Vec<(&'c str, Check<'c>)>,
    /// Whether all checks are here: what is wrong elsewhere may be the reason that one is not.
    is_complete: bool,
}

impl Checks<'_> {
    /// Checks that an example says what callers read: the message of its code, or that of a check.
    fn check_message(
        &self,
        lowering: &mut Lowering<'_>,
        example: &Example,
        envelope: &Envelope,
        code: &ErrorCode,
    ) {
        let status = example.value.get(&envelope.member);
        let shown = status
            .and_then(|status| status.get(&envelope.message))
            .and_then(Value::as_str);
        let entries = status
            .and_then(|status| status.get(&envelope.entries))
            .and_then(Value::as_array);
        let fields: Vec<&str> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.get(&envelope.field).and_then(Value::as_str))
            .collect();
        let message = code.message_for(&fields);
        let Some(shown) = shown.filter(|shown| *shown != message) else {
            return;
        };
        let at = example.at.child(&envelope.member).child(&envelope.message);
        let name = fields.first().copied().unwrap_or_default();
        let is_of_check =
            !name.is_empty() && shown.ends_with('.') && shown.starts_with(&format!("{name} must "));
        if is_of_check && !self.is_complete {
            return;
        }
        if is_of_check && self.raised.iter().any(|(of, _)| *of == code.code) {
            let sentences = self.sentences(&code.code, &fields, shown);
            if let Some(likely) = sentences
                .first()
                .filter(|_| !sentences.iter().any(|said| said == shown))
            {
                let sentence = format!("a server says of this `{name}`: {likely}");
                let problem = Problem::at_value(Rule::ExampleBreaksSchema, &at, sentence);
                lowering.add(problem.with_help(format!("write `{likely}`")));
            }
            return;
        }
        let sentence = format!("the message of `{}` with these names is `{message}`", code.code);
        let of_code = Pointer::default().child("components").child("schemas");
        let of_code = of_code
            .child(&envelope.code_schema)
            .child(TABLE)
            .child(&code.code);
        lowering.add(
            Problem::at_value(Rule::ExampleBreaksSchema, &at, sentence)
                .with_related(Place::Key(of_code.child("message")), "the message is here")
                .with_help(format!("write `{message}`")),
        );
    }

    /// What the checks of one field say that raise a code; nothing if that of one of them is not known here.
    fn sentences(&self, code: &str, fields: &[&str], shown: &str) -> Vec<String> {
        let [field] = fields else {
            return Vec::new();
        };
        let of_field = self.raised.iter().filter_map(|(of, check)| {
            let is_same = *of == code && without_indices(&check.name) == without_indices(field);
            is_same.then_some(&check.constraint)
        });
        let sentences = of_field.map(|constraint| self.sentences_of(field, constraint, shown));
        let sentences: Option<Vec<_>> = sentences.collect();
        sentences.into_iter().flatten().flatten().collect()
    }

    /// What a check says of a field. A list of some of an enum's values will do, so that one can be added.
    fn sentences_of(&self, field: &str, constraint: &Constraint<'_>, shown: &str) -> Option<Vec<String>> {
        let said = match constraint {
            Constraint::Values(name) => {
                let schema = self.schemas.named(name)?;
                let Shape::Enum(values) = &schema.shape else {
                    return None;
                };
                let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
                let beginning = format!("{field} must be ");
                let mut said = vec![
                    format!("{beginning}{}.", listed(&values)),
                    format!("{beginning}one of the documented values."),
                ];
                let list = shown
                    .strip_prefix(&beginning)
                    .and_then(|rest| rest.strip_suffix('.'));
                let mut parts = list.into_iter().flat_map(|list| list.split(", "));
                if parts.all(|part| part.split(" or ").all(|value| values.contains(&value))) {
                    said.push(shown.to_owned());
                }
                said
            }
            Constraint::AtLeast(number, unit) => vec![format!("{field} must have at least {number} {unit}.")],
            Constraint::AtMost(number, unit) => vec![format!("{field} must have at most {number} {unit}.")],
            _ => return None,
        };
        Some(said)
    }
}

/// `A`, `A or B`, `A, B or C`.
fn listed(values: &[&str]) -> String {
    match values {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The path of a field without the numbers of items, and without the mark that it is an item.
fn without_indices(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default();
    parts.fold(first.to_owned(), |path, part| {
        path + part.split_once(']').map_or(part, |(_, rest)| rest)
    })
}
