//! The schemas of the contract, and what their values must satisfy. Plain data.

use std::ops::Bound;

use crate::format::Format;
use crate::names;
use crate::pointer::Pointer;

/// A schema with a name of its own. Scalars have none: they are resolved where they are used.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The document's name.
    pub name: String,
    /// The Rust type.
    pub rust: String,
    /// The description.
    pub docs: String,
    /// What it is.
    pub shape: Shape,
    /// The code raised where a value fails validation, unless the constraint's own applies.
    pub invalid_code: Option<String>,
    /// Its place.
    pub at: Pointer,
}

impl Schema {
    /// The name from which its Rust names are made: its own, unless the document chooses another.
    #[must_use]
    pub fn source(&self) -> &str {
        names::source(&self.name, &self.rust, names::type_name)
    }
}

/// What a schema is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object.
    Object(Object),
    /// An array of items of one type.
    Array(Collection),
    /// An object whose members have any names and values of one type.
    Map(Collection),
    /// A string of an open set.
    Enum(Vec<EnumValue>),
}

/// An array or a map with a name of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    /// The type of the array or the map itself.
    pub ty: Type,
    /// What it and its items must satisfy.
    pub constraints: Constraints,
}

impl Collection {
    /// The type of its items.
    #[must_use]
    pub fn item(&self) -> &Type {
        match &self.ty {
            Type::Array(item) | Type::Map(item) => item,
            other => other,
        }
    }
}

/// An object's members.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The documented members, in order.
    pub members: Vec<Member>,
    /// Whether further members are kept.
    pub open: bool,
    /// Which of several members must be present.
    pub choices: Vec<Choice>,
}

/// Alternatives of an object: which members must be present together.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// How many of the alternatives must be present.
    pub kind: ChoiceKind,
    /// The wire names of each alternative's members.
    pub alternatives: Vec<Vec<String>>,
}

/// How many of several alternatives must be present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceKind {
    /// At least one.
    AnyOf,
    /// Exactly one.
    OneOf,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The wire name.
    pub name: String,
    /// The field.
    pub rust: String,
    /// The description.
    pub docs: String,
    /// The type.
    pub ty: Type,
    /// Whether it is required.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether new code should do without it.
    pub deprecated: bool,
    /// What its value must satisfy.
    pub constraints: Constraints,
}

impl Member {
    /// The name from which its Rust name is made: its own, unless the document chooses another.
    #[must_use]
    pub fn source(&self) -> &str {
        names::source(&self.name, &self.rust, names::value_name)
    }
}

/// What a value must satisfy beyond its type, and the code that is raised where it does not.
///
/// Only what applies to the type is set: lengths for strings and arrays, a pattern for strings, a range for
/// numbers, uniqueness and items for arrays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// The component that a string or a number is declared in, where it has a name of its own and raises the
    /// component's code.
    pub component: Option<String>,
    /// The code raised where the value fails validation, whichever constraint it breaks.
    pub invalid_code: Option<String>,
    /// The fewest characters or items.
    pub minimum_length: Option<usize>,
    /// The most characters or items.
    pub maximum_length: Option<usize>,
    /// The format of a string or an integer.
    pub format: Option<Format>,
    /// The regular expression of a string, as translated by [`crate::pattern`].
    pub pattern: Option<String>,
    /// What a string of this pattern is, as the end of "… must be".
    pub expected: Option<String>,
    /// The range of a number.
    pub range: Option<Range>,
    /// Whether no two items may be equal.
    pub unique: bool,
    /// What each item of an array or each value of a map must satisfy.
    pub items: Option<Box<Constraints>>,
}

impl Constraints {
    /// Whether every value of the type satisfies them.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let is_checked = self.format.and_then(Format::check).is_some();
        let format = None;
        !is_checked
            && Self {
                format,
                ..self.clone()
            } == Self::default()
    }

    /// Whether the value, or an item of it, must not be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.format == Some(Format::Password) || self.items.as_deref().is_some_and(Self::is_secret)
    }

    /// The same constraints, except that a value that breaks one raises this code if there is one, and so
    /// does each item.
    #[must_use]
    pub fn or(mut self, code: Option<&String>) -> Self {
        if let Some(code) = code {
            if self.invalid_code.as_ref() != Some(code) {
                // The component's own check raises another code.
                self.component = None;
            }
            self.invalid_code = Some(code.clone());
            self.items = self.items.map(|items| Box::new(items.or(Some(code))));
        }
        self
    }
}

/// The bounds of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Of an integer; no bound is excluded.
    Integer(Bound<i64>, Bound<i64>),
    /// Of a number.
    Number(Bound<f64>, Bound<f64>),
}

impl Range {
    /// Whether no number is within the bounds.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Integer(least, most) => is_empty(least, most),
            Self::Number(least, most) => is_empty(least, most),
        }
    }
}

fn is_empty<T: PartialOrd>(least: &Bound<T>, most: &Bound<T>) -> bool {
    match (least, most) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        (Bound::Included(least), Bound::Included(most)) => least > most,
        (Bound::Included(least) | Bound::Excluded(least), Bound::Included(most) | Bound::Excluded(most)) => {
            least >= most
        }
    }
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: String,
    /// The variant.
    pub variant: String,
}

/// The type of a member, an item or a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A string.
    String,
    /// An integer of 64 bits.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Anything.
    Any,
    /// An array.
    Array(Box<Type>),
    /// An object whose members have any names and values of one type.
    Map(Box<Type>),
    /// A schema of the contract, by the document's name.
    Named(String),
}

impl Type {
    /// The schema that the type or its items refer to.
    #[must_use]
    pub fn innermost(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(item) | Self::Map(item) => item.innermost(),
            Self::String | Self::Integer | Self::Number | Self::Boolean | Self::Any => None,
        }
    }
}
