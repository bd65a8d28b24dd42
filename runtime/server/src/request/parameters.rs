//! Reads parameters of path, query and headers. Never stops at the first that is wrong: each violation is
//! recorded, and the caller goes on to the next parameter.

use std::str::{self, FromStr};

use fonedynamics_contract::Envelope;

use crate::request::admission::Input;
use crate::request::percent::{self, Plus};
use crate::validation::check::{Checked, Subject};
use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::violations::InvalidValue;

/// What a request holds under the name of a parameter.
#[derive(Debug, PartialEq)]
enum RawParameter {
    Absent,
    Present(String),
    /// There more than once, and not an array.
    Repeated,
    /// There, and without a value that could be checked.
    Unreadable(Expected),
}

/// In all of these, `check` records what is wrong with the string of the parameter. Only a string that it has
/// nothing to say about becomes a value.
impl<C, E: Envelope> Input<C, E> {
    /// A parameter of the path.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn path<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        self.required(&self.path_value(name), name, check)
    }

    /// A parameter of the path that is documented without a prefix which its values have. A prefix that was
    /// sent all the same does no harm; what is checked is the rest, and the value has the prefix.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn path_with_prefix(
        &mut self,
        name: &str,
        prefix: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<String, InvalidValue> {
        let raw = match self.path_value(name) {
            RawParameter::Present(text) => {
                RawParameter::Present(text.strip_prefix(prefix).unwrap_or(&text).to_owned())
            }
            other => other,
        };
        let rest: String = self.required(&raw, name, check)?;
        Ok(format!("{prefix}{rest}"))
    }

    /// An optional parameter of the query string. One without a value is present, and empty. `None` also
    /// where a violation was recorded: the handler is not called then.
    pub fn query<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        self.optional(&self.query_value(name), name, check).ok().flatten()
    }

    /// An optional parameter of the query string that is an array: a comma list. Under a repeated key are
    /// further items. `None` also where a violation was recorded: the handler is not called then.
    pub fn query_array<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        self.optional(&self.query_items(name), name, check).ok().flatten()
    }

    /// A required parameter of the query string that is an array: a comma list. Under a repeated key are
    /// further items.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn required_query_array<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        self.required(&self.query_items(name), name, check)
    }

    /// A required parameter of the query string.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn required_query<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        self.required(&self.query_value(name), name, check)
    }

    /// An optional header. `None` also where a violation was recorded: the handler is not called then.
    pub fn header<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        self.optional(&self.header_value(name), name, check)
            .ok()
            .flatten()
    }

    /// A required header.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn required_header<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        self.required(&self.header_value(name), name, check)
    }

    /// An optional header that is an array: a comma list, with blanks around its commas that do not count.
    /// Under a repeated name are further items. `None` also where a violation was recorded: the handler is not
    /// called then.
    pub fn header_array<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        self.optional(&self.header_items(name), name, check)
            .ok()
            .flatten()
    }

    /// A required header that is an array: a comma list, with blanks around its commas that do not count. Under
    /// a repeated name are further items.
    ///
    /// # Errors
    ///
    /// If a violation was recorded instead.
    pub fn required_header_array<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        self.required(&self.header_items(name), name, check)
    }

    fn required<T: FromStr>(
        &mut self,
        raw: &RawParameter,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<T, InvalidValue> {
        self.optional(raw, name, check)?.ok_or_else(|| {
            self.violations.missing(&Path::root().member(name));
            InvalidValue(())
        })
    }

    fn optional<T: FromStr>(
        &mut self,
        raw: &RawParameter,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Result<Option<T>, InvalidValue> {
        let root = Path::root();
        let (at, before) = (root.member(name), self.violations.count());
        let (subject, value) = match raw {
            RawParameter::Absent => return Ok(None),
            RawParameter::Present(text) => (Subject::Parameter(text), text.parse().ok()),
            // Whatever its values say, the code of a wrong value would mislead.
            RawParameter::Repeated => {
                self.violations.invalid(&at, Expected::Once, None);
                return Err(InvalidValue(()));
            }
            RawParameter::Unreadable(expected) => (Subject::Unreadable(expected.clone()), None),
        };
        check(Checked::new(subject, at, &mut self.violations));
        if value.is_none() && self.violations.count() == before {
            self.violations.invalid(&at, Expected::Documented, None);
        }
        if self.violations.count() > before {
            return Err(InvalidValue(()));
        }
        Ok(value)
    }

    /// Compares from the end, so that a prefix under which the router is nested does not matter.
    fn path_value(&self, name: &str) -> RawParameter {
        let segments = self.parts.uri.path().rsplit('/');
        let template = self.operation.path.rsplit('/');
        let is_named = |step: &str| {
            step.strip_prefix('{')
                .and_then(|step| step.strip_suffix('}'))
                .is_some_and(|step| step == name)
        };
        template.zip(segments).find(|(step, _)| is_named(step)).map_or(
            RawParameter::Absent,
            |(_, segment)| {
                percent::decode(segment, Plus::Plus)
                    .map_or(RawParameter::Unreadable(Expected::Encoded), RawParameter::Present)
            },
        )
    }

    fn query_value(&self, name: &str) -> RawParameter {
        let values = self.query.iter().filter(|pair| pair.key == name);
        single(values.map(|pair| pair.value.as_deref()), Expected::Encoded)
    }

    /// The comma list under a key, continued by those under further keys of the same name.
    fn query_items(&self, name: &str) -> RawParameter {
        let values = self.query.iter().filter(|pair| pair.key == name);
        joined(values.map(|pair| pair.value.as_deref()), Expected::Encoded)
    }

    fn header_value(&self, name: &str) -> RawParameter {
        single(self.header_values(name), Expected::Utf8)
    }

    /// The list of all headers of a name, without what a recipient has to ignore (RFC 9110, section 5.6.1): blanks
    /// around commas, and empty items.
    fn header_items(&self, name: &str) -> RawParameter {
        match joined(self.header_values(name), Expected::Utf8) {
            RawParameter::Present(text) => {
                let items = text.split(',').map(|item| item.trim_matches([' ', '\t']));
                let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
                RawParameter::Present(items.join(","))
            }
            other => other,
        }
    }

    fn header_values(&self, name: &str) -> impl Iterator<Item = Option<&str>> {
        let values = self.parts.headers.get_all(name).iter();
        values.map(|value| str::from_utf8(value.as_bytes()).ok())
    }
}

/// The comma list of all values; `readable` is what one that cannot be read should have been.
fn joined<'a>(values: impl Iterator<Item = Option<&'a str>>, readable: Expected) -> RawParameter {
    match values.collect::<Option<Vec<_>>>() {
        Some(values) if values.is_empty() => RawParameter::Absent,
        Some(values) => RawParameter::Present(values.join(",")),
        None => RawParameter::Unreadable(readable),
    }
}

/// The one value; `readable` is what one that cannot be read should have been.
fn single<'a>(mut values: impl Iterator<Item = Option<&'a str>>, readable: Expected) -> RawParameter {
    match (values.next(), values.next()) {
        (None, _) => RawParameter::Absent,
        (Some(Some(text)), None) => RawParameter::Present(text.to_owned()),
        (Some(None), None) => RawParameter::Unreadable(readable),
        (Some(_), Some(_)) => RawParameter::Repeated,
    }
}
