//! A value of each parameter, for examples of calls: one that the example of a body has under its name, or else the
//! simplest of its type.
//!
//! Reports nothing. Only a string with a pattern may get a value that does not fit, where no example has one.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde_json::{Value, json};

use crate::contract::{Constraints, Example, Operation, Parameter, Range, Schemas, Shape, Type};
use crate::format::Format;
use crate::lower::schemas::values::Checker;
use crate::pointer::Pointer;

pub(super) fn lower(operations: &mut [Operation], schemas: &Schemas, examples: &[Example]) {
    let mut known: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for example in examples {
        collect(&example.value, &mut known);
    }
    let of = "the value of a parameter";
    let checker = Checker { schemas, of };
    let parameters = operations
        .iter_mut()
        .flat_map(|operation| &mut operation.parameters);
    for parameter in parameters {
        let Parameter { ty, constraints, .. } = &*parameter;
        let fits = |value: &&&Value| {
            let checked = checker.check_type(value, ty, constraints, &Pointer::default());
            checked.is_ok() && !["", ".", ".."].contains(&value.as_str().unwrap_or("-"))
        };
        let shown = known
            .get(parameter.name.as_str())
            .into_iter()
            .flatten()
            .find(fits);
        parameter.example = match shown {
            Some(value) => (*value).clone(),
            None => simplest(ty, constraints, &parameter.rust, schemas),
        };
    }
}

/// The values of all members, by their names.
fn collect<'v>(value: &'v Value, known: &mut BTreeMap<&'v str, Vec<&'v Value>>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                known.entry(name).or_default().push(value);
                collect(value, known);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, known)),
        _ => {}
    }
}

fn simplest(ty: &Type, constraints: &Constraints, name: &str, schemas: &Schemas) -> Value {
    let nothing = Constraints::default();
    match (ty, constraints.format, &constraints.range) {
        (Type::Integer, Some(Format::UnixTime), None) => json!(1_767_225_600),
        (Type::Integer, _, Some(Range::Integer(Bound::Included(least), _))) => json!(least),
        (Type::Integer, _, Some(Range::Integer(_, Bound::Included(most)))) => json!(most),
        (Type::Number, _, Some(Range::Number(Bound::Included(least), _))) => json!(least),
        (Type::Number, _, Some(Range::Number(_, Bound::Included(most)))) => json!(most),
        (Type::Integer | Type::Number, _, _) => json!(1),
        (Type::Boolean, _, _) => json!(true),
        (Type::String, Some(Format::DateTime), _) => json!("2026-01-01T00:00:00Z"),
        (Type::String, Some(Format::Date), _) => json!("2026-01-01"),
        (Type::String, Some(Format::Uuid), _) => json!("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        (Type::Array(item), _, _) => {
            let items = constraints.items.as_deref().unwrap_or(&nothing);
            json!([simplest(item, items, name, schemas)])
        }
        (Type::Named(schema), _, _) => {
            let schema = schemas.named(schema);
            match schema.map(|schema| &schema.shape) {
                Some(Shape::Enum(values)) => json!(values.first().map(|value| &value.value)),
                _ => Value::Null,
            }
        }
        // A string that nobody takes for a real identifier.
        (Type::String | Type::Any | Type::Map(_), _, _) => json!(name),
    }
}
