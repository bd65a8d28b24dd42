//! Moves the values of a body into its type, as the parser would read it from the text. Knows no type.

use std::{iter, vec};

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Error;

use super::{Node, Values};

impl Values {
    /// The value of the body as a whole, as a type.
    pub(crate) fn into_type<T: DeserializeOwned>(self) -> Result<T, Error> {
        let mut nodes = Nodes {
            left: self.blocks.into_iter().flatten(),
            taken: 0,
            text: &self.text,
        };
        T::deserialize(nodes.value())
    }
}

/// The nodes that are not in the type yet. A block is freed once it is, so that a body never takes the memory of both.
struct Nodes<'de> {
    left: iter::Flatten<vec::IntoIter<Vec<Node>>>,
    taken: usize,
    text: &'de str,
}

// Called for every node, and from the crates of the types.
impl<'de> Nodes<'de> {
    #[inline]
    fn take(&mut self) -> Node {
        self.taken += 1;
        self.left.next().unwrap_or(Node::Null)
    }

    #[inline]
    fn value<'n>(&'n mut self) -> Value<'n, 'de> {
        let node = self.take();
        Value { node, nodes: self }
    }

    #[inline]
    fn rest(&mut self) -> u32 {
        match self.take() {
            Node::Rest(rest) => rest,
            _ => 0,
        }
    }

    fn bits(&mut self, upper: u32) -> u64 {
        u64::from(upper) << 32 | u64::from(self.rest())
    }

    #[inline]
    fn string(&mut self, begin: u32) -> &'de str {
        let range = begin as usize..self.rest() as usize;
        self.text.get(range).unwrap_or_default()
    }
}

/// A value of which the first node is taken.
struct Value<'n, 'de> {
    node: Node,
    nodes: &'n mut Nodes<'de>,
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Self { node, nodes } = self;
        let integer = match node {
            Node::Null | Node::Rest(_) => return visitor.visit_unit(),
            Node::Boolean(value) => return visitor.visit_bool(value),
            Node::Small(value) => value.into(),
            Node::Integer(upper) => nodes.bits(upper).cast_signed(),
            Node::Unsigned(upper) => return visitor.visit_u64(nodes.bits(upper)),
            Node::Float(upper) => return visitor.visit_f64(f64::from_bits(nodes.bits(upper))),
            Node::String(begin) => return visitor.visit_borrowed_str(nodes.string(begin)),
            Node::Array(end) => return Inside::of(end, nodes).visit(|items| visitor.visit_seq(items)),
            Node::Object(end) => return Inside::of(end, nodes).visit(|members| visitor.visit_map(members)),
        };
        // As from the text, where what has no sign is unsigned.
        match u64::try_from(integer) {
            Ok(unsigned) => visitor.visit_u64(unsigned),
            Err(_) => visitor.visit_i64(integer),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    // Enums are among them: none that is generated is one of serde's.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// What is in an array or an object.
struct Inside<'n, 'de> {
    /// How many nodes are taken once all of it is.
    end: usize,
    nodes: &'n mut Nodes<'de>,
}

impl<'n, 'de> Inside<'n, 'de> {
    fn of(end: u32, nodes: &'n mut Nodes<'de>) -> Self {
        let end = end as usize;
        Self { end, nodes }
    }

    /// What a visitor makes of it, if it takes all of it.
    fn visit<T>(mut self, visit: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let visited = visit(&mut self)?;
        match self.nodes.taken < self.end {
            true => Err(Error::custom("fewer items were expected")),
            false => Ok(visited),
        }
    }

    fn next<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let is_there = self.nodes.taken < self.end;
        is_there.then(|| seed.deserialize(self.nodes.value())).transpose()
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next(seed)
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self.nodes.value())
    }
}
