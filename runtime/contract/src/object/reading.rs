//! Reading an object. Writes none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::Nullable;

/// An object that is read member by member.
pub trait Object: Sized {
    /// The names of its members on the wire.
    const MEMBERS: &'static [&'static str];

    /// Reads the members that there are.
    ///
    /// # Errors
    ///
    /// A member that does not fit its type, that is there twice, or that is missing and required.
    fn read<'de, A: MapAccess<'de>>(members: Members<A>) -> Result<Self, A::Error>;
}

/// Reads an object; an array of its values is none.
///
/// # Errors
///
/// A value that is no object, and those of [`Object::read`].
pub fn read_object<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    struct Reader<T>(PhantomData<T>);

    impl<'de, T: Object> Visitor<'de> for Reader<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
            T::read(Members {
                access,
                names: T::MEMBERS,
                seen: 0,
                other: String::new(),
            })
        }
    }

    deserializer.deserialize_struct("object", T::MEMBERS, Reader(PhantomData))
}

/// The members of an object that is being read. After each name, exactly one function takes its value.
pub struct Members<A> {
    access: A,
    names: &'static [&'static str],
    /// Which names were there, by their places. Beyond as many as there are bits, nobody notices a repeated one.
    seen: u128,
    /// The last name that is none of the names.
    other: String,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The name of the next member, if it is one of the names.
    ///
    /// # Errors
    ///
    /// The object is malformed, or the member is there twice.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator cannot lend itself for reading the value"
    )]
    pub fn next(&mut self) -> Result<Option<Option<&'static str>>, A::Error> {
        let names = self.names;
        self.next_by(Name { names, other: None })
    }

    /// The same, where [`other`](Self::other) needs the names that are none of the names.
    ///
    /// # Errors
    ///
    /// The object is malformed, or the member is there twice.
    pub fn next_or_other(&mut self) -> Result<Option<Option<&'static str>>, A::Error> {
        let (names, mut other) = (self.names, std::mem::take(&mut self.other));
        let next = self.next_by(Name {
            names,
            other: Some(&mut other),
        });
        self.other = other;
        next
    }

    fn next_by(&mut self, name: Name<'_>) -> Result<Option<Option<&'static str>>, A::Error> {
        let Some(place) = self.access.next_key_seed(name)? else {
            return Ok(None);
        };
        let Some((place, name)) = place.and_then(|place| Some((place, *self.names.get(place)?))) else {
            return Ok(Some(None));
        };
        let bit = u32::try_from(place)
            .ok()
            .and_then(|place| 1_u128.checked_shl(place));
        let bit = bit.unwrap_or_default();
        if self.seen & bit != 0 {
            return Err(A::Error::duplicate_field(name));
        }
        self.seen |= bit;
        Ok(Some(Some(name)))
    }

    /// Reads a member that cannot be null.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    pub fn read<T: Deserialize<'de>>(&mut self, member: &mut Option<T>) -> Result<(), A::Error> {
        *member = Some(self.access.next_value()?);
        Ok(())
    }

    /// Reads a member that is absent where it is null.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    pub fn optional<T: Deserialize<'de>>(&mut self, member: &mut Option<T>) -> Result<(), A::Error> {
        *member = self.access.next_value()?;
        Ok(())
    }

    /// Reads a member of which null says something.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    pub fn nullable<T: Deserialize<'de>>(&mut self, member: &mut Nullable<T>) -> Result<(), A::Error> {
        *member = self.access.next_value()?;
        Ok(())
    }

    /// Reads a member that has its default where it is null.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    pub fn or_default<T: Default + Deserialize<'de>>(&mut self, member: &mut T) -> Result<(), A::Error> {
        *member = self.access.next_value::<Option<T>>()?.unwrap_or_default();
        Ok(())
    }

    /// Keeps a member of another name, which [`next_or_other`](Self::next_or_other) found.
    ///
    /// # Errors
    ///
    /// The value does not fit.
    pub fn other<T, M>(&mut self, others: &mut M) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
        M: Extend<(String, T)>,
    {
        let value = self.access.next_value()?;
        others.extend([(std::mem::take(&mut self.other), value)]);
        Ok(())
    }

    /// Passes over a member of another name.
    ///
    /// # Errors
    ///
    /// The value is malformed.
    pub fn ignore(&mut self) -> Result<(), A::Error> {
        self.access.next_value::<IgnoredAny>().map(drop)
    }

    /// The value of a member that is required.
    ///
    /// # Errors
    ///
    /// It is missing.
    pub fn required<T>(&self, name: &'static str, member: Option<T>) -> Result<T, A::Error> {
        member.ok_or_else(|| A::Error::missing_field(name))
    }
}

/// Reads a name: its place among the names, without a copy. Another one is copied to where it is wanted.
struct Name<'o> {
    names: &'static [&'static str],
    other: Option<&'o mut String>,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let place = self.names.iter().position(|known| *known == name);
        if let (None, Some(other)) = (place, self.other) {
            name.clone_into(other);
        }
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::{Deserializer, MapAccess};

    use super::{Members, Object, read_object};
    use crate::Nullable;

    #[derive(Debug, PartialEq)]
    struct Kettle {
        name: String,
        colour: Option<String>,
        owner: Nullable<String>,
        parts: Vec<i64>,
        extra: BTreeMap<String, i64>,
    }

    impl<'de> Deserialize<'de> for Kettle {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read_object(deserializer)
        }
    }

    impl Object for Kettle {
        const MEMBERS: &'static [&'static str] = &["Name", "Colour", "Owner", "Parts"];

        fn read<'de, A: MapAccess<'de>>(mut members: Members<A>) -> Result<Self, A::Error> {
            let (mut name, mut colour, mut owner) = Default::default();
            let (mut parts, mut extra) = Default::default();
            while let Some(member) = members.next_or_other()? {
                match member {
                    Some("Name") => members.read(&mut name),
                    Some("Colour") => members.optional(&mut colour),
                    Some("Owner") => members.nullable(&mut owner),
                    Some("Parts") => members.or_default(&mut parts),
                    _ => members.other(&mut extra),
                }?;
            }
            Ok(Self {
                name: members.required("Name", name)?,
                colour,
                owner,
                parts,
                extra,
            })
        }
    }

    fn read(text: &str) -> Result<Kettle, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn null_is_absent_or_the_default_or_a_value_of_its_own() {
        let plain = |owner| Kettle {
            name: "K".to_owned(),
            colour: None,
            owner,
            parts: Vec::new(),
            extra: BTreeMap::new(),
        };
        assert_eq!(read(r#"{"Name":"K"}"#), Ok(plain(Nullable::Absent)));
        assert_eq!(
            read(r#"{"Name":"K","Colour":null,"Owner":null,"Parts":null}"#),
            Ok(plain(Nullable::Null))
        );
    }

    #[test]
    fn members_of_other_names_are_kept_where_there_is_room_however_they_are_escaped() {
        let kettle = read(r#"{"Name":"K","b\u0061":1,"Litres":2,"Parts":[3]}"#).unwrap();
        let extra = BTreeMap::from([("ba".to_owned(), 1), ("Litres".to_owned(), 2)]);
        assert_eq!((kettle.extra, kettle.parts), (extra, vec![3]));
    }

    #[test]
    fn what_is_no_such_object_says_what_is_wrong() {
        for (text, wrong) in [
            (
                r#"["K",null,null,[]]"#,
                "invalid type: sequence, expected an object",
            ),
            (r#"{"Colour":"red"}"#, "missing field `Name`"),
            (r#"{"Name":"K","Name":"L"}"#, "duplicate field `Name`"),
            (r#"{"Name":null}"#, "invalid type: null, expected a string"),
            (
                r#"{"Name":"K","Litres":"2"}"#,
                "invalid type: string \"2\", expected i64",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(wrong), "{error}");
        }
    }

    #[test]
    fn member_beyond_the_128th_is_read_and_may_be_repeated() {
        struct Wide(usize);
        impl Object for Wide {
            const MEMBERS: &'static [&'static str] = {
                const NAMES: [&str; 130] = {
                    let mut names = ["another"; 130];
                    names[129] = "last";
                    names
                };
                &NAMES
            };

            fn read<'de, A: MapAccess<'de>>(mut members: Members<A>) -> Result<Self, A::Error> {
                let mut count = 0;
                while let Some(member) = members.next()? {
                    count += usize::from(member == Some("last"));
                    members.ignore()?;
                }
                Ok(Self(count))
            }
        }
        let mut text = serde_json::Deserializer::from_str(r#"{"last":1,"other":2,"last":3}"#);
        let wide: Wide = read_object(&mut text).unwrap();
        assert_eq!(wide.0, 2);
    }
}
