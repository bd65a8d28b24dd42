//! Reads JSON into values, each duplicate member among them.
//!
//! The parser's own reader would keep the last of them in silence, and needs two hundred times the memory of a body
//! made for that. Gives no opinion on what the values mean.

use std::fmt;

use axum::body::Bytes;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::validation::value::{Value, Values};

/// A body that could be parsed.
#[derive(Debug)]
pub(crate) struct Json {
    bytes: Bytes,
    values: Values,
}

impl Json {
    /// An object without members: what a request without a body says.
    pub(crate) fn empty_object() -> Self {
        let mut values = Values::default();
        let begin = values.begin();
        values.end_object(begin);
        Self {
            bytes: Bytes::from_static(b"{}"),
            values,
        }
    }

    /// Reads exactly one value.
    pub(crate) fn parse(bytes: Bytes) -> Result<Self, serde_json::Error> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(Error::custom("more than values can be counted of"));
        }
        // At once, which is faster than each string by itself.
        let text = str::from_utf8(&bytes).map_err(Error::custom)?;
        let mut parser = serde_json::Deserializer::from_str(text);
        let mut values = Values::with_room_for(text);
        Reader(&mut values).deserialize(&mut parser)?;
        parser.end()?;
        Ok(Self { bytes, values })
    }

    /// The value, to be checked.
    pub(crate) fn value(&self) -> Value<'_> {
        self.values.root()
    }

    /// The value as a type.
    pub(crate) fn into_type<T: DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        let Self { bytes, values } = self;
        drop(values);
        let text = str::from_utf8(&bytes).map_err(Error::custom)?;
        serde_json::from_str(text)
    }
}

/// Reads one value behind those that are there.
struct Reader<'a>(&'a mut Values);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.push_null();
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.push_boolean(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push_integer(value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push_unsigned(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom("a number is too large"));
        }
        self.0.push_float(value);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.push_string(value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let begin = self.0.begin();
        while items.next_element_seed(Reader(self.0))?.is_some() {}
        self.0.end_array(begin);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let begin = self.0.begin();
        while members.next_key_seed(Reader(self.0))?.is_some() {
            members.next_value_seed(Reader(self.0))?;
        }
        self.0.end_object(begin);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Json;
    use crate::validation::value;

    /// The value as the parser has it.
    fn tree(value: value::Value<'_>) -> Value {
        if value.as_array().is_some() {
            return value.items().map(tree).collect();
        }
        if value.as_object().is_some() {
            let mut members = serde_json::Map::new();
            value.each_member(|name, member| drop(members.insert(name.to_owned(), tree(member.value))));
            return members.into();
        }
        let scalar = value
            .as_string()
            .map(Value::from)
            .or_else(|| value.as_boolean().map(Value::from));
        let scalar = scalar.or_else(|| value.as_integer().map(Value::from));
        scalar
            .or_else(|| value.as_number().map(Value::from))
            .unwrap_or_default()
    }

    #[test]
    fn values_are_read_as_the_parser_reads_them() {
        let texts = [
            "null",
            "[true, -1, 3000000000, -9223372036854775808, 1.5, 1e30, -0, \"\\u00fc\\n\"]",
            r#"{"A": {"B": [{}, {"C": ""}]}, "Ü": 1}"#,
            "100000000000000000000000000",
            "{}",
            "[[], {}, [null], \"\"]",
        ];
        for text in texts {
            let read = Json::parse(text.into()).unwrap();
            let expected: Value = serde_json::from_str(text).unwrap();
            assert_eq!(tree(read.value()), expected, "{text}");
            assert_eq!(read.into_type::<Value>().unwrap(), expected, "{text}");
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
            assert!(Json::parse(text.to_owned().into()).is_err(), "{text}");
        }
        assert!(Json::parse(b"\"\xff\"".as_slice().into()).is_err());
        assert!(Json::parse(b"{\"\xff\":1}".as_slice().into()).is_err());
    }

    #[test]
    fn arrays_of_any_length_are_read() {
        let long: Vec<Value> = (0..5000).map(|index| json!({ "N": [index, "a"] })).collect();
        let read = Json::parse(serde_json::to_vec(&long).unwrap().into()).unwrap();
        assert_eq!(tree(read.value()), Value::from(long));
    }

    #[test]
    fn members_of_a_long_object_are_found() {
        let names: Vec<String> = (0..2000).map(|index| format!("N{index}")).collect();
        let members: serde_json::Map<String, Value> =
            names.iter().map(|name| (name.clone(), json!([name]))).collect();
        let read = Json::parse(serde_json::to_vec(&members).unwrap().into()).unwrap();
        for name in &names {
            let found = read.value().member(name).unwrap();
            assert_eq!((tree(found.value), found.is_repeated), (json!([name]), false));
        }
    }

    #[test]
    fn members_that_stand_twice_are_known_and_the_last_of_them_counts() {
        let text = r#"{"A":1,"B":[{},{"C":1,"C":2}],"A":{"D":1,"\u0044":1},"A.D":3}"#;
        let read = Json::parse(text.into()).unwrap();
        let root = read.value();
        assert_eq!(tree(root), json!({"A": {"D": 1}, "B": [{}, {"C": 2}], "A.D": 3}));
        let [a, b] = ["A", "B"].map(|name| root.member(name).unwrap());
        let c = b.value.items().nth(1).unwrap().member("C").unwrap();
        let d = a.value.member("D").unwrap();
        assert_eq!(
            [a, b, c, d].map(|member| member.is_repeated),
            [true, false, true, true]
        );
        assert!(!root.member("A.D").unwrap().is_repeated && root.member("C").is_none());
    }
}
