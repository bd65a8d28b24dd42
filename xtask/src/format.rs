//! The formats of values: which ones a server checks, and what a value of each is.
//!
//! The generated server has checks of its own, in the runtime; these are for values of the document.

use crate::pattern;

/// A format of strings, or of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A date and a time with an offset (RFC 3339), without leap seconds.
    DateTime,
    /// A date of the civil calendar (RFC 3339).
    Date,
    /// A UUID: 32 hexadecimal digits in five groups (RFC 4122).
    Uuid,
    /// A secret, which no generated type shows. Any string is one.
    Password,
    /// A point in time in whole Unix seconds. Any integer is one.
    UnixTime,
}

/// A day that exists, leap years included.
const DATE: &str = concat!(
    r"(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))",
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)",
);
const TIME: &str = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?";
const OFFSET: &str = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
const UUID: &str = "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";

impl Format {
    /// The format of a name in the document.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "uuid" => Self::Uuid,
            "password" => Self::Password,
            "unix-time" => Self::UnixTime,
            _ => return None,
        })
    }

    /// The check of the server's runtime, if there is anything to check.
    #[must_use]
    pub fn check(self) -> Option<&'static str> {
        match self {
            Self::DateTime => Some("date_time"),
            Self::Date => Some("date"),
            Self::Uuid => Some("uuid"),
            Self::Password | Self::UnixTime => None,
        }
    }

    /// What a field with such a string is good for, as the end of its documentation.
    #[must_use]
    pub fn docs(self) -> Option<&'static str> {
        match self {
            Self::DateTime => Some("A date and time in RFC 3339 form, which `DateTime` reads and writes."),
            Self::Date => Some("A date in RFC 3339 form, which `Date` reads and writes."),
            Self::Uuid | Self::Password | Self::UnixTime => None,
        }
    }

    /// What a string of this format is, if not every one is.
    #[must_use]
    pub fn expected(self) -> Option<&'static str> {
        match self {
            Self::DateTime => Some("a date and time in RFC 3339 form"),
            Self::Date => Some("a date in RFC 3339 form"),
            Self::Uuid => Some("a UUID"),
            Self::Password | Self::UnixTime => None,
        }
    }

    /// Whether a string has this format.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::DateTime => pattern::matches(&format!("^{DATE}[Tt]{TIME}{OFFSET}$"), text),
            Self::Date => pattern::matches(&format!("^{DATE}$"), text),
            Self::Uuid => pattern::matches(UUID, text),
            Self::Password | Self::UnixTime => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn days_that_do_not_exist_are_no_dates() {
        for (text, fits) in [
            ("2026-01-31", true),
            ("2026-04-31", false),
            ("2026-02-29", false),
            ("2024-02-29", true),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("2026-13-01", false),
            ("2026-1-1", false),
            ("2026-01-31\n", false),
        ] {
            assert_eq!(Format::Date.fits(text), fits, "{text}");
        }
    }

    #[test]
    fn times_have_seconds_and_an_offset() {
        for (text, fits) in [
            ("2026-01-31T09:30:00Z", true),
            ("2026-01-31t09:30:00.123456789z", true),
            ("2026-01-31T09:30:00+10:30", true),
            ("2026-01-31T09:30:00", false),
            ("2026-01-31 09:30:00Z", false),
            ("2026-01-31T24:00:00Z", false),
            ("2026-01-31T23:59:60Z", false),
            ("2026-01-31T09:30:00.Z", false),
            ("2026-01-31T09:30:00+24:00", false),
        ] {
            assert_eq!(Format::DateTime.fits(text), fits, "{text}");
        }
    }
}
