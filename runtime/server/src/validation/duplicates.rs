//! The duplicate members of a body. Holds names and places, never a value.

use std::collections::BTreeMap;

use crate::validation::path::{Path, Step};

/// The duplicate members at a place and below it. Only what leads to such a member is there, so it is never
/// larger than the body that it is about.
#[derive(Debug, Default)]
pub(crate) struct Duplicates {
    twice: bool,
    members: BTreeMap<String, Duplicates>,
    items: BTreeMap<usize, Duplicates>,
}

impl Duplicates {
    /// No duplicate members.
    pub(crate) const fn nothing() -> Self {
        Self {
            twice: false,
            members: BTreeMap::new(),
            items: BTreeMap::new(),
        }
    }

    /// Whether there are no duplicate members.
    pub(crate) fn is_nothing(&self) -> bool {
        !self.twice && self.members.is_empty() && self.items.is_empty()
    }

    /// Takes note of a member of the object here, which occurs there `twice` or not, and of what is below it.
    pub(crate) fn note_member(&mut self, name: &str, twice: bool, mut below: Self) {
        below.twice = twice;
        if !below.is_nothing() {
            self.members.insert(name.to_owned(), below);
        }
    }

    /// Takes note of what is below an item of the array here.
    pub(crate) fn note_item(&mut self, index: usize, below: Self) {
        if !below.is_nothing() {
            self.items.insert(index, below);
        }
    }

    /// Whether the member at a path occurs twice in its object.
    pub(crate) fn holds(&self, at: &Path<'_>) -> bool {
        let mut here = self;
        for step in at.steps() {
            let below = match step {
                Step::Root => Some(here),
                Step::Member(name) | Step::Key(name) => here.members.get(name),
                Step::Item(index) => here.items.get(&index),
            };
            let Some(below) = below else {
                return false;
            };
            here = below;
        }
        here.twice
    }
}
