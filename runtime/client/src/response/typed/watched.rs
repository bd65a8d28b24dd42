//! Reads a value and looks at the names of the outermost object on the way, so that nobody has to look for them in the
//! body. Changes nothing of what is read.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer as _, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use crate::response::member_name::MemberName;

/// The value of a body, and whether it is sure that no outermost member has one of these names, in any case.
///
/// # Errors
///
/// It does not fit the type or is not UTF-8 throughout, or the type is read in a way that cannot be watched.
pub(super) fn read<T: DeserializeOwned>(body: &[u8], names: &[&str]) -> serde_json::Result<(T, bool)> {
    let seen = Cell::new(Seen::Nothing);
    // The whole body at once, which is much faster than each string by itself.
    let text = str::from_utf8(body).map_err(serde_json::Error::custom)?;
    let mut inner = serde_json::Deserializer::from_str(text);
    let watch = Watch { names, seen: &seen };
    let value = T::deserialize(Watched {
        inner: &mut inner,
        watch,
    })?;
    inner.end()?;
    Ok((value, seen.get() == Seen::OtherNames))
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Nothing,
    OtherNames,
    Name,
}

#[derive(Clone, Copy)]
struct Watch<'w> {
    names: &'w [&'w str],
    seen: &'w Cell<Seen>,
}

impl Watch<'_> {
    fn see(self, name: &str) {
        if self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            self.seen.set(Seen::Name);
        }
    }
}

/// What is read, or what reads it.
struct Watched<'w, I> {
    inner: I,
    watch: Watch<'w>,
}

impl<'w, I> Watched<'w, I> {
    fn of<J>(&self, inner: J) -> Watched<'w, J> {
        Watched {
            inner,
            watch: self.watch,
        }
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let visitor = self.of(visitor);
        self.inner.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = self.of(visitor);
        self.inner.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        // So the parser marks what it reads in a way of its own.
        if name.starts_with('$') {
            return self.inner.deserialize_newtype_struct(name, visitor);
        }
        let visitor = self.of(visitor);
        self.inner.deserialize_newtype_struct(name, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.watch.seen.set(Seen::OtherNames);
        let members = self.of(members);
        self.inner.visit_map(members)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let inner = self.of(inner);
        self.inner.visit_newtype_struct(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        // An array is no object with members.
        self.watch.seen.set(Seen::OtherNames);
        self.inner.visit_seq(items)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Watched<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(name) = self.inner.next_key_seed(MemberName)? else {
            return Ok(None);
        };
        self.watch.see(&name);
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }
}
