//! Edits of documents by the places of their values, as the files of `fixtures/review` write them.
//!
//! A line `# what was edited` begins an edit. Below it are the rules that have to claim it and the verdicts for the
//! wire, for Rust clients and for Rust servers, `> code-removed | major major major`, and then one step in each line:
//!
//! - `set PLACE JSON`, `add PLACE JSON` (to an array), `drop PLACE`, `take PLACE JSON` (out of an array), `rename PLACE
//!   KEY`, `move PLACE PLACE`, `reverse PLACE`, `everywhere TEXT TEXT`
//!
//! A place is a JSON Pointer in which `*` stands for any key, `@getCall` for an operation, and `$Name` for a schema.

use std::fs;

use serde_json::{Map, Value, json};

use crate::support::{read, root};

/// An edit, and what a review has to say of it.
pub(super) struct Edit {
    pub(super) title: String,
    pub(super) rules: Vec<String>,
    pub(super) verdicts: String,
    steps: Vec<String>,
}

/// The edits of a file of `fixtures/review`.
pub(super) fn all(name: &str) -> Vec<Edit> {
    let path = root().join("tests/fixtures/review").join(name);
    let text = fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    for entry in format!("\n{text}").split("\n# ").skip(1) {
        let mut lines = entry.lines();
        let title = lines.next().unwrap().to_owned();
        let expected = lines.next().and_then(|line| line.strip_prefix("> "));
        let (rules, verdicts) = expected
            .unwrap_or_else(|| panic!("{title}"))
            .split_once(" | ")
            .unwrap();
        let steps = lines.map(str::trim).filter(|line| !line.is_empty());
        let rules = rules.split(", ").filter(|rule| *rule != "nothing");
        found.push(Edit {
            rules: rules.map(str::to_owned).collect(),
            verdicts: verdicts.to_owned(),
            steps: steps.map(str::to_owned).collect(),
            title,
        });
    }
    found
}

/// A document of the workspace as values.
pub(super) fn document(path: &str) -> Value {
    serde_yaml::from_str(&read(path)).unwrap()
}

impl Edit {
    /// The document after the edit. Its version is a later one, so that no finding is about that.
    pub(super) fn apply(&self, document: &Value) -> Value {
        let mut document = document.clone();
        document["info"]["version"] = json!("9.0.0");
        for step in &self.steps {
            let before = document.clone();
            apply(step, &mut document);
            assert_ne!(document.to_string(), before.to_string(), "{}: {step}", self.title);
        }
        document
    }
}

fn apply(step: &str, document: &mut Value) {
    let (verb, rest) = step.split_once(' ').unwrap();
    if verb == "everywhere" {
        let (old, new) = rest.split_once(' ').unwrap();
        *document = serde_json::from_str(&document.to_string().replace(old, new)).unwrap();
        return;
    }
    let (place, argument) = rest.split_once(' ').unwrap_or((rest, ""));
    let given =
        || -> Value { serde_json::from_str(argument).unwrap_or_else(|error| panic!("{step}: {error}")) };
    let places = places(document, &absolute(document, place));
    assert!(!places.is_empty(), "{step}: there is no such place");
    for place in places {
        let (parent, key) = place.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        match verb {
            "set" => {
                members(document, parent, step).insert(key, given());
            }
            "drop" => match document.pointer_mut(parent).unwrap() {
                Value::Array(items) => drop(items.remove(key.parse().unwrap())),
                Value::Object(members) => drop(members.shift_remove(&key).unwrap()),
                _ => panic!("{step}"),
            },
            "add" => document
                .pointer_mut(&place)
                .unwrap()
                .as_array_mut()
                .unwrap()
                .push(given()),
            "take" => document
                .pointer_mut(&place)
                .unwrap()
                .as_array_mut()
                .unwrap()
                .retain(|item| *item != given()),
            "rename" => {
                let members = members(document, parent, step);
                let renamed = std::mem::take(members)
                    .into_iter()
                    .map(|(known, value)| (if known == key { argument.to_owned() } else { known }, value));
                *members = renamed.collect();
            }
            "move" => {
                let value = members(document, parent, step).shift_remove(&key).unwrap();
                let to = absolute(document, argument);
                let (parent, key) = to.rsplit_once('/').unwrap();
                members(document, parent, step).insert(key.to_owned(), value);
            }
            "reverse" => match document.pointer_mut(&place).unwrap() {
                Value::Array(items) => items.reverse(),
                Value::Object(members) => *members = std::mem::take(members).into_iter().rev().collect(),
                _ => panic!("{step}"),
            },
            _ => panic!("{step}: there is no such step"),
        }
    }
}

fn members<'d>(document: &'d mut Value, at: &str, step: &str) -> &'d mut Map<String, Value> {
    let object = document.pointer_mut(at).and_then(Value::as_object_mut);
    object.unwrap_or_else(|| panic!("{step}: {at} is no object"))
}

/// A place as a pointer from the root.
fn absolute(document: &Value, place: &str) -> String {
    let (first, rest) = match place.split_once('/') {
        Some((first, rest)) => (first, format!("/{rest}")),
        None => (place, String::new()),
    };
    if let Some(schema) = first.strip_prefix('$') {
        return format!("/components/schemas/{schema}{rest}");
    }
    let Some(id) = first.strip_prefix('@') else {
        return place.to_owned();
    };
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["operationId"] == id {
                return format!(
                    "/paths/{}/{method}{rest}",
                    path.replace('~', "~0").replace('/', "~1")
                );
            }
        }
    }
    panic!("there is no operation {id}");
}

/// The pointers that a place with `*` stands for. What `set` and `add` make need not exist, but what holds it does.
fn places(document: &Value, place: &str) -> Vec<String> {
    let Some((before, after)) = place.split_once("/*") else {
        return vec![place.to_owned()];
    };
    let keys: Vec<String> = match document.pointer(before) {
        Some(Value::Object(members)) => members
            .keys()
            .map(|key| key.replace('~', "~0").replace('/', "~1"))
            .collect(),
        Some(Value::Array(items)) => (0..items.len()).map(|number| number.to_string()).collect(),
        _ => Vec::new(),
    };
    let found = keys
        .into_iter()
        .flat_map(|key| places(document, &format!("{before}/{key}{after}")));
    let exists = |place: &String| {
        let (parent, _) = place.rsplit_once('/').unwrap();
        document.pointer(place).is_some() || document.pointer(parent).is_some_and(Value::is_object)
    };
    found.filter(exists).collect()
}
