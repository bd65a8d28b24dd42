//! Whether a value of the document fits its schema, strictly: what a type would drop is a problem too.
//!
//! Says what does not fit, and where; reports nothing itself.

use std::collections::BTreeSet;
use std::ops::RangeBounds as _;

use serde_json::Value;

use crate::contract::{Choice, ChoiceKind, Constraints, Object, Range, Schemas, Shape, Type};
use crate::pattern;
use crate::pointer::Pointer;

/// Checks a value against the schemas, strictly: what a type would drop is a problem too.
pub(in crate::lower) struct Checker<'s> {
    pub(in crate::lower) schemas: &'s Schemas,
    /// What the value is, as it is called in sentences.
    pub(in crate::lower) of: &'s str,
}

pub(in crate::lower) type Checked = Result<(), (Pointer, String)>;

impl Checker<'_> {
    /// Checks a value against the schema of a name.
    ///
    /// # Errors
    ///
    /// Where it does not fit, and a sentence.
    pub(in crate::lower) fn check_named(&self, value: &Value, name: &str, at: &Pointer) -> Checked {
        let Some(schema) = self.schemas.named(name) else {
            return Ok(());
        };
        match (&schema.shape, value) {
            (Shape::Object(object), Value::Object(_)) => self.check_object(value, object, name, at),
            (Shape::Array(list), Value::Array(_)) | (Shape::Map(list), Value::Object(_)) => {
                self.check_type(value, &list.ty, &list.constraints, at)
            }
            // An enum without values is a problem of its own.
            (Shape::Enum(values), Value::String(text))
                if values.is_empty() || values.iter().any(|known| known.value == *text) =>
            {
                Ok(())
            }
            (Shape::Enum(_), _) => Err((at.clone(), format!("{value} is not a value of `{name}`"))),
            (Shape::Object(_) | Shape::Array(_) | Shape::Map(_), _) => Err((
                at.clone(),
                format!("the value does not have the type of `{name}`"),
            )),
        }
    }

    fn check_object(&self, value: &Value, object: &Object, name: &str, at: &Pointer) -> Checked {
        for member in &object.members {
            match value.get(&member.name) {
                None if member.required => {
                    return Err((at.clone(), format!("`{}` of `{name}` is missing", member.name)));
                }
                None => {}
                Some(Value::Null) if member.nullable => {}
                Some(value) => {
                    let at = at.child(&member.name);
                    self.check_type(value, &member.ty, &member.constraints, &at)?;
                }
            }
        }
        check_choices(value, &object.choices).map_err(|sentence| (at.clone(), sentence))?;
        let known = |key: &String| object.members.iter().any(|member| member.name == *key);
        let further = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .find(|key| !known(key));
        match further {
            Some(key) if !object.open => Err((at.child(key), format!("`{name}` has no member `{key}`"))),
            _ => Ok(()),
        }
    }

    /// Checks a value against a type and its constraints.
    ///
    /// # Errors
    ///
    /// Where it does not fit, and a sentence.
    pub(in crate::lower) fn check_type(
        &self,
        value: &Value,
        ty: &Type,
        constraints: &Constraints,
        at: &Pointer,
    ) -> Checked {
        check_constraints(value, constraints).map_err(|sentence| (at.clone(), sentence))?;
        let fits = match (ty, value) {
            (Type::Named(name), _) => return self.check_named(value, name, at),
            (Type::Array(item), Value::Array(items)) => {
                let numbered = items.iter().enumerate();
                let mut named = numbered.map(|(number, item)| (number.to_string(), item));
                return named.try_for_each(|(name, value)| {
                    self.check_type(value, item, &of_item(constraints), &at.child(&name))
                });
            }
            (Type::Map(item), Value::Object(members)) => {
                return members.iter().try_for_each(|(name, value)| {
                    self.check_type(value, item, &of_item(constraints), &at.child(name))
                });
            }
            (Type::String, Value::String(_)) | (Type::Boolean, Value::Bool(_)) | (Type::Any, _) => true,
            (Type::Integer, Value::Number(number)) => number.is_i64(),
            (Type::Number, Value::Number(_)) => true,
            (Type::String | Type::Integer | Type::Number | Type::Boolean, _) => false,
            (Type::Array(_) | Type::Map(_), _) => false,
        };
        if fits {
            Ok(())
        } else {
            Err((at.clone(), format!("{} has a wrong type here", self.of)))
        }
    }
}

/// What each item of an array or each value of a map must satisfy.
fn of_item(constraints: &Constraints) -> Constraints {
    constraints.items.as_deref().cloned().unwrap_or_default()
}

/// Checks a value against its constraints, items excluded.
///
/// # Errors
///
/// The first constraint that it breaks, as a sentence.
fn check_constraints(value: &Value, constraints: &Constraints) -> Result<(), String> {
    match value {
        Value::String(text) => {
            check_length(text.chars().count(), constraints, "characters")?;
            if let Some(format) = constraints.format.filter(|format| !format.fits(text)) {
                let expected = format.expected().unwrap_or_default();
                return Err(format!("the string is not {expected}"));
            }
            match &constraints.pattern {
                Some(translated) if !pattern::matches(translated, text) => {
                    Err("the string does not match the pattern of its schema".to_owned())
                }
                _ => Ok(()),
            }
        }
        Value::Number(number) => {
            let within = match &constraints.range {
                Some(Range::Integer(least, most)) => number
                    .as_i64()
                    .is_none_or(|number| (*least, *most).contains(&number)),
                Some(Range::Number(least, most)) => number
                    .as_f64()
                    .is_none_or(|number| (*least, *most).contains(&number)),
                None => true,
            };
            if within {
                Ok(())
            } else {
                Err(format!("{number} is beyond the bounds of its schema"))
            }
        }
        Value::Array(items) => {
            check_length(items.len(), constraints, "items")?;
            let different: BTreeSet<_> = items.iter().map(Value::to_string).collect();
            if constraints.unique && different.len() < items.len() {
                return Err("an item is repeated".to_owned());
            }
            Ok(())
        }
        Value::Object(_) | Value::Null | Value::Bool(_) => Ok(()),
    }
}

fn check_length(length: usize, constraints: &Constraints, what: &str) -> Result<(), String> {
    match (constraints.minimum_length, constraints.maximum_length) {
        (Some(least), _) if length < least => Err(format!(
            "{length} {what} are fewer than the {least} that its schema requires"
        )),
        (_, Some(most)) if length > most => Err(format!(
            "{length} {what} are more than the {most} that its schema allows"
        )),
        _ => Ok(()),
    }
}

/// Checks an object against its choices.
///
/// # Errors
///
/// The first choice that it breaks, as a sentence.
fn check_choices(value: &Value, choices: &[Choice]) -> Result<(), String> {
    for choice in choices {
        let is_there = |name: &String| value.get(name).is_some_and(|member| !member.is_null());
        let met = choice
            .alternatives
            .iter()
            .filter(|names| names.iter().all(is_there))
            .count();
        let (fits, expected) = match choice.kind {
            ChoiceKind::AnyOf => (met >= 1, "at least one"),
            ChoiceKind::OneOf => (met == 1, "exactly one"),
        };
        if !fits {
            return Err(format!(
                "{met} of the alternatives are present, where {expected} must be"
            ));
        }
    }
    Ok(())
}
