//! What would be right in place of an invalid value. Holds limits and values of the document, never a value
//! of a request.

use std::fmt::{self, Display};
use std::ops::Bound;

/// The most values of an enum that a message lists.
const MOST_LISTED: usize = 8;

/// What would be right in place of an invalid value. Continues the sentence "It must be".
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    Object,
    Array,
    String,
    Boolean,
    Integer(Bound<i64>, Bound<i64>),
    Number(Bound<f64>, Bound<f64>),
    /// A parameter that is an array of integers.
    Integers,
    /// A parameter that is an array of numbers.
    Numbers,
    /// A parameter that is an array of booleans.
    Booleans,
    /// One of few values, which are listed here as a sentence lists them.
    Listed(String),
    /// One of many values.
    Known,
    /// What a pattern describes, in the document's words where it has any.
    Form(Option<&'static str>),
    /// A date and a time with its offset.
    DateTime,
    /// A day of the civil calendar.
    Date,
    /// Hexadecimal digits in five groups.
    Uuid,
    /// An array in which no item occurs twice.
    Unique,
    /// Sent once and not several times.
    Once,
    /// Bytes that are UTF-8.
    Utf8,
    /// Percent escapes of UTF-8.
    Encoded,
    /// Sent without what excludes it.
    Alone,
    /// As the documentation says, which is all that is known here.
    Documented,
}

impl Expected {
    /// One of these values.
    pub(crate) fn of_values<T: Display>(values: &[T]) -> Self {
        match values {
            [first @ .., last] if values.len() <= MOST_LISTED => {
                let first: Vec<_> = first.iter().map(ToString::to_string).collect();
                let separator = if first.is_empty() { "" } else { " or " };
                Self::Listed(format!("{}{separator}{last}", first.join(", ")))
            }
            _ => Self::Known,
        }
    }

    /// The same, in fewer words: for a sentence that would be too long otherwise.
    pub(crate) fn in_short(&self) -> Self {
        match self {
            Self::Listed(_) => Self::Known,
            Self::Form(_) => Self::Form(None),
            other => other.clone(),
        }
    }
}

impl Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Integer(least, most) => return write_bounds(formatter, "an integer", least, most),
            Self::Number(least, most) => return write_bounds(formatter, "a number", least, most),
            Self::Integers => "integers separated by commas",
            Self::Numbers => "numbers separated by commas",
            Self::Booleans => "booleans separated by commas",
            Self::Listed(values) => values,
            Self::Known => "one of the documented values",
            Self::Form(expected) => expected.unwrap_or("of the documented form"),
            Self::DateTime => "a date and time in RFC 3339 form, such as 2026-01-31T09:30:00Z",
            Self::Date => "a date in RFC 3339 form, such as 2026-01-31",
            Self::Uuid => "a UUID, such as 6b7f6c1e-5d8a-4c0f-9f2e-3a1b2c4d5e6f",
            Self::Unique => "without repeated items",
            Self::Once => "sent once",
            Self::Utf8 => "UTF-8",
            Self::Encoded => "UTF-8, percent-encoded",
            Self::Alone => "sent without its alternatives",
            Self::Documented => "as documented",
        })
    }
}

fn write_bounds<T: Display>(
    formatter: &mut fmt::Formatter<'_>,
    what: &str,
    least: &Bound<T>,
    most: &Bound<T>,
) -> fmt::Result {
    if let (Bound::Included(least), Bound::Included(most)) = (least, most) {
        return write!(formatter, "{what} from {least} to {most}");
    }
    let least = match least {
        Bound::Included(least) => Some(format!("of at least {least}")),
        Bound::Excluded(least) => Some(format!("greater than {least}")),
        Bound::Unbounded => None,
    };
    let most = match most {
        Bound::Included(most) => Some(format!("of at most {most}")),
        Bound::Excluded(most) => Some(format!("less than {most}")),
        Bound::Unbounded => None,
    };
    formatter.write_str(what)?;
    match (least, most) {
        (Some(least), Some(most)) => write!(formatter, " {least} and {most}"),
        (Some(bound), None) | (None, Some(bound)) => write!(formatter, " {bound}"),
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Bound::{Excluded, Included, Unbounded};

    use super::Expected;

    #[test]
    fn bounds_are_said_in_words() {
        let cases = [
            (
                Expected::Integer(Included(0), Included(200)),
                "an integer from 0 to 200",
            ),
            (
                Expected::Integer(Included(0), Unbounded),
                "an integer of at least 0",
            ),
            (Expected::Integer(Unbounded, Unbounded), "an integer"),
            (
                Expected::Number(Excluded(0.5), Excluded(2.0)),
                "a number greater than 0.5 and less than 2",
            ),
            (
                Expected::Number(Included(0.0), Excluded(1.0)),
                "a number of at least 0 and less than 1",
            ),
            (
                Expected::Number(Unbounded, Included(-1.5)),
                "a number of at most -1.5",
            ),
            (Expected::Number(Unbounded, Unbounded), "a number"),
        ];
        for (expected, text) in cases {
            assert_eq!(expected.to_string(), text);
        }
    }

    #[test]
    fn few_values_are_listed_and_many_are_not() {
        let values = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
        let said = |count: usize| Expected::of_values(&values[..count]).to_string();
        assert_eq!(said(1), "A");
        assert_eq!(said(2), "A or B");
        assert_eq!(said(8), "A, B, C, D, E, F, G or H");
        for count in [0, 9] {
            assert_eq!(said(count), "one of the documented values");
        }
    }
}
