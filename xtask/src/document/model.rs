//! From YAML text to values and to the OpenAPI model, without losing a key on the way.
//!
//! Expects a text that has passed the index: bounded, without aliases, keys unique.

use std::borrow::Cow;

use openapiv3::OpenAPI;
use serde_json::Value;

use super::form;
use super::keys;
use super::keywords;
use super::unsound::Unsound;
use super::{Node, Position};
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Reads a text into values, in the order of the text, and lists what of it is not OpenAPI.
pub(super) fn read(text: &str) -> Result<(Value, Unsound), Vec<Problem>> {
    let readable = hide_breaks(text);
    let value: Value = serde_yaml::from_str(&readable).map_err(|error| {
        let place = error.location().map_or(Place::Whole, |location| Place::Position {
            line: location.line(),
            column: location.column(),
        });
        vec![Problem::new(
            Rule::NotYaml,
            place,
            format!("this is not YAML: {error}"),
        )]
    })?;
    let value = match readable {
        Cow::Borrowed(_) => value,
        Cow::Owned(_) => show_breaks(value),
    };
    check_version(&value)?;
    let model: OpenAPI = match serde_path_to_error::deserialize(&value) {
        Ok(model) => model,
        Err(error) => {
            let mut unsound = form::unsound(&value);
            if unsound.problems.is_empty() {
                return Err(vec![form::of_model(error, &Pointer::default(), "the document")]);
            }
            report_unknown(&Node::root(&value), &mut unsound);
            return Ok((value, unsound));
        }
    };
    let kept = serde_json::to_value(&model).map_err(|error| {
        let sentence = format!("the model cannot write what it read: {error}");
        vec![Problem::new(Rule::NotOpenapi, Place::Whole, sentence)]
    })?;
    let mut unsound = Unsound::default();
    report_lost(&Node::root(&value), &kept, &mut unsound);
    Ok((value, unsound))
}

/// Characters that end a line in YAML 1.1 alone, and characters that no text has in place of them: the reader is one
/// of YAML 1.1, and the places of values are those of YAML 1.2 and of editors.
const BREAKS: [(char, &str); 3] = [
    ('\u{85}', "\u{fdd0}"),
    ('\u{2028}', "\u{fdd1}"),
    ('\u{2029}', "\u{fdd2}"),
];

fn hide_breaks(text: &str) -> Cow<'_, str> {
    BREAKS.iter().fold(Cow::Borrowed(text), |text, (shown, hidden)| {
        if text.contains(*shown) {
            Cow::Owned(text.replace(*shown, hidden))
        } else {
            text
        }
    })
}

/// The same values with the characters that were hidden.
fn show_breaks(value: Value) -> Value {
    let shown = |text: String| {
        BREAKS.iter().fold(text, |text, (shown, hidden)| {
            text.replace(*hidden, shown.encode_utf8(&mut [0; 4]))
        })
    };
    match value {
        Value::String(text) => Value::String(shown(text)),
        Value::Array(items) => items.into_iter().map(show_breaks).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(key, value)| (shown(key), show_breaks(value)))
                .collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

fn check_version(value: &Value) -> Result<(), Vec<Problem>> {
    let found = ["openapi", "swagger"]
        .into_iter()
        .find_map(|key| Some((key, value.get(key)?)));
    let (place, sentence) = match found {
        Some(("openapi", Value::String(version))) if version.starts_with("3.0.") => return Ok(()),
        Some((key, version)) => {
            let place = Place::Value(Pointer::default().child(key));
            (place, format!("the document says `{key}: {version}`"))
        }
        None => (
            Place::Whole,
            "the document does not say which OpenAPI version it follows".to_owned(),
        ),
    };
    Err(vec![Problem::new(Rule::UnsupportedVersion, place, sentence)])
}

/// The model drops what it does not know, a misspelt key included. Whatever is not in `kept` was dropped.
fn report_lost(given: &Node<'_>, kept: &Value, unsound: &mut Unsound) {
    for (key, child) in given.members() {
        match kept.get(key) {
            Some(kept) => report_lost(&child, kept, unsound),
            None if given.has("$ref") => unsound.problems.push(sibling_of_reference(key, &child.at)),
            // The model omits what equals the default.
            None if keys::says_nothing(given.position, key, child.value) => {}
            // What is refused has its own problem.
            None if keys::is_refused(given.position, key) => {}
            None => lose(given, key, &child, unsound),
        }
    }
    for (given, kept) in given.items().iter().zip(kept.as_array().into_iter().flatten()) {
        report_lost(given, kept, unsound);
    }
}

/// The same without the model, which has read nothing.
fn report_unknown(given: &Node<'_>, unsound: &mut Unsound) {
    let has_keys = keys::of(given.position).is_some() && !given.has("$ref");
    for (key, child) in given.members() {
        if has_keys && child.position == Position::Other && keys::key(given.position, key).is_none() {
            lose(given, key, &child, unsound);
        } else if !child.position.is_opaque() {
            report_unknown(&child, unsound);
        }
    }
    for item in given.items() {
        report_unknown(&item, unsound);
    }
}

fn lose(given: &Node<'_>, key: &str, child: &Node<'_>, unsound: &mut Unsound) {
    let likely = keys::nearest(given.position, key).filter(|likely| !given.has(likely));
    if likely.is_some() {
        unsound.places.insert(given.at.clone());
    }
    unsound
        .problems
        .push(unknown_key(given.position, key, child, likely));
}

fn sibling_of_reference(key: &str, at: &Pointer) -> Problem {
    let sentence = format!("`{key}` is a sibling of `$ref`, where it has no effect");
    Problem::at(Rule::UnknownKey, at, sentence)
        .with_help("remove it, or say it at the target of the reference")
}

fn unknown_key(object: Position, key: &str, node: &Node<'_>, likely: Option<&str>) -> Problem {
    let at = &node.at;
    if keywords::is_of_3_1(key) {
        let sentence = format!("`{key}` is a keyword of OpenAPI 3.1, and the document is OpenAPI 3.0");
        return Problem::at(Rule::UnknownKey, at, sentence)
            .with_help("say it with the keywords of OpenAPI 3.0, or remove it");
    }
    keywords::problem(object, key, node.value, at).unwrap_or_else(|| {
        let sentence = format!("OpenAPI 3.0 has no key `{key}` here, or not with this value");
        let problem = Problem::at(Rule::UnknownKey, at, sentence);
        match likely {
            Some(likely) => problem.with_help(format!("did you mean `{likely}`?")),
            None => problem,
        }
    })
}
