//! JSON Pointers into the document. Knows nothing of lines.

use std::collections::BTreeSet;
use std::fmt;

/// The place of a value, as a JSON Pointer (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to a member or an item of this value.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        // Every value of a document gets one: this is written for speed.
        let mut pointer = String::with_capacity(self.0.len() + 1 + key.len());
        pointer.push_str(&self.0);
        pointer.push('/');
        if key.contains(['~', '/']) {
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            pointer.push_str(key);
        }
        Self(pointer)
    }

    /// The pointer of a local reference, `#/components/…`.
    #[must_use]
    pub fn of_reference(reference: &str) -> Option<Self> {
        reference
            .strip_prefix('#')
            .filter(|rest| rest.starts_with('/'))
            .map(|rest| Self(rest.to_owned()))
            .map(|pointer| match pointer.0.contains('~') {
                true => pointer.keys().fold(Self::default(), |at, key| at.child(&key)),
                false => pointer,
            })
    }

    /// The last key, unescaped.
    #[must_use]
    pub fn last(&self) -> String {
        unescape(self.0.rsplit('/').next().unwrap_or_default())
    }

    /// The keys from the root on, unescaped.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The pointer to the value that holds this one; the root's parent is the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(
            self.0
                .rsplit_once('/')
                .map_or_else(String::new, |(parent, _)| parent.to_owned()),
        )
    }

    /// Whether the value is another one or within it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        let rest = self.0.strip_prefix(&other.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether the value is one of others, or within one.
    #[must_use]
    pub fn is_within_any(&self, others: &BTreeSet<Self>) -> bool {
        let mut around =
            std::iter::successors(Some(self.clone()), |at| (!at.0.is_empty()).then(|| at.parent()));
        around.any(|at| others.contains(&at))
    }

    /// The pointer as a string, empty for the whole document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(key: &str) -> String {
    // Every reference is followed this way, and hardly any key has an escape.
    if key.contains('~') {
        key.replace("~1", "/").replace("~0", "~")
    } else {
        key.to_owned()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn a_reference_becomes_the_pointer_that_the_value_has() {
        for (reference, keys) in [
            ("#/components/schemas/A", &["components", "schemas", "A"][..]),
            ("#/paths/~1a~1b", &["paths", "/a/b"]),
            ("#/paths/~2", &["paths", "~2"]),
        ] {
            let child = |at: Pointer, key: &&str| at.child(key);
            let expected = keys.iter().fold(Pointer::default(), child);
            assert_eq!(Pointer::of_reference(reference), Some(expected));
        }
    }
}
