//! Draws requests: right ones, made from the document, and what becomes of them in wrong hands.
//!
//! Does not judge: a disturbed request may still be a right one.

use fastrand::Rng;
use serde_json::{Value, json};

use super::disturbances::disturb;
use super::oracle::{Oracle, RIGHT, TOKEN};
use super::request::{Content, Json, Request};
use super::schema::{Judge, matches, pattern_of};

/// What must never come back.
pub(super) const CANARY: &str = "hunter2";

/// A request, as the seed of a right one and the seeds of what is then done to it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(super) seed: u64,
    pub(crate) disturbances: Vec<u64>,
}

impl Case {
    pub(crate) fn draw(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let count = *rng.choice(&[0, 1, 1, 1, 2, 3]).unwrap();
        let disturbances = (0..count).map(|_| rng.u64(..)).collect();
        Self { seed, disturbances }
    }

    pub(crate) fn request(&self, oracle: &Oracle) -> Request {
        let mut rng = Rng::with_seed(self.seed ^ 0x5EED);
        let operations = oracle.operations();
        let (path, method, operation) = *rng.choice(&operations).unwrap();
        let mut request = right(oracle, path, method, operation, &mut rng);
        for seed in &self.disturbances {
            disturb(&mut request, &mut Rng::with_seed(*seed));
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
fn right(oracle: &Oracle, path: &str, method: &str, operation: &Value, rng: &mut Rng) -> Request {
    let judge = Judge::new(&oracle.document);
    let takes_tokens = oracle.schemes().contains(&"Bearer");
    let credentials = if takes_tokens && rng.bool() { TOKEN } else { RIGHT };
    let mut request = Request {
        method: method.to_uppercase(),
        path: path.to_owned(),
        query: Vec::new(),
        headers: vec![("Authorization".to_owned(), credentials.to_vec())],
        content: Content::Nothing,
    };
    for parameter in oracle.parameters(path, operation) {
        if parameter["required"] != true && rng.usize(..3) > 0 {
            continue;
        }
        let name = parameter["name"].as_str().unwrap();
        let text = parameter_text(&judge, judge.resolve(&parameter["schema"]), rng);
        match parameter["in"].as_str().unwrap() {
            "path" => {
                let text = if text.is_empty() { "x".to_owned() } else { text };
                request.path = request.path.replace(&format!("{{{name}}}"), &encoded(&text));
            }
            "query" => request.query.push((name.to_owned(), encoded(&text))),
            _ => {
                let is_list = judge.resolve(&parameter["schema"])["type"] == "array";
                let text = if is_list { text.replace(',', " ,\t") } else { text };
                request.headers.push((name.to_owned(), text.into_bytes()));
            }
        }
    }
    let is_sent = operation["requestBody"]["required"] == true || rng.bool();
    if let Some(content) = operation["requestBody"]["content"]
        .as_object()
        .filter(|_| is_sent)
    {
        let (media_type, content) = content.iter().next().unwrap();
        request
            .headers
            .push(("Content-Type".to_owned(), media_type.clone().into_bytes()));
        let value = value(&judge, &content["schema"], rng);
        request.content = Content::Json(Json::from(&value));
    }
    request
}

/// Encodes what cannot be in a target, and some of what could.
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

fn parameter_text(judge: &Judge<'_>, schema: &Value, rng: &mut Rng) -> String {
    as_text(&value(judge, schema, rng))
}

/// A value of a parameter, as it is sent.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// A value that fits a schema, most of the time.
pub(crate) fn value(judge: &Judge<'_>, schema: &Value, rng: &mut Rng) -> Value {
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
        return rng.choice(values).unwrap().clone();
    }
    if schema["nullable"] == true && rng.usize(..4) == 0 {
        return Value::Null;
    }
    match schema["type"].as_str() {
        Some("object")
            if schema["additionalProperties"]
                .as_object()
                .is_some_and(|values| !values.is_empty()) =>
        {
            let keys = ["colour", "shape of it", "Grüße", "a.b", ""]
                .iter()
                .filter(|_| rng.usize(..3) == 0);
            let keys: Vec<_> = keys.copied().collect();
            let values = keys
                .into_iter()
                .map(|key| (key.to_owned(), value(judge, &schema["additionalProperties"], rng)));
            Value::Object(values.collect())
        }
        Some("object") => {
            let mut object = json!({});
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let branches =
                ["anyOf", "oneOf"].map(|keyword| schema[keyword].as_array().cloned().unwrap_or_default());
            let chosen: Vec<Value> = branches
                .iter()
                .filter(|branches| !branches.is_empty())
                .flat_map(|branches| {
                    rng.choice(branches).unwrap()["required"]
                        .as_array()
                        .unwrap()
                        .clone()
                })
                .collect();
            let exclusive = branches[1]
                .iter()
                .flat_map(|branch| branch["required"].as_array().unwrap().clone());
            let exclusive: Vec<Value> = exclusive.collect();
            for (name, of_member) in schema["properties"].as_object().into_iter().flatten() {
                let key = Value::from(name.as_str());
                let wanted = required.contains(&key) || chosen.contains(&key);
                if wanted || (!exclusive.contains(&key) && rng.usize(..3) == 0) {
                    object[name] = value(judge, of_member, rng);
                }
            }
            object
        }
        Some("array") => {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            let most = schema["maxItems"].as_u64().unwrap_or(least + 2).max(least);
            let count = rng.u64(least..=most);
            let mut items: Vec<Value> = Vec::new();
            for _ in 0..count {
                let item = value(judge, &schema["items"], rng);
                if schema["uniqueItems"] != true || !items.contains(&item) {
                    items.push(item);
                }
            }
            Value::Array(items)
        }
        Some("integer") => {
            let least = schema["minimum"].as_i64().unwrap_or(-3);
            let most = schema["maximum"].as_i64().unwrap_or(least + 2000);
            json!(rng.i64(least..=most))
        }
        Some("number") => json!(0.5 + f64::from(rng.u16(..900))),
        Some("boolean") => json!(rng.bool()),
        Some("string") => json!(text(schema, rng)),
        _ => json!({ "any": [1, null, "thing"] }),
    }
}

/// Texts that fit one pattern or another; the one is taken that fits.
fn text(schema: &Value, rng: &mut Rng) -> String {
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
        "2024-02-29",
        "2026-01-31T09:30:00.5+10:30",
        "6b7f6c1e-5d8a-4c0f-9f2e-3a1b2c4d5e6f",
    ];
    let start = rng.usize(..texts.len());
    let format = schema["format"].as_str().and_then(pattern_of);
    let fitting = |text: &&str| {
        let length = u64::try_from(text.chars().count()).unwrap();
        let pattern = schema["pattern"].as_str();
        schema["minLength"].as_u64().is_none_or(|least| length >= least)
            && schema["maxLength"].as_u64().is_none_or(|most| length <= most)
            && pattern.is_none_or(|pattern| matches(pattern, text))
            && format.as_ref().is_none_or(|pattern| matches(pattern, text))
    };
    let texts = texts.iter().cycle().skip(start).take(texts.len());
    texts.copied().find(fitting).unwrap_or_default().to_owned()
}
