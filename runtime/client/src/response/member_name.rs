//! The name of a member, as the parser reads it. Copied only where it has escapes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

/// Reads the name of a member, from which another key can be read in turn.
pub(crate) struct MemberName;

impl<'de> DeserializeSeed<'de> for MemberName {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for MemberName {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_borrowed_str<X>(self, name: &'de str) -> Result<Self::Value, X> {
        Ok(name.into())
    }

    fn visit_str<X>(self, name: &str) -> Result<Self::Value, X> {
        Ok(name.to_owned().into())
    }
}
