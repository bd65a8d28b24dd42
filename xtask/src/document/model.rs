//! From YAML text to values and to the OpenAPI model, without losing a key on the way.
//!
//! Expects a text that has passed the index: bounded, without aliases, keys unique.

use openapiv3::OpenAPI;
use serde_json::Value;

use super::form;
use super::keys;
use super::keywords;
use super::{Node, Position};
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Reads a text into values, in the order of the text, and lists the keys of it that the model does not have.
pub(super) fn read(text: &str) -> Result<(Value, Vec<Problem>), Vec<Problem>> {
    let yaml: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| {
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
    let value = to_json(yaml);
    check_version(&value)?;
    let model: OpenAPI = match serde_path_to_error::deserialize(&value) {
        Ok(model) => model,
        Err(error) => {
            let mut problems = form::problems(&value);
            if problems.is_empty() {
                problems.push(form::of_model(error, &Pointer::default(), "the document"));
            }
            return Err(problems);
        }
    };
    let kept = serde_json::to_value(&model).map_err(|error| {
        let sentence = format!("the model cannot write what it read: {error}");
        vec![Problem::new(Rule::NotOpenapi, Place::Whole, sentence)]
    })?;
    let mut unknown = Vec::new();
    report_lost(&Node::root(&value), &kept, &mut unknown);
    Ok((value, unknown))
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

/// The same values without what only YAML has: every key is a string already.
fn to_json(yaml: serde_yaml::Value) -> Value {
    match yaml {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(flag) => Value::Bool(flag),
        serde_yaml::Value::Number(number) => serde_json::to_value(number).unwrap_or(Value::Null),
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(items) => Value::Array(items.into_iter().map(to_json).collect()),
        serde_yaml::Value::Mapping(members) => Value::Object(
            members
                .into_iter()
                .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), to_json(value))))
                .collect(),
        ),
        serde_yaml::Value::Tagged(tagged) => to_json(tagged.value),
    }
}

/// The model drops what it does not know, a misspelt key included. Whatever is not in `kept` was dropped.
fn report_lost(given: &Node<'_>, kept: &Value, problems: &mut Vec<Problem>) {
    for (key, child) in given.members() {
        match kept.get(key) {
            Some(kept) => report_lost(&child, kept, problems),
            None if given.has("$ref") => problems.push(sibling_of_reference(key, &child.at)),
            // The model omits what equals the default.
            None if keys::says_nothing(given.position, key, child.value) => {}
            // What is refused has its own problem.
            None if keys::is_refused(given.position, key) => {}
            None => problems.push(unknown_key(given.position, key, &child)),
        }
    }
    for (given, kept) in given.items().iter().zip(kept.as_array().into_iter().flatten()) {
        report_lost(given, kept, problems);
    }
}

fn sibling_of_reference(key: &str, at: &Pointer) -> Problem {
    let sentence = format!("`{key}` is a sibling of `$ref`, where it has no effect");
    Problem::at(Rule::UnknownKey, at, sentence)
        .with_help("remove it, or say it at the target of the reference")
}

fn unknown_key(object: Position, key: &str, node: &Node<'_>) -> Problem {
    let at = &node.at;
    if keywords::is_of_3_1(key) {
        let sentence = format!("`{key}` is a keyword of OpenAPI 3.1, and the document is OpenAPI 3.0");
        return Problem::at(Rule::UnknownKey, at, sentence)
            .with_help("say it with the keywords of OpenAPI 3.0, or remove it");
    }
    keywords::problem(object, key, node.value, at).unwrap_or_else(|| {
        let sentence = format!("OpenAPI 3.0 has no key `{key}` here, or not with this value");
        Problem::at(Rule::UnknownKey, at, sentence)
    })
}
