//! Reading the error envelope out of whatever arrived. Invents nothing: what cannot be read stays missing.

use std::collections::BTreeMap;

use fonedynamics_contract::{Envelope, Fault};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::{Map, Value};

/// The longest body that is read a second time, in bytes. An envelope is far shorter, and values that are
/// not typed need several times the memory of their text.
const LONGEST_REPAIRED: usize = 256 * 1024;

/// Reads an envelope as the document describes it; failing that, one whose members are spelt in another
/// case, have another type or are not valid UTF-8, or that has something behind it.
///
/// # Errors
///
/// What the parser has against the body as it is.
pub(crate) fn read<E>(body: &[u8]) -> Result<E, serde_json::Error>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    let strict = serde_json::from_slice::<E>(without_byte_order_mark(body));
    if strict.as_ref().is_ok_and(is_complete) {
        return strict;
    }
    match repaired(body) {
        Some(envelope) => Ok(envelope),
        None => strict,
    }
}

/// Whether a body that came with a successful status is an envelope with an error code all the same.
///
/// The types of answers tolerate what they do not know, so they alone would take most envelopes for an
/// answer without members. A body without the envelope's member, as all successes should be, is looked
/// through once and not kept.
pub(crate) fn names_a_failure<E>(body: &[u8]) -> bool
where
    E: Envelope + Serialize + DeserializeOwned,
{
    let Some(Value::Object(template)) = template::<E>() else {
        return false;
    };
    let members = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(without_byte_order_mark(body));
    let members = members.unwrap_or_default();
    let is_of_envelope = |name: &String| template.keys().any(|known| known.eq_ignore_ascii_case(name));
    members.keys().any(is_of_envelope) && read::<E>(body).is_ok_and(|envelope| envelope.code().is_some())
}

/// The body without a byte order mark in front.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

/// Whether nothing could be added by reading the body again.
fn is_complete<E: Envelope>(envelope: &E) -> bool {
    envelope.code().is_some() && envelope.message().is_some() && envelope.fields().next().is_some()
}

/// The envelope that a body means, if it is the body's first value.
fn repaired<E>(body: &[u8]) -> Option<E>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    if body.len() > LONGEST_REPAIRED {
        return None;
    }
    let text = String::from_utf8_lossy(without_byte_order_mark(body));
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let given = values.next()?.ok()?;
    serde_json::from_value(fitted(given, &template::<E>()?)?).ok()
}

/// An envelope that has all members, which shows how they are spelt and of what type they are.
fn template<E: Envelope + Serialize>() -> Option<Value> {
    let full = E::from_parts(
        E::code_of_fault(Fault::Internal),
        "text".to_owned(),
        vec!["name".to_owned()],
    );
    serde_json::to_value(full).ok()
}

/// A value in the form of a template, or `None` where it has another type altogether.
fn fitted(given: Value, template: &Value) -> Option<Value> {
    match (template, given) {
        (Value::Object(wanted), Value::Object(given)) => Some(Value::Object(members(given, wanted))),
        (Value::Array(items), Value::Array(given)) => {
            let item = items.first()?;
            let fitted = given.into_iter().filter_map(|value| fitted(value, item));
            Some(Value::Array(fitted.collect()))
        }
        // A list of one, written without its brackets.
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
fn members(mut given: Map<String, Value>, wanted: &Map<String, Value>) -> Map<String, Value> {
    let mut found = Map::new();
    for (name, template) in wanted {
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
