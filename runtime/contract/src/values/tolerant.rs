//! How open enums are read. Knows no value of any.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Visitor};

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
