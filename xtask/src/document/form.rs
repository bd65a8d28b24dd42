//! Where a document does not have the form of OpenAPI: every such place, as precisely as possible.
//!
//! The model stops at its first error and often names a place far above it. So the parts that can be read
//! separately are, the inner ones first.

use openapiv3::{
    Example, Header, Info, Operation, Parameter, ReferenceOr, RequestBody, Response, Schema, SecurityScheme,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::keys;
use super::keywords;
use super::syntax;
use super::unsound::Unsound;
use super::{Node, Position};
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// What the model refuses of a document; nothing if no part of it can be named.
pub(super) fn unsound(document: &Value) -> Unsound {
    let mut found = Unsound::default();
    visit(&Node::root(document), &mut found);
    found
}

/// Reads the inner parts first: a problem in one of them is not repeated for its parents.
fn visit(node: &Node<'_>, found: &mut Unsound) {
    let before = found.problems.len();
    for (_, child) in node.members() {
        if !child.position.is_opaque() {
            visit(&child, found);
        }
    }
    for item in node.items() {
        visit(&item, found);
    }
    if found.problems.len() == before {
        let problems = alone(node);
        found
            .places
            .extend((!problems.is_empty()).then(|| node.at.clone()));
        found.problems.extend(problems);
    }
}

/// Reads a value as what belongs in its place, if that can be read separately.
fn alone(node: &Node<'_>) -> Vec<Problem> {
    match node.position {
        Position::Schema => read::<ReferenceOr<Schema>>(node, "a schema"),
        Position::Parameter => read::<ReferenceOr<Parameter>>(node, "a parameter"),
        Position::Response => read::<ReferenceOr<Response>>(node, "a response"),
        Position::Header => read::<ReferenceOr<Header>>(node, "a header"),
        Position::Example => read::<ReferenceOr<Example>>(node, "an example"),
        Position::RequestBody => read::<ReferenceOr<RequestBody>>(node, "a request body"),
        Position::SecurityScheme => read::<ReferenceOr<SecurityScheme>>(node, "a security scheme"),
        Position::Operation => read::<Operation>(node, "an operation"),
        Position::Info => read::<Info>(node, "`info`"),
        _ => Vec::new(),
    }
}

/// Reads a value as something of this name. Keywords of a wrong type are named themselves, because the model
/// names only what holds them.
fn read<T: DeserializeOwned>(node: &Node<'_>, name: &str) -> Vec<Problem> {
    let (value, at) = (node.value, &node.at);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(value) else {
        return Vec::new();
    };
    let Value::Object(members) = value else {
        return vec![not_an_object(value, at, name)];
    };
    let keywords: Vec<_> = members
        .iter()
        .filter_map(|(key, value)| keywords::problem(node.position, key, value, &at.child(key)))
        .collect();
    if !keywords.is_empty() {
        return keywords;
    }
    let problem = of_model(error, at, name);
    // The model names the object whose member has a value that it does not know.
    let values = members.iter().filter(|(_, value)| {
        let value = value.as_str().map(|value| format!("`{value}` is none of "));
        value.is_some_and(|begin| problem.sentence.starts_with(&begin))
    });
    let unknown: Vec<_> = values.map(|(key, _)| at.child(key)).collect();
    match unknown.as_slice() {
        [place] => vec![Problem {
            place: Place::Value(place.clone()),
            ..problem
        }],
        _ => vec![problem],
    }
}

/// An error of the model about something of this name, in the words of JSON.
pub(super) fn of_model(
    error: serde_path_to_error::Error<serde_json::Error>,
    at: &Pointer,
    name: &str,
) -> Problem {
    let place = inside(at, error.path());
    let said = error.into_inner().to_string();
    let problem = |sentence| Problem::at(Rule::NotOpenapi, &place, sentence);
    if let Some(field) = said.strip_prefix("missing field ") {
        let field = field.trim_matches('`');
        let name = match name.split_once(' ') {
            Some((_, noun)) if place == *at => format!("this {noun}"),
            _ if place.as_str().is_empty() => "the document".to_owned(),
            _ => format!("`{}`", place.last()),
        };
        return problem(format!("{name} has no `{field}`")).with_help(format!("add `{field}: …`"));
    }
    if let Some((variant, expected)) = said
        .strip_prefix("unknown variant ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        let expected = expected.strip_prefix("one of ").unwrap_or(expected);
        let expected = expected.replace(" or ", ", ");
        return problem(format!("{variant} is none of {expected}")).with_help("write one of these values");
    }
    let found = said
        .strip_prefix("invalid type: ")
        .or(said.strip_prefix("invalid value: "));
    if let Some((found, expected)) = found.and_then(|rest| rest.rsplit_once(", expected ")) {
        let (found, expected) = (plain(found), plain(expected));
        return problem(format!("this must be {expected}, and is {found}"));
    }
    problem("this does not have the form that OpenAPI 3.0 gives to its place".to_owned())
}

fn not_an_object(value: &Value, at: &Pointer, name: &str) -> Problem {
    let glued = value.as_str().and_then(syntax::without_space);
    if let Some((key, _)) = glued {
        let sentence = format!("there is no space between `{key}:` and its value");
        let problem = Problem::new(Rule::NotOpenapi, Place::Value(at.clone()), sentence);
        return problem.with_help(format!("write `{key}: …`"));
    }
    let found = keys::type_of(value);
    let sentence = format!("{name} must be an object, and this is {found}");
    let help = "write its members below it, indented by two more spaces, each with a colon and a space";
    Problem::new(Rule::NotOpenapi, Place::Key(at.clone()), sentence).with_help(help)
}

/// A type or a value as the model names it, in the words of JSON.
fn plain(words: &str) -> String {
    match words {
        "map" | "a map" => "an object".to_owned(),
        "sequence" | "a sequence" => "an array".to_owned(),
        "null" | "unit value" => "null".to_owned(),
        "f64" | "f32" => "a number".to_owned(),
        "usize" | "u64" | "u32" | "i64" | "i32" => "an integer".to_owned(),
        words if words.contains("struct ") || words.contains(" enum ") => "an object".to_owned(),
        words if words.starts_with("a ") || words.starts_with("an ") => words.to_owned(),
        words => format!("the {words}"),
    }
}

/// The pointer to a path inside a value.
fn inside(at: &Pointer, path: &serde_path_to_error::Path) -> Pointer {
    path.iter().fold(at.clone(), |pointer, segment| match segment {
        serde_path_to_error::Segment::Seq { index } => pointer.child(&index.to_string()),
        serde_path_to_error::Segment::Map { key } => pointer.child(key),
        serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => pointer,
    })
}
