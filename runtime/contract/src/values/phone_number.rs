//! Phone numbers in E.164 form. Knows no numbering plan, and so not whether a number is in use.

use std::fmt;
use std::str::FromStr;

/// The most digits that a number has.
const MOST_DIGITS: usize = 15;

/// A phone number in E.164 form: a plus sign and up to 15 digits, of which the first is not zero.
///
/// ```
/// use fonedynamics_contract::PhoneNumber;
///
/// let number: PhoneNumber = "+61255501234".parse().unwrap();
/// assert_eq!(number.to_string(), "+61255501234");
/// let field: String = number.into();
/// assert_eq!(field, "+61255501234");
///
/// let failure = "0255501234".parse::<PhoneNumber>().unwrap_err();
/// assert_eq!(failure.to_string(), "a phone number begins with a plus sign and its country code");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// The number with its plus sign.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a string is not a phone number in E.164 form. Does not hold the string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MalformedPhoneNumber {
    /// It does not begin with a plus sign and a digit other than zero.
    NoCountryCode,
    /// It contains something other than digits. Spaces, dashes and brackets are not part of the form.
    NotADigit,
    /// It has more than 15 digits.
    TooLong,
}

impl fmt::Display for MalformedPhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoCountryCode => "a phone number begins with a plus sign and its country code",
            Self::NotADigit => "a phone number has only digits after its plus sign",
            Self::TooLong => "a phone number has at most 15 digits",
        })
    }
}

impl std::error::Error for MalformedPhoneNumber {}

fn check(text: &str) -> Result<(), MalformedPhoneNumber> {
    let digits = text
        .strip_prefix('+')
        .ok_or(MalformedPhoneNumber::NoCountryCode)?;
    if !digits.starts_with(|first: char| first.is_ascii_digit() && first != '0') {
        return Err(MalformedPhoneNumber::NoCountryCode);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MalformedPhoneNumber::NotADigit);
    }
    if digits.len() > MOST_DIGITS {
        return Err(MalformedPhoneNumber::TooLong);
    }
    Ok(())
}

impl FromStr for PhoneNumber {
    type Err = MalformedPhoneNumber;

    fn from_str(text: &str) -> Result<Self, MalformedPhoneNumber> {
        check(text).map(|()| Self(text.to_owned()))
    }
}

impl TryFrom<&str> for PhoneNumber {
    type Error = MalformedPhoneNumber;

    fn try_from(text: &str) -> Result<Self, MalformedPhoneNumber> {
        text.parse()
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = MalformedPhoneNumber;

    fn try_from(text: String) -> Result<Self, MalformedPhoneNumber> {
        check(&text).map(|()| Self(text))
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl AsRef<str> for PhoneNumber {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{MalformedPhoneNumber, PhoneNumber};

    #[test]
    fn numbers_of_one_to_fifteen_digits_are_kept_as_they_are() {
        for text in ["+1", "+61255501234", "+123456789012345"] {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().as_str(), text);
            assert_eq!(PhoneNumber::try_from(text.to_owned()).unwrap().as_ref(), text);
        }
    }

    #[test]
    fn everything_else_is_refused_with_a_reason() {
        use MalformedPhoneNumber::{NoCountryCode, NotADigit, TooLong};
        for (text, reason) in [
            ("", NoCountryCode),
            ("+", NoCountryCode),
            ("61255501234", NoCountryCode),
            ("0255501234", NoCountryCode),
            ("+0255501234", NoCountryCode),
            ("++61", NoCountryCode),
            (" +61", NoCountryCode),
            ("+61 2 5550 1234", NotADigit),
            ("+61-2", NotADigit),
            ("+6\u{661}", NotADigit),
            ("+61\n", NotADigit),
            ("+1234567890123456", TooLong),
        ] {
            assert_eq!(text.parse::<PhoneNumber>(), Err(reason), "{text:?}");
            assert_eq!(PhoneNumber::try_from(text), Err(reason), "{text:?}");
        }
    }
}
