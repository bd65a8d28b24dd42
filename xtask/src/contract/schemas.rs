//! The schemas of a document, in its order, and each of them by its name: there may be thousands, and most of what
//! is generated asks for some.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::Schema;

/// The objects, arrays and enums, in the order of the document. Their names do not change any more.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    all: Vec<Schema>,
    /// The numbers of the schemas, by the names of the document.
    by_name: BTreeMap<String, usize>,
    /// The same by the names of the Rust types.
    by_type: BTreeMap<String, usize>,
}

impl Schemas {
    /// The schema of a name; of several, the first.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Schema> {
        self.all.get(*self.by_name.get(name)?)
    }

    /// The schema of a Rust type; of several, the first.
    #[must_use]
    pub fn of_type(&self, rust: &str) -> Option<&Schema> {
        self.all.get(*self.by_type.get(rust)?)
    }

    /// The same schemas, each changed, whatever of it changes.
    #[must_use]
    pub fn each(self, change: impl FnMut(&mut Schema)) -> Self {
        let mut all = self.all;
        all.iter_mut().for_each(change);
        all.into()
    }
}

impl From<Vec<Schema>> for Schemas {
    fn from(all: Vec<Schema>) -> Self {
        let (mut by_name, mut by_type) = (BTreeMap::new(), BTreeMap::new());
        for (number, schema) in all.iter().enumerate() {
            by_name.entry(schema.name.clone()).or_insert(number);
            by_type.entry(schema.rust.clone()).or_insert(number);
        }
        Self {
            all,
            by_name,
            by_type,
        }
    }
}

impl Deref for Schemas {
    type Target = [Schema];

    fn deref(&self) -> &[Schema] {
        &self.all
    }
}

impl<'s> IntoIterator for &'s Schemas {
    type Item = &'s Schema;
    type IntoIter = std::slice::Iter<'s, Schema>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
