//! Leaves out of a value what does not fit a type, until the rest does. Repairs nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Map, Value, value::RawValue};
use serde_path_to_error::Segment;

use super::{Form, Typed, Unreadable};
use crate::response::{
    misfit::{Misfit, Path, Step},
    tree::{self, MOST_MISFITS},
};

/// How much may be read again, in bytes: a body that is full of what does not fit takes time that grows with the
/// square of its length.
const MOST_READ_AGAIN: usize = 64 * 1024 * 1024;

/// A body on the way to its type.
pub(super) struct Draft {
    value: Value,
    /// The way in the body to what the value was taken from.
    base: Vec<Step>,
    /// How many steps of a way into the value the body does not have.
    added: usize,
    /// The way to the items of a list, in the value.
    items: Option<Path>,
    /// The ways to what was left out, in the value as it was in the beginning; to each the way to its cause: its own,
    /// or that of what is left out of it and is required there.
    left_out: BTreeMap<Path, Path>,
    /// The indexes of the entries that are left, of each array that lost any, by the way to it; both as they were in
    /// the beginning.
    kept: BTreeMap<Vec<Step>, Vec<usize>>,
}

impl Draft {
    /// Brings a body into the documented one of its forms.
    ///
    /// # Errors
    ///
    /// It has neither form.
    pub(super) fn new(body: Value, form: Form) -> Result<Self, Unreadable> {
        let draft = |value, items| Self {
            value,
            base: Vec::new(),
            added: 0,
            items,
            left_out: BTreeMap::new(),
            kept: BTreeMap::new(),
        };
        let expected = match (form, body) {
            (Form::Any, value) | (Form::Object, value @ Value::Object(_)) => return Ok(draft(value, None)),
            (Form::Object, _) => "the body is not an object",
            (Form::Page(name), value) => {
                let items = Some(Path(vec![Step::Member(name.to_owned())]));
                match value {
                    Value::Object(_) => return Ok(draft(value, items)),
                    Value::Array(_) => {
                        let page = Map::from_iter([(name.to_owned(), value)]);
                        let draft = draft(Value::Object(page), items);
                        return Ok(Self { added: 1, ..draft });
                    }
                    _ => "the body is neither a page nor an array",
                }
            }
            (Form::Array, value @ Value::Array(_)) => return Ok(draft(value, Some(Path::default()))),
            (Form::Array, Value::Object(members)) => {
                let mut arrays = members.into_iter().filter(|(_, value)| value.is_array());
                match (arrays.next(), arrays.next()) {
                    (Some((name, value)), None) => {
                        let base = vec![Step::Member(name)];
                        let draft = draft(value, Some(Path::default()));
                        return Ok(Self { base, ..draft });
                    }
                    _ => "there is no array in the body, or more than one",
                }
            }
            (Form::Array, _) => "the body is neither an array nor a page",
        };
        Err(Unreadable::from(serde_json::Error::custom(expected)))
    }

    /// Leaves out what does not fit until the rest does. `raw` is the body, and `repaired` what is odd about it
    /// whatever the type is.
    ///
    /// # Errors
    ///
    /// What does not fit is the body itself, because something is missing in it.
    pub(super) fn fit<T>(mut self, raw: &RawValue, repaired: Vec<Misfit>) -> Result<Typed<T>, Unreadable>
    where
        T: DeserializeOwned,
    {
        let mut budget = MOST_READ_AGAIN;
        loop {
            let error = match serde_path_to_error::deserialize(&self.value) {
                Ok(value) => return self.finish(value, raw, repaired),
                Err(error) => error,
            };
            let path = steps(error.path()).filter(|path| !path.0.is_empty());
            let error = error.into_inner();
            budget = budget.saturating_sub(raw.get().len());
            let paths = path.map(|path| find_all(&self.value, path, &error.to_string()));
            match paths {
                Some(paths) if budget > 0 && self.left_out.len() + paths.len() <= MOST_MISFITS => {
                    self.leave_out(&paths, &error);
                }
                _ => {
                    let required = self.cause(&Path::default(), &error);
                    let required = required.map(|path| self.in_body(&path).to_string());
                    return Err(Unreadable { error, required });
                }
            }
        }
    }

    /// Leaves out the values at these ways, which differ in the indexes of entries only and are sorted.
    fn leave_out(&mut self, paths: &[Path], error: &serde_json::Error) {
        for path in paths {
            let path = self.as_it_was(path);
            let cause = self.cause(&path, error).unwrap_or_else(|| path.clone());
            self.left_out.insert(path, cause);
        }
        for siblings in paths.chunk_by(|one, other| one.parent() == other.parent()) {
            let parent = siblings.first().map(Path::parent).unwrap_or_default();
            let array = self.as_it_was(&Path(parent.to_vec())).0;
            match value_at_mut(&mut self.value, parent) {
                Some(Value::Object(members)) => {
                    for path in siblings {
                        if let Some(Step::Member(name)) = path.0.last() {
                            members.remove(name);
                        }
                    }
                }
                // All at once: each one by itself would move the others up.
                Some(Value::Array(entries)) => {
                    let gone: BTreeSet<Option<&Step>> = siblings.iter().map(|path| path.0.last()).collect();
                    let stays = |index: usize| !gone.contains(&Some(&Step::Entry(index)));
                    let kept = self.kept.entry(array);
                    retain(kept.or_insert_with(|| (0..entries.len()).collect()), stays);
                    retain(entries, stays);
                }
                _ => {}
            }
        }
    }

    /// What was left out of the value at a way and is missing there now.
    fn cause(&self, path: &Path, error: &serde_json::Error) -> Option<Path> {
        let text = error.to_string();
        let name = text.strip_prefix("missing field `")?.strip_suffix('`')?;
        let mut missing = path.clone();
        missing.0.push(Step::Member(name.to_owned()));
        self.left_out.get(&missing).cloned()
    }

    /// A way into the value as it is now, as it was in the beginning: entries have moved up since.
    fn as_it_was(&self, path: &Path) -> Path {
        let mut original = Vec::new();
        for step in &path.0 {
            let step = match step {
                Step::Member(name) => Step::Member(name.clone()),
                Step::Entry(index) => {
                    let kept = self.kept.get(&original).and_then(|kept| kept.get(*index));
                    Step::Entry(*kept.unwrap_or(index))
                }
            };
            original.push(step);
        }
        Path(original)
    }

    fn in_body(&self, path: &Path) -> Path {
        let within = path.0.iter().skip(self.added);
        Path(self.base.iter().chain(within).cloned().collect())
    }

    fn finish<T>(self, value: T, raw: &RawValue, repaired: Vec<Misfit>) -> Result<Typed<T>, Unreadable> {
        let paths: BTreeSet<Path> = self.left_out.keys().map(|path| self.in_body(path)).collect();
        let within_another =
            |path: &Path| (0..path.0.len()).any(|length| paths.contains(&path.up_to(length)));
        let outer: Vec<Path> = paths
            .iter()
            .filter(|path| !within_another(path))
            .cloned()
            .collect();
        let mut misfits = Vec::new();
        find_raw(raw, 0, &outer, &mut misfits)?;
        misfits.extend(
            repaired
                .into_iter()
                .filter(|misfit| !paths.contains(misfit.path()) && !within_another(misfit.path())),
        );
        misfits.sort_by(|one, other| one.path().cmp(other.path()));
        let is_item = |path: &&Path| {
            let items = self.items.as_ref().map(|items| items.0.as_slice());
            matches!(path.0.last(), Some(Step::Entry(_))) && items == Some(path.parent())
        };
        Ok(Typed {
            value,
            misfits,
            missing_items: self.left_out.keys().filter(is_item).count(),
            is_no_envelope: false,
        })
    }
}

/// The way of a deserialiser, if it is one into JSON.
fn steps(path: &serde_path_to_error::Path) -> Option<Path> {
    let steps = path.iter().map(|segment| match segment {
        Segment::Seq { index } => Some(Step::Entry(*index)),
        Segment::Map { key } => Some(Step::Member(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    steps.collect::<Option<_>>().map(Path)
}

fn value_at<'v>(value: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get(name),
        Step::Entry(index) => value.get(index),
    })
}

fn value_at_mut<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Entry(index) => value.get_mut(index),
    })
}

fn retain<T>(items: &mut Vec<T>, stays: impl Fn(usize) -> bool) {
    let mut indexes = 0..items.len();
    items.retain(|_| indexes.next().is_some_and(&stays));
}

/// The way to a value that does not fit, and those to the values at its place in other entries of the same arrays that
/// do not fit for the same reason, as far as that is sure: what one of them is, often all are.
fn find_all(value: &Value, path: Path, error: &str) -> Vec<Path> {
    let Some(odd) = value_at(value, &path.0) else {
        return vec![path];
    };
    let missing = error
        .strip_prefix("missing field `")
        .and_then(|rest| rest.strip_suffix('`'));
    let mut paths = Vec::new();
    let mut find = |is_alike: &dyn Fn(&Value) -> bool| {
        find_alike(value, &path.0, is_alike, &mut Vec::new(), &mut paths);
    };
    match missing {
        Some(name) => find(&|other| other.is_object() && other.get(name).is_none()),
        None if error.starts_with("invalid type") => find(&|other| is_of_same_type(other, odd)),
        // Of an array in place of an object.
        None if error.starts_with("invalid length") => find(&|other| has_same_length(other, odd)),
        None if error.starts_with("invalid value: integer") => find(&|other| is_beyond(other, odd)),
        None => {}
    }
    if paths.is_empty() { vec![path] } else { paths }
}

/// The ways to values that are alike and differ from `path` in the indexes of entries only, up to one more than may be
/// left out. `at` is the way to `value`.
fn find_alike(
    value: &Value,
    path: &[Step],
    is_alike: &dyn Fn(&Value) -> bool,
    at: &mut Vec<Step>,
    found: &mut Vec<Path>,
) {
    let mut descend = |value: Option<&Value>, step: Step, rest: &[Step]| {
        if let Some(value) = value {
            at.push(step);
            find_alike(value, rest, is_alike, at, found);
            at.pop();
        }
    };
    match path {
        [] => {
            if found.len() <= MOST_MISFITS && is_alike(value) {
                found.push(Path(at.clone()));
            }
        }
        [step @ Step::Member(name), rest @ ..] => descend(value.get(name), step.clone(), rest),
        [Step::Entry(_), rest @ ..] => {
            for (index, entry) in value.as_array().into_iter().flatten().enumerate() {
                descend(Some(entry), Step::Entry(index), rest);
            }
        }
    }
}

fn is_of_same_type(one: &Value, other: &Value) -> bool {
    mem::discriminant(one) == mem::discriminant(other) && one.is_f64() == other.is_f64()
}

fn has_same_length(one: &Value, other: &Value) -> bool {
    let length = |value: &Value| value.as_array().map(Vec::len);
    length(one).is_some() && length(one) == length(other)
}

/// Whether an integer is as far from 0 as one that does not fit, or farther: types of integers are ranges around 0.
fn is_beyond(one: &Value, odd: &Value) -> bool {
    let integer = |value: &Value| {
        let signed = value.as_i64().map(i128::from);
        signed.or_else(|| value.as_u64().map(i128::from))
    };
    match (integer(one), integer(odd)) {
        (Some(one), Some(odd)) if odd < 0 => one <= odd,
        (Some(one), Some(odd)) => odd != 0 && one >= odd,
        _ => false,
    }
}

/// The values at these ways, which are sorted, all of them within `raw`, `depth` steps down.
fn find_raw(raw: &RawValue, depth: usize, paths: &[Path], found: &mut Vec<Misfit>) -> serde_json::Result<()> {
    if let [path] = paths
        && path.0.len() == depth
    {
        found.push(Misfit::new(path.clone(), raw));
        return Ok(());
    }
    let is_object = raw.get().starts_with('{');
    let members = if is_object {
        tree::members(raw)?
    } else {
        Vec::new()
    };
    let members: BTreeMap<String, &RawValue> = members.into_iter().collect();
    let entries = if is_object || paths.is_empty() {
        Vec::new()
    } else {
        tree::entries(raw)?
    };
    for group in paths.chunk_by(|one, other| one.0.get(depth) == other.0.get(depth)) {
        let value = match group.first().and_then(|path| path.0.get(depth)) {
            Some(Step::Member(name)) => members.get(name),
            Some(Step::Entry(index)) => entries.get(*index),
            None => None,
        };
        if let Some(value) = value {
            find_raw(value, depth + 1, group, found)?;
        }
    }
    Ok(())
}
