//! Reads JSON into values, and notices duplicate members of objects.
//!
//! The parser's own reader would keep the last of them in silence. Gives no opinion on what that means.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::validation::duplicates::Duplicates;

/// A body that could be parsed.
#[derive(Debug, Default)]
pub(crate) struct Json {
    pub(crate) value: Value,
    /// The duplicate members of its objects.
    pub(crate) duplicates: Duplicates,
}

impl Json {
    /// An object without members: what a request without a body says.
    pub(crate) fn empty_object() -> Self {
        Self {
            value: Value::Object(Map::new()),
            duplicates: Duplicates::nothing(),
        }
    }

    /// Reads exactly one value.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let mut parser = serde_json::Deserializer::from_slice(bytes);
        let mut duplicates = Duplicates::nothing();
        let reader = Reader {
            duplicates: &mut duplicates,
        };
        let value = reader.deserialize(&mut parser)?;
        parser.end()?;
        Ok(Self { value, duplicates })
    }
}

/// Reads one value, and notes the duplicate members below it.
struct Reader<'a> {
    duplicates: &'a mut Duplicates,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("a number is too large"))?;
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        loop {
            let mut below = Duplicates::nothing();
            let reader = Reader {
                duplicates: &mut below,
            };
            match items.next_element_seed(reader)? {
                Some(item) => {
                    self.duplicates.note_item(array.len(), below);
                    array.push(item);
                }
                None => return Ok(Value::Array(array)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let mut below = Duplicates::nothing();
            let value = members.next_value_seed(Reader {
                duplicates: &mut below,
            })?;
            self.duplicates
                .note_member(&name, object.contains_key(&name), below);
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Json;
    use crate::validation::path::Path;

    #[test]
    fn values_are_read_as_the_parser_reads_them() {
        let texts = [
            "null",
            "[true, -1, 18446744073709551615, 1.5, 1e30, \"\\u00fc\\n\"]",
            r#"{"A": {"B": [{}, {"C": ""}]}, "Ü": 1}"#,
            "100000000000000000000000000",
        ];
        for text in texts {
            let read = Json::parse(text.as_bytes()).unwrap();
            assert_eq!(read.value, serde_json::from_str::<Value>(text).unwrap(), "{text}");
            assert!(read.duplicates.is_nothing(), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(1000);
        let texts = [
            "",
            " ",
            "{",
            "{}{}",
            "{}x",
            "\u{feff}{}",
            "nul",
            "'a'",
            "[1,]",
            "{\"A\":1,}",
            "1e400",
            "\"\\ud800\"",
            "01",
            "NaN",
            "// \n1",
            &deep,
        ];
        for text in texts {
            assert!(Json::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Json::parse(b"\"\xff\"").is_err());
        assert!(Json::parse(b"{\"\xff\":1}").is_err());
    }

    #[test]
    fn members_that_stand_twice_are_known_by_their_place() {
        let read = Json::parse(br#"{"A":1,"B":[{},{"C":1,"C":2}],"A":{"D":1,"\u0044":1}}"#).unwrap();
        assert_eq!(read.value, json!({"A": {"D": 1}, "B": [{}, {"C": 2}]}));
        let root = Path::root();
        let (a, b) = (root.member("A"), root.member("B"));
        let (first, second) = (b.item(0), b.item(1));
        for at in [a, a.member("D"), second.member("C")] {
            assert!(read.duplicates.holds(&at), "{}", at.name());
        }
        for at in [root, b, first, second, first.member("C"), root.member("C")] {
            assert!(!read.duplicates.holds(&at), "{}", at.name());
        }
    }

    #[test]
    fn places_with_one_name_are_not_taken_for_each_other() {
        let long = "n".repeat(300);
        let text = format!(r#"{{"A.B":1,"A.B":2,"A":{{"B":1,"{long}":1,"{long}":2}}}}"#);
        let read = Json::parse(text.as_bytes()).unwrap();
        let root = Path::root();
        let a = root.member("A");
        assert_eq!([a.member("B").name(), a.member(&long).name()], ["A.B", "A"]);
        assert!(!read.duplicates.holds(&a) && !read.duplicates.holds(&a.member("B")));
        assert!(read.duplicates.holds(&root.member("A.B")) && read.duplicates.holds(&a.member(&long)));
    }
}
