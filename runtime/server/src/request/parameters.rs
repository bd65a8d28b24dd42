//! Reads parameters of path, query and headers. Never stops at the first that is wrong: each violation is
//! recorded, and the caller goes on to the next parameter.

use std::borrow::Cow;
use std::str::{self, FromStr};

use fonedynamics_contract::Envelope;

use crate::request::admission::{Input, Pair};
use crate::request::context::Exchange;
use crate::request::percent::{self, Plus};
use crate::validation::check::{Checked, Subject};
use crate::validation::expected::Expected;
use crate::validation::path::Path;
use crate::validation::violations::{InvalidValue, Violations};

/// What a request holds under the name of a parameter.
#[derive(Debug, PartialEq)]
enum RawParameter<'a> {
    Absent,
    Present(Cow<'a, str>),
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
        required(
            &mut self.violations,
            &path_value(&self.exchange, name),
            name,
            check,
        )
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
        let mut raw = path_value(&self.exchange, name);
        if let RawParameter::Present(text) = &raw
            && let Some(rest) = text.strip_prefix(prefix)
        {
            raw = RawParameter::Present(rest.to_owned().into());
        }
        let rest = checked(&mut self.violations, &raw, name, check)?;
        rest.map(|rest| [prefix, rest].concat())
            .ok_or_else(|| missing(&mut self.violations, name))
    }

    /// An optional parameter of the query string. One without a value is present, and empty. `None` also
    /// where a violation was recorded: the handler is not called then.
    pub fn query<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        let raw = query_value(&self.exchange, &self.query, name);
        optional(&mut self.violations, &raw, name, check).ok().flatten()
    }

    /// An optional parameter of the query string that is an array: a comma list. Under a repeated key are
    /// further items. `None` also where a violation was recorded: the handler is not called then.
    pub fn query_array<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        let raw = query_items(&self.exchange, &self.query, name);
        optional(&mut self.violations, &raw, name, check).ok().flatten()
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
        let raw = query_items(&self.exchange, &self.query, name);
        required(&mut self.violations, &raw, name, check)
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
        let raw = query_value(&self.exchange, &self.query, name);
        required(&mut self.violations, &raw, name, check)
    }

    /// An optional header. `None` also where a violation was recorded: the handler is not called then.
    pub fn header<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        let raw = header_value(&self.exchange, name);
        optional(&mut self.violations, &raw, name, check).ok().flatten()
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
        let raw = header_value(&self.exchange, name);
        required(&mut self.violations, &raw, name, check)
    }

    /// An optional header that is an array: a comma list, with blanks around its commas that do not count.
    /// Under a repeated name are further items. `None` also where a violation was recorded: the handler is not
    /// called then.
    pub fn header_array<T: FromStr>(
        &mut self,
        name: &str,
        check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
    ) -> Option<T> {
        let raw = header_items(&self.exchange, name);
        optional(&mut self.violations, &raw, name, check).ok().flatten()
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
        let raw = header_items(&self.exchange, name);
        required(&mut self.violations, &raw, name, check)
    }
}

fn required<T: FromStr, E: Envelope>(
    violations: &mut Violations<E>,
    raw: &RawParameter<'_>,
    name: &str,
    check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
) -> Result<T, InvalidValue> {
    optional(violations, raw, name, check)?.ok_or_else(|| missing(violations, name))
}

fn missing<E: Envelope>(violations: &mut Violations<E>, name: &str) -> InvalidValue {
    violations.missing(&Path::root().member(name));
    InvalidValue(())
}

fn optional<T: FromStr, E: Envelope>(
    violations: &mut Violations<E>,
    raw: &RawParameter<'_>,
    name: &str,
    check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
) -> Result<Option<T>, InvalidValue> {
    let Some(text) = checked(violations, raw, name, check)? else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        violations.invalid(&Path::root().member(name), Expected::Documented, None);
        InvalidValue(())
    })
}

/// The text of a parameter that is there, if nothing is wrong with it.
fn checked<'r, E: Envelope>(
    violations: &mut Violations<E>,
    raw: &'r RawParameter<'_>,
    name: &str,
    check: impl for<'v> FnOnce(Checked<'v, E>) -> Checked<'v, E>,
) -> Result<Option<&'r str>, InvalidValue> {
    let root = Path::root();
    let (at, before) = (root.member(name), violations.count());
    let (subject, text) = match raw {
        RawParameter::Absent => return Ok(None),
        RawParameter::Present(text) => (Subject::Parameter(text), Some(text.as_ref())),
        // Whatever its values say, the code of a wrong value would mislead.
        RawParameter::Repeated => {
            violations.invalid(&at, Expected::Once, None);
            return Err(InvalidValue(()));
        }
        RawParameter::Unreadable(expected) => (Subject::Unreadable(expected.clone()), None),
    };
    check(Checked::new(subject, at, violations));
    if text.is_none() && violations.count() == before {
        violations.invalid(&at, Expected::Documented, None);
    }
    match violations.count() > before {
        true => Err(InvalidValue(())),
        false => Ok(text),
    }
}

/// Compares from the end, so that a prefix under which the router is nested does not matter.
fn path_value<'r>(exchange: &'r Exchange, name: &str) -> RawParameter<'r> {
    let mut template = last_step(exchange.operation.path);
    let mut path = last_step(exchange.parts.uri.path());
    while let (Some((before, step)), Some((rest, segment))) = (template, path) {
        let parameter = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
        if parameter == Some(name) {
            let decoded = percent::decode(segment, Plus::Plus);
            return decoded.map_or(RawParameter::Unreadable(Expected::Encoded), RawParameter::Present);
        }
        (template, path) = (last_step(before), last_step(rest));
    }
    RawParameter::Absent
}

/// What is before and behind the last slash of a path.
fn last_step(path: &str) -> Option<(&str, &str)> {
    // By bytes, which is faster, and a slash is one.
    let slash = path.as_bytes().iter().rposition(|byte| *byte == b'/')?;
    Some((path.get(..slash)?, path.get(slash + 1..)?))
}

fn query_value<'r>(exchange: &'r Exchange, pairs: &'r [Pair], name: &str) -> RawParameter<'r> {
    single(query_values(exchange, pairs, name), Expected::Encoded)
}

/// The comma list under a key, continued by those under further keys of the same name.
fn query_items<'r>(exchange: &'r Exchange, pairs: &'r [Pair], name: &str) -> RawParameter<'r> {
    joined(query_values(exchange, pairs, name), Expected::Encoded)
}

fn query_values<'r>(
    exchange: &'r Exchange,
    pairs: &'r [Pair],
    name: &str,
) -> impl Iterator<Item = Option<&'r str>> {
    let query = exchange.query();
    let named = pairs.iter().filter(move |pair| pair.key.is(name, query));
    named.map(move |pair| pair.value.as_ref().map(|value| value.text(query)))
}

fn header_value<'r>(exchange: &'r Exchange, name: &str) -> RawParameter<'r> {
    single(header_values(exchange, name), Expected::Utf8)
}

/// The list of all headers of a name, without what a recipient has to ignore (RFC 9110, section 5.6.1): blanks
/// around commas, and empty items.
fn header_items<'r>(exchange: &'r Exchange, name: &str) -> RawParameter<'r> {
    match joined(header_values(exchange, name), Expected::Utf8) {
        RawParameter::Present(text) => {
            let items = text.split(',').map(|item| item.trim_matches([' ', '\t']));
            let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
            RawParameter::Present(items.join(",").into())
        }
        other => other,
    }
}

fn header_values<'r>(exchange: &'r Exchange, name: &str) -> impl Iterator<Item = Option<&'r str>> {
    let values = exchange.parts.headers.get_all(name).iter();
    values.map(|value| str::from_utf8(value.as_bytes()).ok())
}

/// The comma list of all values; `readable` is what one that cannot be read should have been.
fn joined<'a>(mut values: impl Iterator<Item = Option<&'a str>>, readable: Expected) -> RawParameter<'a> {
    let Some(first) = values.next() else {
        return RawParameter::Absent;
    };
    let list = values.fold(first.map(Cow::Borrowed), |list, value| {
        let mut list = list?;
        list.to_mut().push(',');
        list.to_mut().push_str(value?);
        Some(list)
    });
    list.map_or(RawParameter::Unreadable(readable), RawParameter::Present)
}

/// The one value; `readable` is what one that cannot be read should have been.
fn single<'a>(mut values: impl Iterator<Item = Option<&'a str>>, readable: Expected) -> RawParameter<'a> {
    match (values.next(), values.next()) {
        (None, _) => RawParameter::Absent,
        (Some(Some(text)), None) => RawParameter::Present(text.into()),
        (Some(None), None) => RawParameter::Unreadable(readable),
        (Some(_), Some(_)) => RawParameter::Repeated,
    }
}
