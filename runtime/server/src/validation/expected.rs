//! What would be right in place of an invalid value. Holds limits of the document, never a value.

use std::fmt;
use std::ops::Bound;

/// What would be right in place of an invalid value. Continues the sentence "It must be".
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expected {
    Object,
    List,
    Text,
    Integer,
    Number,
    Boolean,
    /// A text that can be read as the parameter's type.
    Type,
    /// One of the listed values.
    Known,
    /// What a pattern describes.
    Form,
    Whole(Bound<i64>, Bound<i64>),
    Real(Bound<f64>, Bound<f64>),
    /// A list in which no item stands twice.
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

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "a text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Type => "of the documented type",
            Self::Known => "one of the documented values",
            Self::Form => "of the documented form",
            Self::Whole(least, most) => return write_bounds(formatter, least, most),
            Self::Real(least, most) => return write_bounds(formatter, least, most),
            Self::Unique => "without repeated items",
            Self::Once => "sent once",
            Self::Utf8 => "UTF-8",
            Self::Encoded => "UTF-8, percent-encoded",
            Self::Alone => "sent without its alternatives",
            Self::Documented => "as documented",
        })
    }
}

fn write_bounds<T: fmt::Display>(
    formatter: &mut fmt::Formatter<'_>,
    least: &Bound<T>,
    most: &Bound<T>,
) -> fmt::Result {
    let least = match least {
        Bound::Included(least) => Some(format!("at least {least}")),
        Bound::Excluded(least) => Some(format!("more than {least}")),
        Bound::Unbounded => None,
    };
    let most = match most {
        Bound::Included(most) => Some(format!("at most {most}")),
        Bound::Excluded(most) => Some(format!("less than {most}")),
        Bound::Unbounded => None,
    };
    match (least, most) {
        (Some(least), Some(most)) => write!(formatter, "{least} and {most}"),
        (Some(bound), None) | (None, Some(bound)) => formatter.write_str(&bound),
        (None, None) => formatter.write_str("a number"),
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
                Expected::Whole(Included(0), Included(200)),
                "at least 0 and at most 200",
            ),
            (Expected::Whole(Included(0), Unbounded), "at least 0"),
            (
                Expected::Real(Excluded(0.5), Excluded(2.0)),
                "more than 0.5 and less than 2",
            ),
            (Expected::Real(Unbounded, Included(-1.5)), "at most -1.5"),
            (Expected::Real(Unbounded, Unbounded), "a number"),
        ];
        for (expected, text) in cases {
            assert_eq!(expected.to_string(), text);
        }
    }
}
