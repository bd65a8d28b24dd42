//! The shortest request that an operation accepts, from the document's examples.

use serde_json::{Map, Value, json};

use super::request::{Sender, Trigger};
use crate::contract::{Contract, Object, Operation, Shape, Type};

/// One step from a value to one inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To a member of an object.
    Member(String),
    /// To the first item of an array.
    Item,
}

/// The steps of a path such as `Messages[].To`.
pub(super) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let name = part.trim_end_matches("[]");
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        let items = part.len().saturating_sub(name.len()) / 2;
        steps.extend(std::iter::repeat_n(Step::Item, items));
    }
    steps
}

/// The request with what is required and, of its body, what is on the way of these steps.
pub(super) fn trigger<'c>(
    contract: &'c Contract,
    operation: &'c Operation,
    way: Option<&[Step]>,
) -> Trigger<'c> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let body = operation.body.as_ref().and_then(|body| {
        let value = contract.body_example(operation)?;
        (body.required || way.is_some()).then(|| {
            shortened(
                contract,
                &Type::Named(body.schema.clone()),
                value,
                way.unwrap_or_default(),
            )
        })
    });
    Trigger {
        operation,
        sender: Sender::Known,
        parameters: parameters
            .map(|parameter| (parameter, vec![text(&parameter.example)]))
            .collect(),
        body,
        told: None,
    }
}

/// A value of a parameter as it is sent, before it is encoded.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// A value without the members that it does not need, unless they are on the way.
fn shortened(contract: &Contract, ty: &Type, value: &Value, way: &[Step]) -> Value {
    let schema = match ty {
        Type::Named(name) => contract.schema(name).map(|schema| &schema.shape),
        _ => None,
    };
    let item = match (ty, schema) {
        (Type::Array(item), _) => Some(item.as_ref()),
        (_, Some(Shape::Array(list))) => Some(list.item()),
        _ => None,
    };
    match (value, schema, item) {
        (Value::Object(members), Some(Shape::Object(object)), _) => {
            Value::Object(shortened_object(contract, object, members, way))
        }
        (Value::Array(items), _, Some(item)) => {
            let rest = way.get(1..).unwrap_or_default();
            let first = items.first().map(|value| shortened(contract, item, value, rest));
            json!(first.into_iter().collect::<Vec<_>>())
        }
        _ => value.clone(),
    }
}

fn shortened_object(
    contract: &Contract,
    object: &Object,
    members: &Map<String, Value>,
    way: &[Step],
) -> Map<String, Value> {
    let chosen = |name: &String| {
        let alternatives = object.choices.iter().flat_map(|choice| &choice.alternatives);
        alternatives.flatten().any(|known| known == name)
    };
    let kept = object.members.iter().filter_map(|member| {
        let name = &member.name;
        let is_next = matches!(way.first(), Some(Step::Member(next)) if next == name);
        let elsewhere = || {
            let mut examples = contract.examples.iter();
            examples.find_map(|example| value_of(&example.value, name))
        };
        let value = match members.get(name) {
            None if is_next => elsewhere(),
            value => value,
        }?;
        let rest = if is_next {
            way.get(1..).unwrap_or_default()
        } else {
            &[]
        };
        let is_kept = member.required || is_next || chosen(name);
        is_kept.then(|| (name.clone(), shortened(contract, &member.ty, value, rest)))
    });
    kept.collect()
}

/// A member of this name, wherever it is.
fn value_of<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => {
            let inside = || members.values().find_map(|value| value_of(value, name));
            members.get(name).or_else(inside)
        }
        Value::Array(items) => items.iter().find_map(|item| value_of(item, name)),
        _ => None,
    }
}
