//! Path segments. Builds no URL and knows no route.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that RFC 3986 calls unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Encodes a value as exactly one segment of a path.
///
/// Three values have no form as a segment: the empty one, `.` and `..`. A URL parser drops them, even
/// as `%2E` and `%2E%2E`, and the request would reach another path: the collection instead of one of its
/// members. They are sent as literals that no identifier has, so that the server rejects them at the
/// path that was meant: the empty value as two quotation marks, the dots as the string `%2E` or `%2E%2E`.
#[must_use]
pub fn encode_path(value: &str) -> String {
    match value {
        "" => "%22%22".to_owned(),
        "." => "%252E".to_owned(),
        ".." => "%252E%252E".to_owned(),
        _ => utf8_percent_encode(value, ENCODED).to_string(),
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
            encode_path(value)
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
        assert_eq!(encode_path("aZ09-._~"), "aZ09-._~");
        assert_eq!(encode_path("+!*'()"), "%2B%21%2A%27%28%29");
    }

    #[test]
    fn percent_encoded_dots_would_be_normalised_away() {
        let url = Url::parse("https://api.example/v2/Kettles/%2E%2E/Lid").unwrap();
        assert_eq!(url.path(), "/v2/Lid");
    }

    #[test]
    fn dots_and_the_empty_value_stay_at_the_path_that_was_meant() {
        for (value, seen) in [("..", "%2E%2E"), (".", "%2E"), ("", "\"\"")] {
            let segments = segments(value);
            assert_eq!(segments.len(), 4, "{segments:?}");
            assert_eq!(percent_decode_str(&segments[2]).decode_utf8().unwrap(), seen);
        }
    }

    #[test]
    fn prefix_is_dropped_once_and_only_in_front() {
        assert_eq!(omit_prefix("+61400000000", "+"), "61400000000");
        assert_eq!(omit_prefix("++61", "+"), "+61");
        assert_eq!(omit_prefix("61+", "+"), "61+");
    }
}
