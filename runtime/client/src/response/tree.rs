//! The values of a JSON text, and what no value can hold: unpaired surrogates, invalid UTF-8, numbers that are too
//! large, members that are sent twice, values that are nested too deep. Knows no types.

use std::fmt;

use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::{Deserializer, Map, Number, Value, value::RawValue};

use super::misfit::{Misfit, Path, Step};

/// How deep values may be nested, as everywhere in `serde_json`.
const DEEPEST: usize = 127;

/// How much may be read, in bytes: what is nested is read once for each level.
const MOST_READ: usize = 256 * 1024 * 1024;

/// How many values may be odd. What is said of them takes many times their room.
pub(super) const MOST_MISFITS: usize = 100_000;

/// The first value of a text, whatever comes behind it.
///
/// # Errors
///
/// There is none, or too much of it is odd.
pub(crate) fn first_value(text: &str) -> serde_json::Result<Value> {
    let mut values = Deserializer::from_str(text).into_iter::<&RawValue>();
    let raw = values.next().unwrap_or_else(|| serde_json::from_str(text))?;
    Ok(read(raw)?.0.unwrap_or_default())
}

/// A value, and the misfits in it. `None` if it is a number that is too large, or nested too deep.
///
/// # Errors
///
/// Too much of it is odd.
pub(super) fn read(raw: &RawValue) -> serde_json::Result<(Option<Value>, Vec<Misfit>)> {
    let mut reader = Reader::default();
    let value = reader.value(raw)?;
    Ok((value, reader.misfits))
}

/// The members of an object, in their order; the same name may come twice.
pub(crate) fn members(raw: &RawValue) -> serde_json::Result<Vec<(String, &RawValue)>> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some((name, value)) = map.next_entry::<&RawValue, _>()? {
                members.push((string(name.get()).map_err(A::Error::custom)?, value));
            }
            Ok(members)
        }
    }

    Deserializer::from_str(raw.get()).deserialize_map(Members)
}

/// The entries of an array.
pub(crate) fn entries(raw: &RawValue) -> serde_json::Result<Vec<&RawValue>> {
    serde_json::from_str(raw.get())
}

#[derive(Default)]
struct Reader {
    path: Vec<Step>,
    /// How many bytes were read.
    read: usize,
    misfits: Vec<Misfit>,
}

impl Reader {
    fn value(&mut self, raw: &RawValue) -> serde_json::Result<Option<Value>> {
        if raw.get().starts_with(['{', '[']) {
            self.read += raw.get().len();
            if self.path.len() > DEEPEST || self.read > MOST_READ {
                self.report(raw)?;
                return Ok(None);
            }
        }
        Ok(match raw.get().as_bytes().first() {
            Some(b'{') => Some(Value::Object(self.object(raw)?)),
            Some(b'[') => Some(Value::Array(self.array(raw)?)),
            Some(b'"') => {
                let text = string(raw.get())?;
                // Whether it was sent as U+FFFD or put in place of something else cannot be told any more.
                if text.contains(char::REPLACEMENT_CHARACTER) {
                    self.report(raw)?;
                }
                Some(Value::String(text))
            }
            Some(b't') => Some(Value::Bool(true)),
            Some(b'f') => Some(Value::Bool(false)),
            Some(b'n') => Some(Value::Null),
            _ => {
                let number = serde_json::from_str::<Number>(raw.get()).ok();
                if number.is_none() {
                    self.report(raw)?;
                }
                number.map(Value::Number)
            }
        })
    }

    /// The last of several members with one name counts.
    fn object(&mut self, raw: &RawValue) -> serde_json::Result<Map<String, Value>> {
        let mut members = members(raw)?;
        let mut object = Map::new();
        while let Some((name, value)) = members.pop() {
            self.path.push(Step::Member(name.clone()));
            if object.contains_key(&name) {
                self.report(value)?;
            } else if let Some(value) = self.value(value)? {
                object.insert(name, value);
            }
            self.path.pop();
        }
        Ok(object)
    }

    /// What no value can hold is null here, so that the other entries keep their places.
    fn array(&mut self, raw: &RawValue) -> serde_json::Result<Vec<Value>> {
        let mut array = Vec::new();
        for (index, value) in entries(raw)?.into_iter().enumerate() {
            self.path.push(Step::Entry(index));
            array.push(self.value(value)?.unwrap_or_default());
            self.path.pop();
        }
        Ok(array)
    }

    fn report(&mut self, raw: &RawValue) -> serde_json::Result<()> {
        if self.misfits.len() == MOST_MISFITS {
            return Err(serde_json::Error::custom("too much of the body is odd"));
        }
        self.misfits.push(Misfit::new(Path(self.path.clone()), raw));
        Ok(())
    }
}

/// A string, with U+FFFD for each surrogate that has no partner.
fn string(raw: &str) -> serde_json::Result<String> {
    serde_json::from_str(raw).or_else(|_| serde_json::from_str(&with_paired_surrogates(raw)))
}

fn with_paired_surrogates(raw: &str) -> String {
    const LENGTH: usize = r"\u0000".len();
    let unit = |text: &str| {
        let digits = text.strip_prefix(r"\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut repaired = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        repaired.push_str(before);
        let high = matches!(unit(escape), Some(0xD800..=0xDBFF));
        let low = |text: &str| matches!(unit(text), Some(0xDC00..=0xDFFF));
        let length = match escape.get(LENGTH..) {
            Some(next) if high && low(next) => 2 * LENGTH,
            Some(_) if high || low(escape) => {
                repaired.push(char::REPLACEMENT_CHARACTER);
                rest = escape.get(LENGTH..).unwrap_or_default();
                continue;
            }
            // An escaped backslash does not begin an escape.
            _ => escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end),
        };
        let (whole, after) = escape.split_at(length);
        repaired.push_str(whole);
        rest = after;
    }
    repaired + rest
}
