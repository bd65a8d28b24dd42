//! What is odd about a body that could be read all the same. Decides nothing about what is left out.

use std::fmt::{self, Display};

use serde_json::value::RawValue;

/// A value of a response that does not fit its type, and so is left out or repaired; the rest of the response is
/// typed. See [`ResponseValue::misfits`](crate::ResponseValue::misfits).
///
/// `Display` and `Debug` say where it is, and never what it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Misfit {
    path: Path,
    raw: Box<str>,
}

impl Misfit {
    pub(super) fn new(path: Path, raw: &RawValue) -> Self {
        Self {
            path,
            raw: raw.get().into(),
        }
    }

    /// Where it is in the body: a JSON Pointer, such as `/Messages/2/Price`.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.path.to_string()
    }

    /// The JSON as it was sent: `"5"` for a string, `5` for a number. Bytes that are not UTF-8 are shown as
    /// U+FFFD.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} does not fit its type", self.path)
    }
}

impl fmt::Debug for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Misfit")
            .field("pointer", &self.pointer())
            .field("raw", &format_args!("{} bytes", self.raw.len()))
            .finish()
    }
}

/// The way from the root of a body to one of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path(pub(super) Vec<Step>);

/// One step of a way into a body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Member(String),
    Entry(usize),
}

impl Path {
    /// All its steps but the last.
    pub(super) fn parent(&self) -> &[Step] {
        self.0.split_last().map_or(&[], |(_, parent)| parent)
    }

    /// Its first steps.
    pub(super) fn up_to(&self, length: usize) -> Self {
        Self(self.0.iter().take(length).cloned().collect())
    }
}

impl Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Member(name) => write!(formatter, "/{}", name.replace('~', "~0").replace('/', "~1"))?,
                Step::Entry(index) => write!(formatter, "/{index}")?,
            }
        }
        Ok(())
    }
}
