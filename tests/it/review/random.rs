//! The real document, edited at random, against an oracle that knows no rule: what is generated, and what the document
//! says of responses.
//!
//! Edits are drawn from a seed, so a failure can be seen again. `DOCUMENTS=5000 cargo test --release -p
//! fonedynamics-tests review::random` tries more documents than the ordinary run does.

use std::sync::LazyLock;

use fastrand::Rng;
use serde_json::{Value, json};
use xtask::review::{Review, ReviewRule, Revision, Verdict, compare, items, review};
use xtask::tree::Tree;

use super::edits::document;
use super::matrix::{revision, sources};
use crate::generator::edits::{edit_value, pointers};
use crate::support::{PLAN, plan_text};

static ORIGINAL: LazyLock<Value> = LazyLock::new(|| document("openapi/fonedynamics.yaml"));

fn documents(usual: u64) -> std::ops::RangeInclusive<u64> {
    let wanted = std::env::var("DOCUMENTS")
        .ok()
        .and_then(|number| number.parse().ok());
    1..=wanted.unwrap_or(usual)
}

/// A change as people make them, in a place that is drawn; nothing where the place has none.
fn edit(document: &mut Value, rng: &mut Rng) -> Option<()> {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    all.retain(|at| at.starts_with("/components") || at.starts_with("/paths") || at.starts_with("/x-faults"));
    let at = rng.choice(&all)?.clone();
    let (parent, key) = at.rsplit_once('/')?;
    let mut schemas = document["components"]["schemas"].as_object()?.values();
    let table = schemas.find(|schema| schema.get("x-error-codes").is_some())?;
    let codes = table["enum"].as_array()?.clone();
    let (value, among) = (document.pointer(&at)?.clone(), document.pointer(parent)?.clone());
    let is_schema = among.get("type").is_some() || among.get("properties").is_some();
    let changed = match (key, &value) {
        ("description" | "summary", Value::String(text)) => json!(format!("{text} Or so.")),
        (
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minimum" | "maximum",
            Value::Number(number),
        ) => {
            json!(number.as_i64()? + rng.choice([1, -1])?)
        }
        ("operationId", Value::String(name)) => json!(format!("{name}Now")),
        ("enum", Value::Array(items)) => {
            let mut items = items.clone();
            match rng.u8(..3) {
                0 => items.push(json!("Added")),
                1 => drop(items.pop()),
                _ => items.reverse(),
            }
            json!(items)
        }
        ("required", Value::Array(names)) => {
            let mut names = names.clone();
            match rng.bool() {
                true => drop(names.pop()),
                false => names.push(json!(rng.choice(among["properties"].as_object()?.keys())?)),
            }
            json!(names)
        }
        ("required", Value::Bool(true)) => json!(false),
        ("in", Value::String(_)) => {
            document.pointer_mut(parent)?["required"] = json!(true);
            return Some(());
        }
        ("properties", Value::Object(members)) => {
            let mut members = members.clone();
            match rng.u8(..3) {
                0 => drop(members.insert(
                    "Added".to_owned(),
                    json!({ "type": "integer", "description": "New." }),
                )),
                1 => drop(members.shift_remove(&rng.choice(value.as_object()?.keys())?.clone())),
                _ => members = members.into_iter().rev().collect(),
            }
            Value::Object(members)
        }
        ("x-raises", Value::Array(items)) => {
            let mut items = items.clone();
            match rng.bool() {
                true => drop(items.pop()),
                false => items.push(rng.choice(&codes)?.clone()),
            }
            json!(items)
        }
        ("x-invalid-code", _) => rng.choice(&codes)?.clone(),
        ("type", Value::String(_)) if is_schema => {
            let key = rng.choice(["nullable", "deprecated"])?;
            document.pointer_mut(parent)?[key] = json!(true);
            return Some(());
        }
        ("parameters", Value::Array(items)) => {
            let mut items = items.clone();
            match rng.u8(..3) {
                0 => drop(items.pop()),
                1 => items.reverse(),
                _ => items.push(json!({
                    "name": "Added", "in": rng.choice(["query", "header"])?, "description": "New.",
                    "schema": { "type": "string" }
                })),
            }
            json!(items)
        }
        ("tags", Value::Array(_)) => {
            document.pointer_mut(parent)?["deprecated"] = json!(true);
            return Some(());
        }
        ("status" | "message" | "meaning" | "origin" | "remedy", _) if at.contains("x-error-codes") => {
            match key {
                "status" => json!(rng.choice([400, 403, 500])?),
                "origin" => json!(rng.choice(["extension", "error-page"])?),
                _ => json!(format!("Perhaps. {}", value.as_str()?)),
            }
        }
        (_, Value::String(_)) if parent == "/x-faults" => rng.choice(&codes)?.clone(),
        ("pattern", _) => json!("^[a-z]*$"),
        ("format", _) => json!(rng.choice(["uuid", "date", "password", "unix-time"])?),
        ("$ref", Value::String(target)) => document.pointer(target.strip_prefix('#')?)?.clone(),
        ("get" | "post" | "put" | "patch" | "delete", Value::Object(_)) => {
            document.pointer_mut(parent)?.as_object_mut()?.shift_remove(key);
            return Some(());
        }
        _ => return None,
    };
    if key == "$ref" {
        *document.pointer_mut(parent)? = changed;
    } else {
        document.pointer_mut(parent)?[key] = changed;
    }
    Some(())
}

/// The Rust of a tree.
fn rust(tree: &Tree) -> Vec<(&str, &str)> {
    tree.files().filter(|(path, _)| path.ends_with(".rs")).collect()
}

/// What a document says of the responses of each operation, with what its references lead to.
fn responses(document: &Value) -> Vec<Value> {
    fn written_out(value: &Value, document: &Value, depth: usize) -> Value {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str)
            && depth < 20
            && let Some(target) = document.pointer(reference.trim_start_matches('#'))
        {
            return written_out(target, document, depth + 1);
        }
        match value {
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| (key.clone(), written_out(value, document, depth + 1)));
                Value::Object(members.collect())
            }
            Value::Array(items) => items
                .iter()
                .map(|item| written_out(item, document, depth + 1))
                .collect(),
            other => other.clone(),
        }
    }
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    operations
        .map(|(_, operation)| written_out(&operation["responses"], document, 0))
        .collect()
}

/// A document without members that are empty arrays, which say no more than their absence.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let said = members.iter().filter(|(_, member)| **member != json!([]));
            Value::Object(
                said.map(|(key, member)| (key.clone(), without_empty(member)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

fn reviewed(base: &Revision, head: &Revision) -> Review {
    compare(base, head, head.problems().to_vec())
}

/// The document of a seed: one or two edits of another.
fn edited(original: &Value, seed: u64) -> Value {
    let mut rng = Rng::with_seed(seed);
    let mut edited = original.clone();
    let mut edits = rng.usize(1..3);
    while edits > 0 {
        edits -= usize::from(edit(&mut edited, &mut rng).is_some());
    }
    edited
}

/// The document with every kind of constraint has kinds of schemas that the real one has not.
#[test]
fn items_that_differ_are_those_of_everything_that_is_derived() {
    let original = document("tests/fixtures/good/archive.yaml");
    let mut before: Option<(Tree, Revision)> = None;
    for seed in documents(15) {
        let head = revision("head.json", &edited(&original, seed));
        let Some(new) = sources(&head) else {
            continue;
        };
        if let Some((old, base)) = before {
            let differing = items::compare(&old, &new);
            assert_eq!(review(&base, &head, "").items, Some(differing), "seed {seed}");
        }
        before = Some((new, head));
    }
}

#[test]
fn a_change_of_what_is_generated_is_never_nothing_and_no_change_of_it_never_breaks() {
    let base = revision("base.json", &ORIGINAL);
    let (mut findings, mut unclaimed, mut generated) = (0, 0, 0);
    for seed in documents(30) {
        let edited = edited(&ORIGINAL, seed);
        let review = review(&base, &revision("head.json", &edited), "");
        let rules = review.findings.iter().map(|finding| finding.rule);
        let rules: Vec<_> = rules
            .filter(|rule| *rule != ReviewRule::VersionDisagrees)
            .collect();
        findings += rules.len();
        unclaimed += rules
            .iter()
            .filter(|rule| **rule == ReviewRule::ChangeNotUnderstood)
            .count();
        let Ok(tree) = plan_text("head.json", &format!("{edited:#}")) else {
            assert!(
                review.fails(),
                "seed {seed}: nothing can be generated, and nothing fails"
            );
            continue;
        };
        generated += 1;
        assert_eq!(
            review.items,
            Some(items::compare(&PLAN, &tree)),
            "seed {seed}: other items differ than those of everything that is derived"
        );
        let differs = rust(&tree) != rust(&PLAN) || responses(&edited) != responses(&ORIGINAL);
        let verdicts = review.verdicts;
        let all = [verdicts.wire, verdicts.client, verdicts.server];
        let is_nothing = all.iter().all(|verdict| *verdict == Verdict::None);
        assert!(
            !(differs && is_nothing),
            "seed {seed}: what is generated differs, and the verdicts are none"
        );
        assert!(
            differs || !all.contains(&Verdict::Major),
            "seed {seed}: nothing differs, and something breaks: {rules:?}"
        );
    }
    assert!(generated > 5, "{generated} documents could be generated from");
    assert!(
        unclaimed * 20 < findings,
        "{unclaimed} of {findings} findings are claimed by no rule"
    );
}

#[test]
fn a_review_never_panics_whatever_the_documents_are() {
    let original = revision("base.json", &ORIGINAL);
    let mut before: Option<Revision> = None;
    for seed in documents(20) {
        let mut rng = Rng::with_seed(seed);
        let mut edited = ORIGINAL.clone();
        for _ in 0..*rng.choice(&[1, 3, 40]).unwrap() {
            edit_value(&mut edited, &mut rng);
        }
        edited["openapi"] = json!("3.0.3");
        let source = xtask::document::Source::new("head.json", format!("{edited:#}").into_bytes())
            .ok()
            .unwrap();
        let Ok(head) = Revision::read(source) else {
            continue;
        };
        let review = reviewed(&original, &head);
        assert!(
            !review.findings.is_empty() || without_empty(&edited) == without_empty(&ORIGINAL),
            "seed {seed}: a change is silent"
        );
        reviewed(&head, &original);
        if let Some(before) = &before {
            reviewed(before, &head);
        }
        before = Some(head);
    }
}
