//! How generated types read what a server may send instead of what the document promises, and what they
//! refuse to send.
//!
//! A function for `#[serde(serialize_with)]` and one for open enums; decides nothing about which member uses them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serialize, Serializer, ser};

/// Reads an open enum from a string, without a copy of the string for the values that it knows.
///
/// # Errors
///
/// A value that is not a string.
pub fn open_string<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str>,
{
    struct Open<T>(PhantomData<T>);

    impl<T: for<'a> From<&'a str>> Visitor<'_> for Open<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Open(PhantomData))
}

/// Writes a number, optional or not, of a query.
///
/// # Errors
///
/// A number that is not finite: it has no form that a server could read.
pub fn finite<T, S>(number: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Copy + Into<Option<f64>> + Serialize,
    S: Serializer,
{
    match (*number).into() {
        Some(number) if !number.is_finite() => Err(ser::Error::custom("a number is not finite")),
        _ => number.serialize(serializer),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, value};

    use super::finite;

    #[test]
    fn number_that_is_not_finite_is_an_error() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(finite(&number, value::Serializer).is_err());
            assert!(finite(&Some(number), value::Serializer).is_err());
        }
        assert_eq!(finite(&0.5, value::Serializer).unwrap(), Value::from(0.5));
        assert_eq!(finite(&None::<f64>, value::Serializer).unwrap(), Value::Null);
    }
}
