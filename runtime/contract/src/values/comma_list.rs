//! Lists that are one string with commas on the wire. Knows nothing of queries or of what the items are.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

/// A list that is one string on the wire, its items separated by commas: `Local,National`.
///
/// An item cannot hold a comma. The empty string is the empty list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommaList<T>(Vec<T>);

impl<T> CommaList<T> {
    /// The items, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The items as a vector.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for CommaList<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for CommaList<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T, const N: usize> From<[T; N]> for CommaList<T> {
    fn from(items: [T; N]) -> Self {
        Self(items.into())
    }
}

impl<T> FromIterator<T> for CommaList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> IntoIterator for CommaList<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a CommaList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Display> Display for CommaList<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, item) in self.0.iter().enumerate() {
            if position > 0 {
                formatter.write_str(",")?;
            }
            item.fmt(formatter)?;
        }
        Ok(())
    }
}

impl<T: FromStr> FromStr for CommaList<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        text.split(',').map(T::from_str).collect()
    }
}

impl<T: Display> CommaList<T> {
    /// The string on the wire.
    ///
    /// # Errors
    ///
    /// An item contains a comma, and would be two of them.
    pub fn joined(&self) -> Result<String, MalformedList> {
        let text = self.to_string();
        if text.matches(',').count() > self.len().saturating_sub(1) {
            return Err(MalformedList);
        }
        Ok(text)
    }
}

/// An item of a list contains a comma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedList;

impl Display for MalformedList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an item of a list contains a comma, which separates items")
    }
}

impl std::error::Error for MalformedList {}

impl<T: Display> Serialize for CommaList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.joined().map_err(ser::Error::custom)?)
    }
}

impl<'de, T> Deserialize<'de> for CommaList<T>
where
    T: FromStr,
    T::Err: Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schemars")]
impl<T> schemars::JsonSchema for CommaList<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CommaList".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::CommaList;

    #[test]
    fn an_array_is_one_string_on_the_wire() {
        let list = CommaList::from([1, 2, 3]);
        let json = serde_json::to_string(&list).unwrap();
        assert_eq!(json, "\"1,2,3\"");
        assert_eq!(serde_json::from_str::<CommaList<i64>>(&json).unwrap(), list);
    }

    #[test]
    fn an_item_with_a_comma_is_refused() {
        let error = serde_json::to_string(&CommaList::from(["a,b", "c"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "an item of a list contains a comma, which separates items"
        );
    }

    #[test]
    fn the_empty_string_is_the_empty_array() {
        assert_eq!("".parse::<CommaList<i64>>().unwrap(), CommaList::default());
        assert!("1,,2".parse::<CommaList<i64>>().is_err());
    }
}
