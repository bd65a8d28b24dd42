//! Optional members that may also be null, which is something else than leaving them out. Knows no member.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An optional member that may be null: left out, null, or a value. In a merge patch, null removes the
/// member, and what is left out stays as it is.
///
/// ```
/// use fonedynamics_contract::Nullable;
///
/// let rename: Nullable<String> = "Example Store".into();
/// assert_eq!(rename.as_deref(), Some("Example Store"));
/// assert!(Nullable::<String>::from(None).is_null());
/// assert!(Nullable::<String>::default().is_absent());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// The member is left out.
    #[default]
    Absent,
    /// The member is null.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether the member is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What the value refers to, if there is one: a `&str` of a `String`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.value().map(T::deref)
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What the member says: nothing where it is left out, `Some(None)` where it is null.
    pub fn into_change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// The same with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(convert(value)),
        }
    }

    /// Makes of a value what this member says it is now: the change of a merge patch.
    pub fn apply_to(self, present: &mut Option<T>) {
        if let Some(changed) = self.into_change() {
            *present = changed;
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    /// `None` is null.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T, const N: usize> From<[T; N]> for Nullable<Vec<T>> {
    fn from(items: [T; N]) -> Self {
        Self::Value(items.into())
    }
}

/// As a member, with `#[serde(default, skip_serializing_if = "Nullable::is_absent")]`. By itself, there is
/// nothing to leave out, and an absent value is written as null.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Nullable<T> {
    fn inline_schema() -> bool {
        <Option<T>>::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        <Option<T>>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Option<T>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::Nullable;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Changes {
        #[serde(default, skip_serializing_if = "Nullable::is_absent")]
        name: Nullable<String>,
    }

    #[test]
    fn absent_null_and_a_value_stay_apart_on_the_wire() {
        for (json, name, change) in [
            ("{}", Nullable::Absent, None),
            (r#"{"name":null}"#, Nullable::Null, Some(None)),
            (r#"{"name":"A"}"#, "A".into(), Some(Some("A".to_owned()))),
        ] {
            let changes: Changes = serde_json::from_str(json).unwrap();
            assert_eq!(changes, Changes { name: name.clone() });
            assert_eq!(serde_json::to_string(&changes).unwrap(), json);
            assert_eq!(name.into_change(), change);
        }
    }

    #[test]
    fn change_leaves_clears_or_sets_what_there_is() {
        let after = |change: Nullable<u8>| {
            let mut present = Some(1);
            change.apply_to(&mut present);
            present
        };
        assert_eq!(after(Nullable::Absent), Some(1));
        assert_eq!(after(Nullable::Null), None);
        assert_eq!(after(Nullable::Value(2)), Some(2));
    }
}
