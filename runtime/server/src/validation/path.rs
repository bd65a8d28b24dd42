//! Where in a request a value is, by wire names. Never holds a value of the request.

use std::fmt::Write as _;

use crate::failure::MAXIMUM_NAME;

/// Where a value is: a parameter, or a place in the body. A chain of borrowed steps, so that walking a body
/// allocates nothing until a violation is recorded.
///
/// Written as wire names: `Books[2].Title`, or `[2].Title` under a body that is an array. The root, which is
/// the body as a whole, has no name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    Root,
    Member(&'a str),
    /// A member of a map, whose name the caller chose.
    Key(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    /// The body as a whole; [`member`](Self::member) of it is also the path of a parameter.
    pub(crate) const fn root() -> Self {
        Self {
            parent: None,
            step: Step::Root,
        }
    }

    /// The member of an object at this path.
    pub(crate) const fn member(&'a self, name: &'a str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Member(name),
        }
    }

    /// The member of a map at this path.
    pub(crate) const fn key(&'a self, name: &'a str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(name),
        }
    }

    /// The item, counted from zero, of an array at this path.
    pub(crate) const fn item(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Item(index),
        }
    }

    /// The name on the wire, at most [`MAXIMUM_NAME`] bytes of whole steps; empty for the root. Ends
    /// before a key that has characters that separate names.
    pub(crate) fn name(&self) -> String {
        let mut name = String::new();
        self.write(&mut name);
        name
    }

    /// Writes the steps from the root to here. `false` where the name ends before.
    fn write(&self, name: &mut String) -> bool {
        // As deep as the body, which the parser limits.
        if !self.parent.is_none_or(|parent| parent.write(name)) {
            return false;
        }
        let before = name.len();
        match self.step {
            Step::Root => {}
            Step::Member(member) | Step::Key(member) => {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(member);
            }
            Step::Item(index) => {
                // Writing to a `String` cannot fail.
                let _ = write!(name, "[{index}]");
            }
        }
        let fits = name.len() <= MAXIMUM_NAME && !matches!(self.step, Step::Key(key) if !is_plain(key));
        if !fits {
            name.truncate(before);
        }
        fits
    }
}

/// Whether a key is a name that can be part of another.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && !key.contains(|c: char| c.is_control() || ",.[]|;".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{MAXIMUM_NAME, Path};

    #[test]
    fn names_are_members_and_items_as_on_the_wire() {
        let root = Path::root();
        assert_eq!(root.name(), "");
        assert_eq!(
            root.member("Books").item(2).member("Title").name(),
            "Books[2].Title"
        );
        assert_eq!(root.item(2).member("Title").name(), "[2].Title");
        assert_eq!(root.item(0).item(1).name(), "[0][1]");
    }

    #[test]
    fn keys_that_separate_names_are_no_steps() {
        let root = Path::root();
        let map = root.member("Labels");
        for (key, name) in [
            ("red ü", "Labels.red ü.Text"),
            ("", "Labels"),
            ("a.b", "Labels"),
            ("a\n", "Labels"),
        ] {
            assert_eq!(map.key(key).member("Text").name(), name);
        }
    }

    #[test]
    fn names_that_are_too_long_end_at_a_whole_step() {
        let root = Path::root();
        let long = "a".repeat(200);
        let first = root.member(&long);
        let second = first.member(&long);
        assert_eq!(second.name(), long);
        let endless = "b".repeat(MAXIMUM_NAME + 1);
        assert_eq!(root.member(&endless).name(), "");
        assert_eq!(root.member(&endless).member("Title").name(), "");
    }
}
