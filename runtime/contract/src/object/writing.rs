//! Writing an object. Reads none.

use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};

use crate::Nullable;

/// Writes the members of an object, each by one call, up to the first that cannot be written.
pub struct ObjectWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> ObjectWriter<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a member.
    pub fn member<T: Serialize>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a member, if it has a value.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    /// Writes a member, unless it is left out.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Nullable<T>) {
        if !value.is_absent() {
            self.member(name, value);
        }
    }

    /// Writes an array or a map, unless it is empty.
    pub fn unless_empty<T: Serialize>(&mut self, name: &str, value: &T)
    where
        for<'a> &'a T: IntoIterator,
    {
        if value.into_iter().next().is_some() {
            self.member(name, value);
        }
    }

    /// Writes a number, optional or not, of a query. One that is not finite has no form that a server could read, so it
    /// ends the object with an error.
    pub fn number(&mut self, name: &str, value: impl Into<Option<f64>>) {
        match value.into() {
            Some(number) if !number.is_finite() => self.0 = Err(S::Error::custom("a number is not finite")),
            number => self.optional(name, &number),
        }
    }

    /// Writes members of other names.
    pub fn others<'m, T: Serialize + 'm>(&mut self, members: impl IntoIterator<Item = (&'m String, &'m T)>) {
        for (name, value) in members {
            self.member(name, value);
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// A member could not be written.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json, value::Serializer};

    use super::ObjectWriter;
    use crate::Nullable;

    #[test]
    fn members_without_a_value_are_left_out() {
        let mut object = ObjectWriter::new(Serializer);
        object.member("A", &None::<i64>);
        object.optional("B", &None::<i64>);
        object.nullable("C", &Nullable::<i64>::Absent);
        object.nullable("D", &Nullable::<i64>::Null);
        object.unless_empty("E", &Vec::<i64>::new());
        object.number("F", None);
        object.number("G", 0.5);
        object.others(&BTreeMap::from([("H".to_owned(), 1)]));
        assert_eq!(
            object.end().unwrap(),
            json!({ "A": null, "D": null, "G": 0.5, "H": 1 })
        );
    }

    #[test]
    fn number_that_is_not_finite_is_an_error_whatever_follows() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut object = ObjectWriter::new(Serializer);
            object.number("A", number);
            object.member("B", &1);
            assert!(object.end().is_err());
        }
        let empty = ObjectWriter::new(Serializer).end().unwrap();
        assert_eq!(empty, Value::Object(serde_json::Map::new()));
    }
}
