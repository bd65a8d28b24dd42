//! What makes a right request a wrong one: the mistake that breaks one constraint, or an identifier that nothing has.

use std::ops::Bound;

use serde_json::{Value, json};

use super::request::Trigger;
use super::right::{self, Step, steps, text};
use super::shown::Shown;
use crate::contract::{Contract, Operation, Range, Shape};
use crate::pattern;
use crate::raising::{Check, Constraint};

/// A request that breaks one constraint and no other before it. Nothing if no short mistake does.
pub(super) fn breaking<'c>(
    contract: &'c Contract,
    operation: &'c Operation,
    check: &Check<'c>,
    shown: &Shown,
) -> Option<Trigger<'c>> {
    match check.location {
        None => breaking_body(contract, operation, check, shown),
        Some(_) => breaking_parameter(contract, operation, check),
    }
}

fn breaking_parameter<'c>(
    contract: &'c Contract,
    operation: &'c Operation,
    check: &Check<'c>,
) -> Option<Trigger<'c>> {
    let name = check.name.trim_end_matches("[]");
    let parameter = operation
        .parameters
        .iter()
        .find(|parameter| parameter.name == name && Some(parameter.location) == check.location)?;
    let right = match &parameter.example {
        Value::Array(items) if check.name.ends_with("[]") => items.first().cloned()?,
        other => other.clone(),
    };
    let sent = match &check.constraint {
        Constraint::Present => Vec::new(),
        Constraint::Once => vec![text(&right), text(&right)],
        // Every text is a string, and what is not UTF-8 is no text.
        Constraint::Type("string") => return None,
        constraint => vec![text(&mistake(contract, constraint, &right)?)],
    };
    let mut trigger = right::trigger(contract, operation, None);
    trigger
        .parameters
        .retain(|(known, _)| known.name != parameter.name);
    if !sent.is_empty() {
        trigger.parameters.push((parameter, sent));
    }
    Some(trigger)
}

fn breaking_body<'c>(
    contract: &'c Contract,
    operation: &'c Operation,
    check: &Check<'c>,
    shown: &Shown,
) -> Option<Trigger<'c>> {
    let way = steps(&check.name);
    let mut trigger = right::trigger(contract, operation, Some(&way));
    if way.is_empty() && check.constraint == Constraint::Present {
        trigger.body = None;
        return Some(trigger);
    }
    let body = trigger.body.as_mut()?;
    match &check.constraint {
        Constraint::Present => {
            let (Step::Member(last), parents) = way.split_last()? else {
                return None;
            };
            at(body, parents)?.as_object_mut()?.shift_remove(last)?;
            // The example may be one of several that are missing.
            for other in shown.fields.iter().map(|name| steps(&name.replace("[0]", "[]"))) {
                if let Some((Step::Member(last), parents)) = other.split_last() {
                    at(body, parents)?.as_object_mut()?.shift_remove(last);
                }
            }
        }
        Constraint::AnyOf(alternatives) => {
            let members = at(body, &way)?.as_object_mut()?;
            for name in alternatives.iter().flatten() {
                members.shift_remove(name);
            }
        }
        constraint => {
            let (last, parents) = way.split_last()?;
            let parent = at(body, parents)?;
            let value = match (last, parent) {
                (Step::Member(name), Value::Object(members)) => members.get_mut(name)?,
                (Step::Item, Value::Array(items)) => items.first_mut()?,
                _ => return None,
            };
            *value = mistake(contract, constraint, value)?;
        }
    }
    Some(trigger)
}

fn at<'v>(value: &'v mut Value, way: &[Step]) -> Option<&'v mut Value> {
    way.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Item => value.get_mut(0),
    })
}

/// A value that breaks a constraint, as near to the right one as a person's mistake would be.
fn mistake(contract: &Contract, constraint: &Constraint<'_>, right: &Value) -> Option<Value> {
    Some(match constraint {
        Constraint::Type("string" | "array" | "object") => json!(1),
        Constraint::Type(_) => json!("x"),
        Constraint::Values(name) => {
            let Shape::Enum(values) = &contract.schema(name)?.shape else {
                return None;
            };
            let is_known = |text: &String| values.iter().any(|known| known.value == *text);
            let mistakes = mistakes(right.as_str()?);
            json!(
                mistakes
                    .into_iter()
                    .find(|text| !is_known(text) && !text.is_empty())?
            )
        }
        Constraint::Pattern(pattern) => {
            let mistakes = mistakes(right.as_str()?);
            json!(
                mistakes
                    .into_iter()
                    .find(|text| !pattern::matches(pattern, text))?
            )
        }
        Constraint::Format(_) => json!("x"),
        Constraint::AtLeast(least, _) => resized(right, least.checked_sub(1)?)?,
        Constraint::AtMost(most, _) => resized(right, most.checked_add(1)?)?,
        Constraint::Range(Range::Integer(least, most)) => match (least, most) {
            (_, Bound::Included(most)) => json!(most.checked_add(1)?),
            (Bound::Included(least), _) => json!(least.checked_sub(1)?),
            _ => return None,
        },
        Constraint::Range(Range::Number(least, most)) => match (least, most) {
            (_, Bound::Included(most)) => json!(most + 1.0),
            (Bound::Included(least), _) => json!(least - 1.0),
            (_, Bound::Excluded(most)) => json!(most),
            (Bound::Excluded(least), _) => json!(least),
            _ => return None,
        },
        Constraint::Unique => {
            let first = right.get(0)?;
            json!([first, first])
        }
        Constraint::Present | Constraint::AnyOf(_) | Constraint::NotBoth(_) | Constraint::Once => {
            return None;
        }
    })
}

/// What people write in place of a text: in small letters, without its beginning, something else.
fn mistakes(right: &str) -> [String; 4] {
    let mut characters = right.chars();
    characters.next();
    let rest = characters.as_str().to_owned();
    [right.to_lowercase(), rest, "x".to_owned(), String::new()]
}

/// A text or an array of another length.
fn resized(right: &Value, length: usize) -> Option<Value> {
    // Longer ones would fill the page.
    const LONGEST: usize = 300;
    if length > LONGEST {
        return None;
    }
    Some(match right {
        Value::String(text) => {
            let filling = text.chars().next().unwrap_or('x');
            let characters = text.chars().chain(std::iter::repeat(filling));
            json!(characters.take(length).collect::<String>())
        }
        Value::Array(items) => json!(items.iter().cycle().take(length).collect::<Vec<_>>()),
        _ => return None,
    })
}

/// A request that fails by what it names in the parameters of the example: what the document says was sent, or else
/// what does not exist.
pub(super) fn unknown<'c>(
    contract: &'c Contract,
    operation: &'c Operation,
    shown: &Shown,
) -> Option<Trigger<'c>> {
    let mut trigger = right::trigger(contract, operation, None);
    for field in &shown.fields {
        let sent = |right: &str| {
            let mut known = shown.sent.iter();
            match known.find(|(name, _)| name == field) {
                Some((_, value)) => value.clone(),
                None if shown.is_refused => right.to_owned(),
                None => another(right),
            }
        };
        let mut parameters = operation.parameters.iter();
        if let Some(parameter) = parameters.find(|parameter| parameter.name == *field) {
            let value = sent(&text(&parameter.example));
            trigger.parameters.retain(|(known, _)| known.name != *field);
            trigger.parameters.push((parameter, vec![value]));
            continue;
        }
        let body = operation.body.as_ref()?;
        let Shape::Object(object) = &contract.schema(&body.schema)?.shape else {
            return None;
        };
        object.members.iter().find(|member| member.name == *field)?;
        let example = contract.body_example(operation)?.get(field);
        let value = sent(example.and_then(Value::as_str).unwrap_or("x"));
        let members = trigger.body.get_or_insert_with(|| json!({})).as_object_mut()?;
        members.insert(field.clone(), json!(value));
    }
    (!shown.fields.is_empty()).then_some(trigger)
}

/// A text of the same form with another last character.
fn another(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if let Some(last) = characters.last_mut() {
        *last = match *last {
            '0'..='8' | 'a'..='y' | 'A'..='Y' => char::from_u32(u32::from(*last) + 1).unwrap_or('x'),
            '9' => '0',
            'z' => 'a',
            'Z' => 'A',
            _ => 'x',
        };
    }
    characters.into_iter().collect()
}
