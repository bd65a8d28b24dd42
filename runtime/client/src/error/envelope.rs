//! Reads the error envelope out of whatever arrived. Invents nothing: what cannot be read stays missing.

mod exact;

use fonedynamics_contract::{Envelope, Fault};
use serde::{
    Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Map, Value, value::RawValue};

use crate::response::{entries, first_value, members};

/// The longest body that is read leniently, in bytes. An envelope is far shorter, and values that are
/// not typed need several times the memory of their text.
const LONGEST_REPAIRED: usize = 256 * 1024;

/// Reads an envelope as the document describes it, or one whose members are spelt in another case, have another
/// type or cannot be read, or that is followed by something else. `body` has no byte order mark.
///
/// Each value is held against its place in an envelope first: types alone would take an array for an object whose
/// members have lost their names.
///
/// # Errors
///
/// Why there is none.
pub(super) fn read<E>(body: &[u8]) -> Result<E, serde_json::Error>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    if let Ok(envelope) = exact::read(body) {
        return Ok(envelope);
    }
    let template = template::<E>().unwrap_or_default();
    let other = || serde_json::Error::custom("the body is no envelope");
    if body.len() > LONGEST_REPAIRED {
        let raw: &RawValue = serde_json::from_slice(body)?;
        return match has_form(raw, &template) {
            true => serde_json::from_str(raw.get()),
            false => Err(other()),
        };
    }
    let given = first_value(&String::from_utf8_lossy(body))?;
    serde_json::from_value(fitted(given, &template).ok_or_else(other)?)
}

/// Whether the body of a successful response is an envelope with an error code all the same.
///
/// The types of responses tolerate members that they do not know, so they alone would take most envelopes for
/// a response without members. The body is parsed only where one of the envelope's outer members is named in
/// it, in any case, or could be in an escaped form.
pub(crate) fn hides_an_error<E>(body: &[u8]) -> bool
where
    E: Envelope + Serialize + DeserializeOwned,
{
    let escaped = contains(body, b"\\u");
    let named = escaped || E::MEMBERS.iter().any(|name| contains(body, name.as_bytes()));
    named && read::<E>(body).is_ok_and(|envelope| envelope.code().is_some())
}

/// Whether a text is in a body, in any case.
fn contains(body: &[u8], text: &[u8]) -> bool {
    body.windows(text.len().max(1))
        .any(|window| window.eq_ignore_ascii_case(text))
}

/// An envelope that has all members, which shows how they are spelt and of what type they are.
fn template<E: Envelope + Serialize>() -> Option<Value> {
    let full = E::from_parts(
        E::code_of_fault(Fault::Internal),
        "message".to_owned(),
        vec!["name".to_owned()],
    );
    serde_json::to_value(full).ok()
}

/// Whether there is an object, or null, wherever a template has one.
fn has_form(given: &RawValue, template: &Value) -> bool {
    match template {
        _ if given.get() == "null" => true,
        Value::Object(known) => members(given).is_ok_and(|members| {
            let mut known = members
                .iter()
                .filter_map(|(name, value)| Some((value, known.get(name)?)));
            known.all(|(value, template)| has_form(value, template))
        }),
        Value::Array(items) => {
            let item = items.first();
            let has_form = |value: &&RawValue| item.is_none_or(|item| has_form(value, item));
            entries(given).is_ok_and(|entries| entries.iter().all(has_form))
        }
        _ => true,
    }
}

/// A value in the form of a template, or `None` where it has another type altogether.
fn fitted(given: Value, template: &Value) -> Option<Value> {
    match (template, given) {
        (Value::Object(known), Value::Object(given)) => Some(Value::Object(known_members(given, known))),
        (Value::Array(items), Value::Array(given)) => {
            let item = items.first()?;
            let fitted = given.into_iter().filter_map(|value| fitted(value, item));
            Some(Value::Array(fitted.collect()))
        }
        // An array of one, written without its brackets.
        (Value::Array(items), given @ Value::Object(_)) => {
            Some(Value::Array(vec![fitted(given, items.first()?)?]))
        }
        (Value::String(_), Value::Number(number)) => Some(Value::String(number.to_string())),
        (Value::String(_), text @ Value::String(_)) => Some(text),
        _ => None,
    }
}

/// The members of a template under its spelling, and all others as they are. The exact spelling wins, then
/// the first that differs in case only.
fn known_members(mut given: Map<String, Value>, known: &Map<String, Value>) -> Map<String, Value> {
    let mut found = Map::new();
    for (name, template) in known {
        let mut spellings: Vec<String> = given
            .keys()
            .filter(|key| key.eq_ignore_ascii_case(name))
            .cloned()
            .collect();
        spellings.sort_by_key(|key| key != name);
        let mut values = spellings.iter().filter_map(|key| given.remove(key));
        if let Some(value) = values.find_map(|value| fitted(value, template)) {
            found.insert(name.clone(), value);
        }
        values.for_each(drop);
    }
    given.extend(found);
    given
}

#[cfg(test)]
mod tests;
