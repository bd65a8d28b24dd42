//! Path segments. Builds no URL and knows no route.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// Everything but the characters that RFC 3986 calls unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Encodes the value of a path parameter as exactly one segment of a path.
///
/// # Errors
///
/// The value is empty, `.` or `..`. A URL parser drops these, even as `%2E` and `%2E%2E`, and the request would reach
/// another path: the collection instead of one of its members.
pub fn encode_path(parameter: &'static str, value: &str) -> Result<String, UnusableSegment> {
    match value {
        "" | "." | ".." => Err(UnusableSegment { parameter }),
        _ => Ok(utf8_percent_encode(value, ENCODED).to_string()),
    }
}

/// A path parameter whose value no path can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusableSegment {
    parameter: &'static str,
}

impl fmt::Display for UnusableSegment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parameter } = self;
        write!(formatter, "the path parameter {parameter} is empty, `.` or `..`")
    }
}

impl std::error::Error for UnusableSegment {}

impl<E> From<UnusableSegment> for Error<E> {
    fn from(error: UnusableSegment) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}

/// The value without one leading `prefix`, for path parameters that are documented without it.
#[must_use]
pub fn omit_prefix<'value>(value: &'value str, prefix: &str) -> &'value str {
    value.strip_prefix(prefix).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use url::Url;

    use super::{encode_path, omit_prefix};

    /// The segments of a URL around one encoded value, as a server sees them.
    fn segments(value: &str) -> Vec<String> {
        let url = Url::parse(&format!(
            "https://api.example/v2/Kettles/{}/Lid",
            encode_path("Sid", value).unwrap()
        ))
        .unwrap();
        assert_eq!((url.query(), url.fragment()), (None, None), "{value:?}");
        url.path_segments().unwrap().map(str::to_owned).collect()
    }

    #[test]
    fn every_ordinary_value_is_one_segment_and_decodes_to_itself() {
        let values = [
            "KE123",
            "+61400000000",
            "a/b",
            "../x",
            "..\\x",
            "a b",
            "%2E%2E",
            ".%2e",
            "...",
            "?#",
            ";v=1",
            "é☕",
            "\u{0}\t\r\n",
            ":",
            "a@b",
            "~-._",
            "%",
            " ",
        ];
        for value in values {
            let segments = segments(value);
            let [first, second, third, last] = segments.as_slice() else {
                panic!("{value:?} gives {segments:?}");
            };
            assert_eq!(
                (first.as_str(), second.as_str(), last.as_str()),
                ("v2", "Kettles", "Lid")
            );
            assert_eq!(percent_decode_str(third).decode_utf8().unwrap(), value);
        }
    }

    #[test]
    fn unreserved_characters_are_left_alone() {
        assert_eq!(encode_path("Sid", "aZ09-._~").unwrap(), "aZ09-._~");
        assert_eq!(encode_path("Sid", "+!*'()").unwrap(), "%2B%21%2A%27%28%29");
    }

    #[test]
    fn percent_encoded_dots_would_be_normalised_away() {
        let url = Url::parse("https://api.example/v2/Kettles/%2E%2E/Lid").unwrap();
        assert_eq!(url.path(), "/v2/Lid");
    }

    #[test]
    fn value_that_no_path_can_have_is_refused() {
        for value in ["..", ".", ""] {
            let refused = encode_path("Sid", value).unwrap_err();
            assert_eq!(
                refused.to_string(),
                "the path parameter Sid is empty, `.` or `..`"
            );
        }
    }

    #[test]
    fn prefix_is_dropped_once_and_only_in_front() {
        assert_eq!(omit_prefix("+61400000000", "+"), "61400000000");
        assert_eq!(omit_prefix("++61", "+"), "+61");
        assert_eq!(omit_prefix("61+", "+"), "61+");
    }
}
