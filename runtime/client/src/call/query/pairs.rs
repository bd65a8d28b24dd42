//! Turns a value into pairs of names and texts. Encodes nothing and sends nothing.

use std::fmt::{self, Display};

use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct},
};

/// The pairs that a value stands for, in the order of its members and items.
pub(crate) fn pairs_of<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<Vec<(String, String)>, PairsError> {
    let mut pairs = Vec::new();
    value.serialize(Parameter {
        name,
        place: Place::Top,
        pairs: &mut pairs,
    })?;
    Ok(pairs)
}

/// Why a value has no form as parameters.
#[derive(Debug)]
pub(crate) struct PairsError(String);

impl Display for PairsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for PairsError {}

impl serde::ser::Error for PairsError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Where a value stands, which decides what it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The value as a whole: anything.
    Top,
    /// A member of a struct or of a map: a scalar or a sequence.
    Member,
    /// An item of a sequence, or the key of a map: a scalar.
    Item,
}

/// Writes the pairs of one value.
struct Parameter<'walk> {
    name: &'walk str,
    place: Place,
    pairs: &'walk mut Vec<(String, String)>,
}

impl<'walk> Parameter<'walk> {
    fn push(self, text: String) {
        self.pairs.push((self.name.to_owned(), text));
    }

    fn refuse<T>(&self, what: &str) -> Result<T, PairsError> {
        Err(PairsError(format!(
            "`{}` holds {what}, which has no form as a parameter",
            self.name
        )))
    }

    fn items(self) -> Result<Items<'walk>, PairsError> {
        match self.place {
            Place::Top | Place::Member => Ok(Items {
                name: self.name,
                pairs: self.pairs,
            }),
            Place::Item => self.refuse("a list inside of a list"),
        }
    }

    fn members(self) -> Result<Members<'walk>, PairsError> {
        match self.place {
            Place::Top => Ok(Members {
                key: None,
                pairs: self.pairs,
            }),
            Place::Member | Place::Item => self.refuse("an object inside of another value"),
        }
    }
}

/// Scalars whose text is what `Display` writes.
macro_rules! displayed {
    ($($method:ident($type:ty)),* $(,)?) => {
        $(fn $method(self, value: $type) -> Result<(), PairsError> {
            self.push(value.to_string());
            Ok(())
        })*
    };
}

/// Numbers that may not be finite.
macro_rules! displayed_if_finite {
    ($($method:ident($type:ty)),* $(,)?) => {
        $(fn $method(self, value: $type) -> Result<(), PairsError> {
            if !value.is_finite() {
                return self.refuse("a number that is not finite");
            }
            self.push(value.to_string());
            Ok(())
        })*
    };
}

impl<'walk> Serializer for Parameter<'walk> {
    type Ok = ();
    type Error = PairsError;
    type SerializeSeq = Items<'walk>;
    type SerializeTuple = Items<'walk>;
    type SerializeTupleStruct = Items<'walk>;
    type SerializeTupleVariant = Impossible<(), PairsError>;
    type SerializeMap = Members<'walk>;
    type SerializeStruct = Members<'walk>;
    type SerializeStructVariant = Impossible<(), PairsError>;

    displayed!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_i128(i128),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_u128(u128),
        serialize_char(char),
        serialize_str(&str),
    );
    displayed_if_finite!(serialize_f32(f32), serialize_f64(f64));

    fn serialize_bytes(self, _value: &[u8]) -> Result<(), PairsError> {
        self.refuse("bytes")
    }

    fn serialize_none(self) -> Result<(), PairsError> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), PairsError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), PairsError> {
        Ok(())
    }

    fn serialize_unit_struct(self, _type_name: &'static str) -> Result<(), PairsError> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _type_name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), PairsError> {
        self.push(variant.to_owned());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _type_name: &'static str,
        value: &T,
    ) -> Result<(), PairsError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _type_name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<(), PairsError> {
        self.refuse("a variant with content")
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Items<'walk>, PairsError> {
        self.items()
    }

    fn serialize_tuple(self, _length: usize) -> Result<Items<'walk>, PairsError> {
        self.items()
    }

    fn serialize_tuple_struct(
        self,
        _type_name: &'static str,
        _length: usize,
    ) -> Result<Items<'walk>, PairsError> {
        self.items()
    }

    fn serialize_tuple_variant(
        self,
        _type_name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, PairsError> {
        self.refuse("a variant with content")
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Members<'walk>, PairsError> {
        self.members()
    }

    fn serialize_struct(
        self,
        _type_name: &'static str,
        _length: usize,
    ) -> Result<Members<'walk>, PairsError> {
        self.members()
    }

    fn serialize_struct_variant(
        self,
        _type_name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, PairsError> {
        self.refuse("a variant with content")
    }
}

/// Writes the items of a sequence, all under one name.
struct Items<'walk> {
    name: &'walk str,
    pairs: &'walk mut Vec<(String, String)>,
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairsError> {
        value.serialize(Parameter {
            name: self.name,
            place: Place::Item,
            pairs: self.pairs,
        })
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = PairsError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairsError> {
        self.item(value)
    }

    fn end(self) -> Result<(), PairsError> {
        Ok(())
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = PairsError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairsError> {
        self.item(value)
    }

    fn end(self) -> Result<(), PairsError> {
        Ok(())
    }
}

impl SerializeTupleStruct for Items<'_> {
    type Ok = ();
    type Error = PairsError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairsError> {
        self.item(value)
    }

    fn end(self) -> Result<(), PairsError> {
        Ok(())
    }
}

/// Writes the members of a struct or of a map, each under its own name.
struct Members<'walk> {
    /// The key that the next value of a map belongs to.
    key: Option<String>,
    pairs: &'walk mut Vec<(String, String)>,
}

impl Members<'_> {
    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), PairsError> {
        value.serialize(Parameter {
            name,
            place: Place::Member,
            pairs: self.pairs,
        })
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = PairsError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), PairsError> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), PairsError> {
        Ok(())
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = PairsError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), PairsError> {
        // A key is written like an item: a scalar gives exactly one text.
        let mut texts = Vec::new();
        key.serialize(Parameter {
            name: "key of a map",
            place: Place::Item,
            pairs: &mut texts,
        })?;
        let Some((_, text)) = texts.pop() else {
            return Err(PairsError("a key of a map is empty".to_owned()));
        };
        self.key = Some(text);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PairsError> {
        let Some(name) = self.key.take() else {
            return Err(PairsError("a value of a map has no key".to_owned()));
        };
        self.member(&name, value)
    }

    fn end(self) -> Result<(), PairsError> {
        Ok(())
    }
}
