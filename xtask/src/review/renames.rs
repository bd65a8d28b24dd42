//! Whether what is gone and what is new are the same under another name.

use serde_json::Value;

/// How alike two texts are at least, from 0 to 1, if one is taken for the other.
const ALIKE: f64 = 0.6;

/// Pairs of codes that are gone and new and mean the same: same status, and much the same words.
pub(super) fn codes<'c>(
    gone: impl Iterator<Item = (&'c str, Option<Value>)>,
    added: impl Iterator<Item = (&'c str, Option<Value>)>,
) -> Vec<(String, String)> {
    let added: Vec<_> = added.collect();
    let likeness = |old: &Value, new: &Value| {
        if old.get("status") != new.get("status") {
            return 0.0;
        }
        let alike = |key| match (
            old.get(key).and_then(Value::as_str),
            new.get(key).and_then(Value::as_str),
        ) {
            (Some(old), Some(new)) => strsim::normalized_levenshtein(old, new),
            _ => 0.0,
        };
        alike("meaning").min(alike("message"))
    };
    paired(&gone.collect::<Vec<_>>(), &added, |old, new| match (old, new) {
        (Some(old), Some(new)) => likeness(old, new),
        _ => 0.0,
    })
}

/// Pairs of members, parameters, values or schemas that are gone and new and say the same, apart from words.
pub(super) fn alike(gone: &[(&str, &Value)], added: &[(&str, &Value)]) -> Vec<(String, String)> {
    let likeness = |old: &(&str, Value), new: &(&str, Value)| {
        if old.1 != new.1 {
            return 0.0;
        }
        let names = strsim::jaro_winkler(&old.0.to_lowercase(), &new.0.to_lowercase());
        // Many values say nothing but their type: then the names have to be alike.
        if is_plain(&old.1) {
            names * names
        } else {
            0.8 + names / 5.0
        }
    };
    let bare = |found: &[(&str, &Value)]| -> Vec<(String, Value)> {
        found
            .iter()
            .map(|(name, value)| ((*name).to_owned(), without_words(value)))
            .collect()
    };
    let (gone, added) = (bare(gone), bare(added));
    fn keyed(found: &[(String, Value)]) -> Vec<(&str, (&str, Value))> {
        found
            .iter()
            .map(|(name, value)| (name.as_str(), (name.as_str(), value.clone())))
            .collect()
    }
    paired(&keyed(&gone), &keyed(&added), likeness)
}

/// Pairs the likeliest first, each at most once.
fn paired<'n, T>(
    gone: &[(&'n str, T)],
    added: &[(&'n str, T)],
    likeness: impl Fn(&T, &T) -> f64,
) -> Vec<(String, String)> {
    let mut candidates = Vec::new();
    for (old, of_old) in gone {
        for (new, of_new) in added {
            let likeness = likeness(of_old, of_new);
            if likeness >= ALIKE {
                candidates.push((likeness, *old, *new));
            }
        }
    }
    candidates.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (_, old, new) in candidates {
        if !pairs.iter().any(|(known, other)| known == old || other == new) {
            pairs.push((old.to_owned(), new.to_owned()));
        }
    }
    pairs
}

/// Whether a value says nothing but a type.
fn is_plain(value: &Value) -> bool {
    let members = value.as_object().map_or(0, serde_json::Map::len);
    members < 2 && value.get("$ref").is_none()
}

/// A value without descriptions, examples and names, at any depth.
pub(super) fn without_words(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(key, value)| !is_word(key, value))
                .map(|(key, value)| (key.clone(), without_words(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(without_words).collect()),
        other => other.clone(),
    }
}

/// Whether a member is about words. A property may be called `name` or `description`, and is an object then.
fn is_word(key: &str, value: &Value) -> bool {
    let names = [
        "description",
        "summary",
        "example",
        "examples",
        "name",
        "x-inferred",
        "x-rust-name",
    ];
    names.contains(&key) && (!value.is_object() || key == "examples")
}
