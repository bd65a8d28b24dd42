//! Reads JSON into values, each duplicate member among them.
//!
//! The parser's own reader would keep the last of them in silence, and needs two hundred times the memory of a body
//! made for that. Gives no opinion on what the values mean.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::validation::value::Values;

/// Reads exactly one value.
pub(crate) fn parse(bytes: &[u8]) -> Result<Values, serde_json::Error> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(Error::custom("more than values can be counted of"));
    }
    // At once, which is faster than each string by itself.
    let text = str::from_utf8(bytes).map_err(Error::custom)?;
    let mut parser = serde_json::Deserializer::from_str(text);
    let mut values = Values::with_room_for(text);
    Reader(&mut values).deserialize(&mut parser)?;
    parser.end()?;
    Ok(values)
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
    use std::collections::BTreeMap;

    use fastrand::Rng;
    use serde::Deserialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Map, Value, json};

    use super::parse;
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
            let read = parse(text.as_bytes()).unwrap();
            let expected: Value = serde_json::from_str(text).unwrap();
            assert_eq!(tree(read.root()), expected, "{text}");
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
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(b"\"\xff\"").is_err());
        assert!(parse(b"{\"\xff\":1}").is_err());
    }

    #[test]
    fn arrays_of_any_length_are_read() {
        let long: Vec<Value> = (0..5000).map(|index| json!({ "N": [index, "a"] })).collect();
        let read = parse(&serde_json::to_vec(&long).unwrap()).unwrap();
        assert_eq!(tree(read.root()), Value::from(long));
    }

    #[test]
    fn members_of_a_long_object_are_found() {
        let names: Vec<String> = (0..2000).map(|index| format!("N{index}")).collect();
        let members: serde_json::Map<String, Value> =
            names.iter().map(|name| (name.clone(), json!([name]))).collect();
        let read = parse(&serde_json::to_vec(&members).unwrap()).unwrap();
        for name in &names {
            let found = read.root().member(name).unwrap();
            assert_eq!((tree(found.value), found.is_repeated), (json!([name]), false));
        }
    }

    #[test]
    fn members_that_stand_twice_are_known_and_the_last_of_them_counts() {
        let text = r#"{"A":1,"B":[{},{"C":1,"C":2}],"A":{"D":1,"\u0044":1},"A.D":3}"#;
        let read = parse(text.as_bytes()).unwrap();
        let root = read.root();
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

    /// Every kind of member that generated types have.
    #[derive(Debug, PartialEq, Deserialize)]
    struct Everything {
        a: Option<String>,
        #[serde(default)]
        b: Option<Option<i64>>,
        c: Option<f64>,
        d: Option<bool>,
        e: Option<Vec<Small>>,
        f: Option<BTreeMap<String, Box<Self>>>,
        g: Option<u8>,
        #[serde(rename = "\u{fc}\n")]
        h: Option<Value>,
        #[serde(flatten)]
        others: Map<String, Value>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Small(Option<i32>);

    #[derive(Debug, PartialEq, Deserialize)]
    struct Pair {
        a: Value,
        b: f32,
    }

    fn random_text(random: &mut Rng, depth: usize) -> String {
        const SCALARS: [&str; 24] = [
            "null",
            "true",
            "false",
            "0",
            "-0",
            "7",
            "-7",
            "255",
            "256",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775809",
            "0.1",
            "-1.5e300",
            "5e-324",
            "1e2",
            "\"\"",
            "\"x\"",
            r#""\u00fc\ud83d\ude00\n""#,
        ];
        const NAMES: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", r"\u00fc\n", "other", ""];
        let kind = if depth == 0 { 0 } else { random.usize(..3) };
        let count = random.usize(..5);
        match kind {
            0 => random.choice(SCALARS).unwrap().to_owned(),
            1 => {
                let items: Vec<_> = (0..count).map(|_| random_text(random, depth - 1)).collect();
                format!("[{}]", items.join(" , "))
            }
            _ => {
                let mut member = |_| {
                    let name = random.choice(NAMES).unwrap();
                    format!("\"{name}\":{}", random_text(random, depth - 1))
                };
                let members: Vec<_> = (0..count).map(&mut member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// Whether there is a value, which is the same from both.
    #[track_caller]
    fn check_same<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) -> bool {
        let (moved, read) = (
            parse(text.as_bytes()).unwrap().into_type::<T>(),
            serde_json::from_str::<T>(text),
        );
        assert_eq!(
            format!("{:?}", moved.as_ref().ok()),
            format!("{:?}", read.as_ref().ok()),
            "{text}"
        );
        moved.is_ok()
    }

    #[test]
    fn type_is_the_same_from_the_values_as_from_the_text() {
        let mut random = Rng::with_seed(7);
        let mut counts = [0; 5];
        for _ in 0..20_000 {
            let depth = random.usize(..4);
            let text = random_text(&mut random, depth);
            let are_values = [
                check_same::<Value>(&text),
                check_same::<Everything>(&text),
                check_same::<Vec<Small>>(&text),
                check_same::<BTreeMap<String, Everything>>(&text),
                check_same::<Pair>(&text),
            ];
            for (count, is_value) in counts.iter_mut().zip(are_values) {
                *count += usize::from(is_value);
            }
        }
        assert_eq!(counts[0], 20_000);
        assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
    }
}
