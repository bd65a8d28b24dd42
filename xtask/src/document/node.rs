//! A value of the document together with the pointer to it, and what it is there. Interprets nothing.

use serde_json::Value;

use super::Position;
use crate::pointer::Pointer;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The value.
    pub value: &'a Value,
    /// Its place.
    pub at: Pointer,
    /// What it is.
    pub position: Position,
}

impl<'a> Node<'a> {
    /// The whole document.
    pub fn root(value: &'a Value) -> Self {
        Self {
            value,
            at: Pointer::default(),
            position: Position::Root,
        }
    }

    /// A member, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| Self {
            value,
            at: self.at.child(key),
            position: self.position.member(key),
        })
    }

    /// The value at a pointer from the root, if this is the root.
    pub fn find(&self, pointer: &Pointer) -> Option<Self> {
        let root = (self.value, self.position);
        let found = pointer
            .keys()
            .try_fold(root, |(value, position), key| match value {
                Value::Array(items) => Some((items.get(key.parse::<usize>().ok()?)?, position.item())),
                _ => Some((value.get(&key)?, position.member(&key))),
            });
        found.map(|(value, position)| Self {
            value,
            at: pointer.clone(),
            position,
        })
    }

    /// The members of an object in the order of the text; none for anything else.
    pub fn members(&self) -> Vec<(&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members
            .map(|(key, value)| {
                (
                    key.as_str(),
                    Self {
                        value,
                        at: self.at.child(key),
                        position: self.position.member(key),
                    },
                )
            })
            .collect()
    }

    /// The items of an array; none for anything else.
    pub fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items
            .map(|(number, value)| Self {
                value,
                at: self.at.child(&number.to_string()),
                position: self.position.item(),
            })
            .collect()
    }

    /// The members of the object at a key; none if there is no such key.
    pub fn members_of(&self, key: &str) -> Vec<(&'a str, Self)> {
        self.get(key).map(|node| node.members()).unwrap_or_default()
    }

    /// The items of the array at a key; none if there is no such key.
    pub fn items_of(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|node| node.items()).unwrap_or_default()
    }

    /// The string, if this is one.
    pub fn string(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// The string at a key.
    pub fn string_of(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    /// The strings of the array at a key.
    pub fn strings_of(&self, key: &str) -> Vec<String> {
        self.items_of(key)
            .iter()
            .filter_map(Self::string)
            .map(str::to_owned)
            .collect()
    }

    /// Whether a member is `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether this object has the member.
    pub fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }
}
