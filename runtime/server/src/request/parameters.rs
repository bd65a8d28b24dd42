//! Reads parameters of path, query and headers. Never stops at the first that is wrong: each violation is
//! recorded, and the caller goes on to the next parameter.

use std::borrow::Cow;
use std::str::{self, FromStr};

use fonedynamics_contract::Envelope;

use crate::request::admission::Input;
use crate::request::percent::{self, Plus};
use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::violations::{InvalidValue, Violations};

/// Accepts every value: for parameters whose type says all there is to say.
pub fn unconstrained<T, E: Envelope>(_: &T, _: &Path<'_>, _: &mut Violations<E>) {}

/// What a request holds under the name of a parameter.
#[derive(Debug, PartialEq)]
enum Text<'a> {
    Absent,
    Present(Cow<'a, str>),
    /// There, and without a value that could be checked.
    Unreadable(Expected),
}

/// In all of these, `invalid` is the code that the document names for the parameter, and `check` records what
/// is wrong with a value that could be read as the parameter's type.
impl Input {
    /// A parameter of the path.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn path<T: FromStr, E: Envelope>(
        &self,
        name: &str,
        invalid: Option<E::Code>,
        violations: &mut Violations<E>,
        check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
    ) -> Result<T, InvalidValue> {
        required(self.path_text(name), name, invalid, violations, check)
    }

    /// A parameter of the path that is documented without a prefix which its values have. A prefix that was
    /// sent all the same does no harm; what is checked is the rest, and the value has the prefix.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn path_with_prefix<E: Envelope>(
        &self,
        name: &str,
        prefix: &str,
        invalid: Option<E::Code>,
        violations: &mut Violations<E>,
        check: impl FnOnce(&String, &Path<'_>, &mut Violations<E>),
    ) -> Result<String, InvalidValue> {
        let text = match self.path_text(name) {
            Text::Present(text) => match text.strip_prefix(prefix) {
                Some(rest) => Text::Present(Cow::Owned(rest.to_owned())),
                None => Text::Present(text),
            },
            other => other,
        };
        let rest = required(text, name, invalid, violations, check)?;
        Ok(format!("{prefix}{rest}"))
    }

    /// An optional parameter of the query string. One without a value is present, and empty.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn query<T: FromStr, E: Envelope>(
        &self,
        name: &str,
        invalid: Option<E::Code>,
        violations: &mut Violations<E>,
        check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
    ) -> Result<Option<T>, InvalidValue> {
        optional(self.query_text(name), name, invalid, violations, check)
    }

    /// A required parameter of the query string.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn required_query<T: FromStr, E: Envelope>(
        &self,
        name: &str,
        invalid: Option<E::Code>,
        violations: &mut Violations<E>,
        check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
    ) -> Result<T, InvalidValue> {
        required(self.query_text(name), name, invalid, violations, check)
    }

    /// An optional header.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn header<T: FromStr, E: Envelope>(
        &self,
        name: &str,
        invalid: Option<E::Code>,
        violations: &mut Violations<E>,
        check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
    ) -> Result<Option<T>, InvalidValue> {
        optional(self.header_text(name), name, invalid, violations, check)
    }

    /// A required header.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn required_header<T: FromStr, E: Envelope>(
        &self,
        name: &str,
        invalid: Option<E::Code>,
        violations: &mut Violations<E>,
        check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
    ) -> Result<T, InvalidValue> {
        required(self.header_text(name), name, invalid, violations, check)
    }

    /// Compares from the end, so that a prefix under which the router is nested does not matter.
    fn path_text(&self, name: &str) -> Text<'_> {
        let segments = self.parts.uri.path().rsplit('/');
        let template = self.operation.path.rsplit('/');
        let is_named = |step: &str| {
            step.strip_prefix('{')
                .and_then(|step| step.strip_suffix('}'))
                .is_some_and(|step| step == name)
        };
        template
            .zip(segments)
            .find(|(step, _)| is_named(step))
            .map_or(Text::Absent, |(_, segment)| {
                percent::decode(segment, Plus::Plus).map_or(Text::Unreadable(Expected::Encoded), |text| {
                    Text::Present(text.into())
                })
            })
    }

    fn query_text(&self, name: &str) -> Text<'_> {
        let values = self.query.iter().filter(|pair| pair.key == name);
        single(values.map(|pair| pair.value.as_deref()), Expected::Encoded)
    }

    fn header_text(&self, name: &str) -> Text<'_> {
        single(
            self.parts
                .headers
                .get_all(name)
                .iter()
                .map(|value| str::from_utf8(value.as_bytes()).ok()),
            Expected::Utf8,
        )
    }
}

/// The one value; `readable` is what one that cannot be read should have been.
fn single<'a>(mut values: impl Iterator<Item = Option<&'a str>>, readable: Expected) -> Text<'a> {
    match (values.next(), values.next()) {
        (None, _) => Text::Absent,
        (Some(Some(text)), None) => Text::Present(text.into()),
        (Some(None), None) => Text::Unreadable(readable),
        (Some(_), Some(_)) => Text::Unreadable(Expected::Once),
    }
}

fn optional<T: FromStr, E: Envelope>(
    text: Text<'_>,
    name: &str,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
    check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
) -> Result<Option<T>, InvalidValue> {
    let root = Path::root();
    let at = root.member(name);
    let text = match text {
        Text::Absent => return Ok(None),
        Text::Present(text) => text,
        Text::Unreadable(expected) => return Err(violations.invalid(&at, expected, invalid)),
    };
    let Ok(value) = text.parse::<T>() else {
        return Err(violations.invalid(&at, Expected::Type, invalid));
    };
    let before = violations.count();
    check(&value, &at, violations);
    if violations.count() > before {
        return Err(InvalidValue(()));
    }
    Ok(Some(value))
}

fn required<T: FromStr, E: Envelope>(
    text: Text<'_>,
    name: &str,
    invalid: Option<E::Code>,
    violations: &mut Violations<E>,
    check: impl FnOnce(&T, &Path<'_>, &mut Violations<E>),
) -> Result<T, InvalidValue> {
    match optional(text, name, invalid, violations, check)? {
        Some(value) => Ok(value),
        None => Err(violations.missing(&Path::root().member(name))),
    }
}
