//! Reads parameters of path, query and headers. Never stops at the first that is wrong: each violation is
//! recorded, and the caller goes on to the next parameter.

use std::borrow::Cow;
use std::str::{self, FromStr};

use fonedynamics_contract::Envelope;

use crate::escape::{self, Plus};
use crate::incoming::Input;
use crate::path::Path;
use crate::violations::{Recorded, Violations};

/// Accepts every value: for parameters whose type says all there is to say.
#[must_use]
pub fn always<T>(_: &T) -> bool {
    true
}

/// What a request holds under the name of a parameter.
#[derive(Debug, PartialEq, Eq)]
enum Text<'a> {
    Absent,
    Present(Cow<'a, str>),
    /// Repeated, or not decodable.
    Unreadable,
}

/// In all of these, `invalid` is the code that the document names for the parameter, and `acceptable` says
/// whether a value that could be parsed is one that the document permits.
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
        acceptable: impl Fn(&T) -> bool,
        violations: &mut Violations<E>,
    ) -> Result<T, Recorded> {
        required(self.path_text(name), name, invalid, acceptable, violations)
    }

    /// A parameter of the path that is documented without a prefix which its values have. The prefix is put
    /// back unless it was sent all the same.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn path_with_prefix<T: FromStr, E: Envelope>(
        &self,
        name: &str,
        prefix: &str,
        invalid: Option<E::Code>,
        acceptable: impl Fn(&T) -> bool,
        violations: &mut Violations<E>,
    ) -> Result<T, Recorded> {
        let text = match self.path_text(name) {
            Text::Present(text) if !text.starts_with(prefix) => {
                Text::Present(Cow::Owned(format!("{prefix}{text}")))
            }
            other => other,
        };
        required(text, name, invalid, acceptable, violations)
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
        acceptable: impl Fn(&T) -> bool,
        violations: &mut Violations<E>,
    ) -> Result<Option<T>, Recorded> {
        optional(self.query_text(name), name, invalid, acceptable, violations)
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
        acceptable: impl Fn(&T) -> bool,
        violations: &mut Violations<E>,
    ) -> Result<T, Recorded> {
        required(self.query_text(name), name, invalid, acceptable, violations)
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
        acceptable: impl Fn(&T) -> bool,
        violations: &mut Violations<E>,
    ) -> Result<Option<T>, Recorded> {
        optional(self.header_text(name), name, invalid, acceptable, violations)
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
        acceptable: impl Fn(&T) -> bool,
        violations: &mut Violations<E>,
    ) -> Result<T, Recorded> {
        required(self.header_text(name), name, invalid, acceptable, violations)
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
                escape::decode(segment, Plus::Plus)
                    .map_or(Text::Unreadable, |text| Text::Present(text.into()))
            })
    }

    fn query_text(&self, name: &str) -> Text<'_> {
        let values = self.query.iter().filter(|pair| pair.key == name);
        single(values.map(|pair| pair.value.as_deref()))
    }

    fn header_text(&self, name: &str) -> Text<'_> {
        single(
            self.parts
                .headers
                .get_all(name)
                .iter()
                .map(|value| str::from_utf8(value.as_bytes()).ok()),
        )
    }
}

fn single<'a>(mut values: impl Iterator<Item = Option<&'a str>>) -> Text<'a> {
    match (values.next(), values.next()) {
        (None, _) => Text::Absent,
        (Some(Some(text)), None) => Text::Present(text.into()),
        (Some(_), _) => Text::Unreadable,
    }
}

fn optional<T: FromStr, E: Envelope>(
    text: Text<'_>,
    name: &str,
    invalid: Option<E::Code>,
    acceptable: impl Fn(&T) -> bool,
    violations: &mut Violations<E>,
) -> Result<Option<T>, Recorded> {
    let parsed = match text {
        Text::Absent => return Ok(None),
        Text::Present(text) => text.parse().ok(),
        Text::Unreadable => None,
    };
    match parsed.filter(acceptable) {
        Some(value) => Ok(Some(value)),
        None => Err(violations.invalid(&Path::root().member(name), invalid)),
    }
}

fn required<T: FromStr, E: Envelope>(
    text: Text<'_>,
    name: &str,
    invalid: Option<E::Code>,
    acceptable: impl Fn(&T) -> bool,
    violations: &mut Violations<E>,
) -> Result<T, Recorded> {
    match optional(text, name, invalid, acceptable, violations)? {
        Some(value) => Ok(value),
        None => Err(violations.missing(&Path::root().member(name))),
    }
}
