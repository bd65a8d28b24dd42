//! The real document, edited at random: whatever comes out, there are crates or there is a report.
//!
//! Edits are drawn from a seed, so a failure can be seen again. `DOCUMENTS=5000 cargo test --release -p
//! fonedynamics-tests edits` tries more documents than the ordinary run does.

use fastrand::Rng;
use serde_json::Value;

use crate::support::{plan_text, read};

/// Removes, repeats, moves or disturbs one line of a text.
fn edit_text(text: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (here, there) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
    match rng.usize(..6) {
        0 => drop(lines.remove(here)),
        1 => lines.insert(there, lines[here].clone()),
        2 => lines.swap(here, there),
        3 => lines[here].insert(0, ' '),
        4 => lines[here] = lines[here].replacen(": ", ":", 1),
        _ => {
            let odd = [
                "\t", "{", "]", "&a ", "*a", "\u{0}", "'", "é", "- ", "? ", "!!str ", "|", "%",
            ];
            let position = rng.usize(..lines[here].chars().count() + 1);
            let byte = lines[here]
                .char_indices()
                .nth(position)
                .map_or(lines[here].len(), |(byte, _)| byte);
            lines[here].insert_str(byte, rng.choice(odd).unwrap());
        }
    }
    lines.join("\n") + "\n"
}

/// Every value of a document, by its pointer.
pub(crate) fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, child) in members {
                pointers(
                    child,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(items) => {
            for (number, child) in items.iter().enumerate() {
                pointers(child, &format!("{at}/{number}"), found);
            }
        }
        _ => {}
    }
}

/// Removes, replaces, renames or bends one value of a document.
pub(crate) fn edit_value(document: &mut Value, rng: &mut Rng) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let pointer = all[rng.usize(1..all.len())].clone();
    let other = document.pointer(rng.choice(&all).unwrap()).unwrap().clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let odd = [
        Value::Null,
        Value::Bool(true),
        Value::from(-1),
        Value::from(1e300),
        Value::from(""),
        Value::from("type"),
        Value::from("a b\n[c] `d` \" \\ é"),
        Value::Array(vec![]),
        Value::Object(serde_json::Map::new()),
    ];
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => match rng.usize(..5) {
            0 => drop(members.remove(&key)),
            1 => drop(members.insert(key, rng.choice(odd).unwrap())),
            2 => drop(members.insert(key, other)),
            3 => {
                let value = members.remove(&key).unwrap();
                let names = [
                    "self", "Type", "x-raise", "2", "é", "a.b", "$ref", "fn", "Error", "String",
                ];
                members.insert(rng.choice(names).unwrap().to_owned(), value);
            }
            _ => drop(members.insert(format!("{key}_"), other)),
        },
        Value::Array(items) => {
            let number: usize = key.parse().unwrap();
            match rng.usize(..4) {
                0 => drop(items.remove(number)),
                1 => items[number] = rng.choice(odd).unwrap(),
                2 => items[number] = other,
                _ => items.push(items[number].clone()),
            }
        }
        _ => {}
    }
}

#[track_caller]
fn gives_crates_or_a_report(text: &str, seed: u64) {
    match plan_text("edited.yaml", text) {
        Ok(tree) => {
            for (path, text) in tree.files().filter(|(path, _)| path.ends_with(".rs")) {
                let parsed = syn::parse_file(text);
                assert!(parsed.is_ok(), "seed {seed}: {path}: {}", parsed.err().unwrap());
            }
        }
        Err((problems, report)) => {
            assert!(
                !problems.is_empty() && report.contains("error["),
                "seed {seed}: {report}"
            );
            let lines = text.lines().count();
            for place in report
                .lines()
                .filter_map(|line| line.trim_start().strip_prefix("--> edited.yaml:"))
            {
                let line: usize = place.split(':').next().unwrap().parse().unwrap();
                assert!((1..=lines + 1).contains(&line), "seed {seed}: {report}");
            }
            let gaps = problems
                .iter()
                .filter(|problem| problem.rule.id() == "generator-refused");
            assert_eq!(gaps.count(), 0, "seed {seed}: {report}");
        }
    }
}

#[test]
fn a_document_that_was_edited_at_random_gives_crates_or_a_report() {
    let original = read("openapi/fonedynamics.yaml");
    let values: Value = serde_yaml::from_str(&original).unwrap();
    let documents = std::env::var("DOCUMENTS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(60);
    for seed in 1..=documents {
        let mut rng = Rng::with_seed(seed);
        let edits = rng.choice([1, 1, 2, 5, 40]).unwrap();
        let text = if seed % 3 == 0 {
            (0..edits).fold(original.clone(), |text, _| edit_text(&text, &mut rng))
        } else {
            let mut document = values.clone();
            (0..edits).for_each(|_| edit_value(&mut document, &mut rng));
            format!("{document:#}")
        };
        gives_crates_or_a_report(&text, seed);
    }
}
