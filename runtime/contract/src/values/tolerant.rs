//! How generated types read what a server may send instead of what the document promises.
//!
//! Functions for `#[serde(deserialize_with)]` and for open enums; decides nothing about which member uses
//! them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads null as the default value. Beside `#[serde(default)]`, an absent member and null are the same.
///
/// # Errors
///
/// A value that is neither null nor of the type.
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads an open enum from a text, without a copy of the text for the values that it knows.
///
/// # Errors
///
/// A value that is not a text.
pub fn open_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'text> From<&'text str>,
{
    struct Text<T>(PhantomData<T>);

    impl<T: for<'text> From<&'text str>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}
