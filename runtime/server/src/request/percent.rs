//! Undoes the escaping of path segments and query strings, strictly. Never guesses: what does not decode
//! to UTF-8 has no value.

use std::borrow::Cow;

/// What a plus sign means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plus {
    /// Itself, as in a path.
    Plus,
    /// A space, as in a query string.
    Space,
}

/// The text behind `raw`, or `None` where a percent sign is not followed by two hexadecimal digits or the
/// bytes are not UTF-8.
pub(crate) fn decode(raw: &str, plus: Plus) -> Option<Cow<'_, str>> {
    let is_plain = |byte| byte != b'%' && (byte != b'+' || plus == Plus::Plus);
    if raw.bytes().all(is_plain) {
        return Some(raw.into());
    }
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let high = hexadecimal(bytes.next()?)?;
                let low = hexadecimal(bytes.next()?)?;
                high << 4 | low
            }
            b'+' if plus == Plus::Space => b' ',
            other => other,
        });
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::{Plus, decode};

    #[test]
    fn escapes_and_plus_signs_are_undone() {
        assert_eq!(decode("%2B61%20x+y", Plus::Space).as_deref(), Some("+61 x y"));
        assert_eq!(decode("a+b%2fc", Plus::Plus).as_deref(), Some("a+b/c"));
        assert_eq!(decode("%C3%BC", Plus::Plus).as_deref(), Some("ü"));
        assert_eq!(decode("", Plus::Plus).as_deref(), Some(""));
    }

    #[test]
    fn broken_escapes_and_broken_text_have_no_value() {
        for raw in ["%", "%4", "%zz", "%+1", "a%F", "%FF", "%C3"] {
            assert_eq!(decode(raw, Plus::Space), None, "{raw}");
        }
    }
}
