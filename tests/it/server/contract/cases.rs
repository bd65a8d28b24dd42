//! Draws requests: right ones, made from the document, and what becomes of them in wrong hands.
//!
//! Does not judge: a disturbed request may still be a right one.

use serde_json::{Value, json};

use super::disturbances::disturb;
use super::oracle::{Oracle, RIGHT};
use super::request::{Content, Json, Request};
use super::schema::{Judge, matches};
use crate::support::dice::Dice;

/// What must never come back.
pub(super) const CANARY: &str = "hunter2";

/// A request, as the seed of a right one and the seeds of what is then done to it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) seed: u64,
    pub(super) disturbances: Vec<u64>,
}

impl Case {
    pub(super) fn draw(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let count = *dice.pick(&[0, 1, 1, 1, 2, 3]);
        let disturbances = (0..count)
            .map(|_| u64::try_from(dice.below(1 << 30)).unwrap())
            .collect();
        Self { seed, disturbances }
    }

    pub(super) fn request(&self, oracle: &Oracle) -> Request {
        let mut dice = Dice::new(self.seed ^ 0x5EED);
        let operations = oracle.operations();
        let (path, method, operation) = *dice.pick(&operations);
        let mut request = right(oracle, path, method, operation, &mut dice);
        for seed in &self.disturbances {
            disturb(&mut request, &mut Dice::new(*seed));
        }
        request
    }

    /// The same case with one disturbance less, for each of them.
    pub(super) fn smaller(&self) -> Vec<Self> {
        (0..self.disturbances.len())
            .map(|left_out| {
                let mut smaller = self.clone();
                smaller.disturbances.remove(left_out);
                smaller
            })
            .collect()
    }
}

/// A request that the operation accepts.
fn right(oracle: &Oracle, path: &str, method: &str, operation: &Value, dice: &mut Dice) -> Request {
    let judge = Judge::new(&oracle.document);
    let mut request = Request {
        method: method.to_uppercase(),
        path: path.to_owned(),
        query: Vec::new(),
        headers: vec![("Authorization".to_owned(), RIGHT.to_vec())],
        content: Content::Nothing,
    };
    for parameter in oracle.parameters(path, operation) {
        if parameter["required"] != true && dice.below(3) > 0 {
            continue;
        }
        let name = parameter["name"].as_str().unwrap();
        let text = parameter_text(&judge, judge.resolve(&parameter["schema"]), dice);
        match parameter["in"].as_str().unwrap() {
            "path" => {
                let text = if text.is_empty() { "x".to_owned() } else { text };
                request.path = request.path.replace(&format!("{{{name}}}"), &encoded(&text));
            }
            "query" => request.query.push((name.to_owned(), encoded(&text))),
            _ => request.headers.push((name.to_owned(), text.into_bytes())),
        }
    }
    if let Some(content) = operation["requestBody"]["content"].as_object() {
        let (media_type, content) = content.iter().next().unwrap();
        request
            .headers
            .push(("Content-Type".to_owned(), media_type.clone().into_bytes()));
        let value = value(&judge, &content["schema"], dice);
        request.content = Content::Json(Json::from(&value));
    }
    request
}

/// Encodes what cannot stand in a target, and some of what could.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b',' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn parameter_text(judge: &Judge<'_>, schema: &Value, dice: &mut Dice) -> String {
    match value(judge, schema, dice) {
        Value::String(text) => text,
        Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            items.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// A value that fits a schema, most of the time.
fn value(judge: &Judge<'_>, schema: &Value, dice: &mut Dice) -> Value {
    let resolved;
    let schema = match schema["$ref"].as_str() {
        Some(reference) => {
            resolved = judge
                .document
                .pointer(reference.trim_start_matches('#'))
                .unwrap()
                .clone();
            &resolved
        }
        None => schema,
    };
    if let Some(values) = schema["enum"].as_array() {
        return dice.pick(values).clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let mut object = json!({});
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let branches =
                ["anyOf", "oneOf"].map(|keyword| schema[keyword].as_array().cloned().unwrap_or_default());
            let chosen: Vec<Value> = branches
                .iter()
                .filter(|branches| !branches.is_empty())
                .flat_map(|branches| dice.pick(branches)["required"].as_array().unwrap().clone())
                .collect();
            let exclusive = branches[1]
                .iter()
                .flat_map(|branch| branch["required"].as_array().unwrap().clone());
            let exclusive: Vec<Value> = exclusive.collect();
            for (name, of_member) in schema["properties"].as_object().into_iter().flatten() {
                let key = Value::from(name.as_str());
                let wanted = required.contains(&key) || chosen.contains(&key);
                if wanted || (!exclusive.contains(&key) && dice.below(3) == 0) {
                    object[name] = value(judge, of_member, dice);
                }
            }
            object
        }
        Some("array") => {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            let most = schema["maxItems"].as_u64().unwrap_or(least + 2).max(least);
            let count =
                least + u64::try_from(dice.below(usize::try_from(most - least + 1).unwrap())).unwrap();
            let mut items: Vec<Value> = Vec::new();
            for _ in 0..count {
                let item = value(judge, &schema["items"], dice);
                if schema["uniqueItems"] != true || !items.contains(&item) {
                    items.push(item);
                }
            }
            Value::Array(items)
        }
        Some("integer") => {
            let least = schema["minimum"].as_i64().unwrap_or(-3);
            let most = schema["maximum"].as_i64().unwrap_or(least + 2000);
            json!(least + i64::try_from(dice.below(usize::try_from(most - least + 1).unwrap())).unwrap())
        }
        Some("number") => json!(0.5 + f64::from(u16::try_from(dice.below(900)).unwrap())),
        Some("boolean") => json!(dice.below(2) == 0),
        Some("string") => json!(text(schema, dice)),
        _ => json!({ "any": [1, null, "thing"] }),
    }
}

/// Texts that fit one pattern or another; the one is taken that fits.
fn text(schema: &Value, dice: &mut Dice) -> String {
    let texts = [
        "Emma",
        "a",
        "ab",
        "x y",
        "<b>bold</b>",
        "Grüße",
        "+61255501234",
        "61255501234",
        "AU",
        "POST",
        "0141439580",
        "014143958X",
        "",
        "E\u{301}",
        "AUS Eastern Standard Time",
        "\u{1F600}",
        "novel",
    ];
    let start = dice.below(texts.len());
    let fitting = |text: &&str| {
        let length = u64::try_from(text.chars().count()).unwrap();
        let pattern = schema["pattern"].as_str();
        schema["minLength"].as_u64().is_none_or(|least| length >= least)
            && schema["maxLength"].as_u64().is_none_or(|most| length <= most)
            && pattern.is_none_or(|pattern| matches(pattern, text))
    };
    let texts = texts.iter().cycle().skip(start).take(texts.len());
    texts.copied().find(fitting).unwrap_or_default().to_owned()
}
