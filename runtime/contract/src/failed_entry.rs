//! An entry of a successful response that failed by itself, such as one message of a batch.
//!
//! Does not decide which entries failed.

use std::error::Error;
use std::fmt::{self, Display, Write as _};

/// An entry of a successful response that failed by itself: its error code, its message, and all else that it has.
///
/// `Display` is the code and the message, in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedEntry<T, C> {
    entry: Box<T>,
    code: C,
    message: Option<String>,
}

impl<T, C> FailedEntry<T, C> {
    /// An entry with what it says about its failure.
    #[must_use]
    pub fn new(entry: T, code: C, message: Option<String>) -> Self {
        let entry = Box::new(entry);
        Self { entry, code, message }
    }

    /// The error code.
    #[must_use]
    pub fn code(&self) -> &C {
        &self.code
    }

    /// The message for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The entry as it came.
    #[must_use]
    pub fn into_entry(self) -> T {
        *self.entry
    }
}

impl<T, C: Display> Display for FailedEntry<T, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.code)?;
        let Some(message) = &self.message else {
            return Ok(());
        };
        formatter.write_str(": ")?;
        let shown = |character: char| if character.is_control() { ' ' } else { character };
        message
            .chars()
            .try_for_each(|character| formatter.write_char(shown(character)))
    }
}

impl<T: fmt::Debug, C: fmt::Debug + Display> Error for FailedEntry<T, C> {}

#[cfg(test)]
mod tests {
    use super::FailedEntry;

    #[test]
    fn failed_entry_is_shown_in_one_line() {
        let shown =
            |message: Option<&str>| FailedEntry::new(1, "CODE", message.map(str::to_owned)).to_string();
        assert_eq!(shown(Some("No such\nnumber.")), "CODE: No such number.");
        assert_eq!(shown(None), "CODE");
    }
}
