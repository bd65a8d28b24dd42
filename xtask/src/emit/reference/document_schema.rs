//! The JSON Schema of the document, for editors: completion and underlines while somebody writes.
//!
//! Knows of the rules of `lint` what a schema can say: which keys belong where, which are required, and which
//! error codes and statuses there are. It never underlines what `lint` lets pass; a test holds the two against each other.

mod extensions;
mod openapi;
mod schemas;

use std::collections::BTreeSet;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::contract::Contract;
use crate::faults::{self, AROUND, CREDENTIALS, FAULTS, FORBIDDEN, INVALID};
use crate::lower::{INFERRED, KEYS};

/// The schema, with the error codes of this document and their statuses.
pub(super) fn schema(contract: &Contract) -> Value {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(absent_and_not_null));
    let generator = settings.into_generator();
    let mut schema = generator.into_root_schema_for::<openapi::Document>().to_value();
    let codes: Vec<&str> = contract
        .error_codes
        .iter()
        .map(|code| code.code.as_str())
        .collect();
    let raised: Vec<&str> = codes
        .iter()
        .copied()
        .filter(|code| can_be_raised(contract, code))
        .collect();
    if let Some(definitions) = schema.get_mut("definitions").and_then(Value::as_object_mut) {
        set_enum(definitions, "Code", &codes);
        set_enum(definitions, "RaisedCode", &raised);
        definitions.insert("MisspeltKey".to_owned(), json!({ "pattern": misspelt() }));
        set_statuses(contract, definitions);
    }
    schema
}

/// The error responses of an operation: those that it can have, and those that every operation has because of a
/// fault that is possible in it.
fn set_statuses(contract: &Contract, definitions: &mut Map<String, Value>) {
    let status_of = |fault: &&str| {
        let code = contract.code_of(fault)?;
        let mut codes = contract.error_codes.iter();
        Some(codes.find(|known| known.code == code)?.status.to_string())
    };
    let (of_credentials, of_all): (Vec<&str>, Vec<&str>) = FAULTS
        .iter()
        .map(|fault| fault.name)
        .filter(|name| !AROUND.contains(name))
        .partition(|name| [CREDENTIALS, FORBIDDEN].contains(name));
    let required: BTreeSet<_> = of_all.iter().filter_map(status_of).collect();
    let of_credentials: BTreeSet<_> = of_credentials.iter().filter_map(status_of).collect();
    if let Some(responses) = definitions.get_mut("Responses").and_then(Value::as_object_mut) {
        if let Some(Value::Object(properties)) = responses.get_mut("properties") {
            let mut statuses: Vec<_> = contract.error_codes.iter().map(|code| code.status).collect();
            statuses.sort_unstable();
            let shared = |status: u16| (status.to_string(), openapi::shared_response());
            properties.extend(statuses.into_iter().map(shared));
        }
        responses.insert("required".to_owned(), json!(required));
    }
    if let Some(operation) = definitions.get_mut("Operation").and_then(Value::as_object_mut) {
        let is_public = json!({ "properties": { "security": { "maxItems": 0 } }, "required": ["security"] });
        let secured = json!({ "properties": { "responses": { "required": of_credentials } } });
        operation.insert("if".to_owned(), is_public);
        operation.insert("else".to_owned(), secured);
    }
}

fn set_enum(definitions: &mut Map<String, Value>, name: &str, codes: &[&str]) {
    if let Some(definition) = definitions.get_mut(name).and_then(Value::as_object_mut) {
        definition.insert("enum".to_owned(), json!(codes));
    }
}

/// Whether a handler can raise a code: whether it is not one that faults within operations and violations alone have.
fn can_be_raised(contract: &Contract, code: &str) -> bool {
    let names = faults::names().filter(|name| !AROUND.contains(name));
    let mut derived = names.filter_map(|name| contract.code_of(name));
    contract.code_of(INVALID) == Some(code) || derived.all(|other| other != code)
}

/// What may be absent is not null: YAML has a null where a value was forgotten.
fn absent_and_not_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [name] = types.as_slice() {
            let name = name.clone();
            schema.insert("type".to_owned(), name);
        }
    }
    let null = json!({ "type": "null" });
    let alternatives = schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice);
    let Some([present, absent]) = alternatives else {
        return;
    };
    if *absent != null {
        return;
    }
    let present = present.clone();
    schema.remove("anyOf");
    let object = schema.ensure_object();
    match present {
        // Beside a reference nothing else counts.
        Value::Object(members) if object.is_empty() || !members.contains_key("$ref") => {
            object.extend(members);
        }
        present => {
            object.insert("allOf".to_owned(), json!([present]));
        }
    }
}

/// Makes the schema of an object refuse unknown keys, keys of ours that belong elsewhere or are misspelt, and
/// no key of another tool.
fn closed(schema: &mut Schema) {
    let reason = json!({
        "description": "Why we believe what no public page shows, in one sentence.",
        "type": "string",
    });
    let object = schema.ensure_object();
    let properties = object.entry("properties").or_insert_with(|| json!({}));
    if let Some(properties) = properties.as_object_mut() {
        // It may be anywhere.
        properties.insert(INFERRED.to_owned(), reason);
    }
    let (here, elsewhere): (Vec<_>, Vec<_>) = KEYS
        .iter()
        .map(|(key, _)| *key)
        .partition(|key| properties.get(key).is_some());
    object.insert("patternProperties".to_owned(), json!({ "^x-": true }));
    object.insert("additionalProperties".to_owned(), json!(false));
    let misspelt = json!({ "$ref": "#/definitions/MisspeltKey" });
    let mistaken = json!({ "anyOf": [misspelt, { "enum": elsewhere }] });
    // Not only refused: an editor then names the keys that belong here.
    let names = json!({ "if": mistaken, "then": { "enum": here } });
    object.insert("propertyNames".to_owned(), names);
}

/// A regular expression for what one typing error makes of our keys: a letter too few, too many, another, or
/// two that changed places.
fn misspelt() -> String {
    let mut mistakes = Vec::new();
    for (key, _) in KEYS {
        // Without the prefix it would be no key of ours, and no other tool's either.
        let Some(name) = key.strip_prefix("x-") else {
            continue;
        };
        let letters: Vec<char> = name.chars().collect();
        for (at, letter) in letters.iter().enumerate() {
            let (before, after) = (text(&letters, 0, at), text(&letters, at + 1, letters.len()));
            mistakes.push(format!("{before}{after}"));
            mistakes.push(format!("{before}[^{letter}]{after}"));
            mistakes.push(format!("{before}.{letter}{after}"));
            if let Some(next) = letters.get(at + 1).filter(|next| *next != letter) {
                let after = text(&letters, at + 2, letters.len());
                mistakes.push(format!("{before}{next}{letter}{after}"));
            }
        }
        mistakes.push(format!("{name}."));
    }
    format!("^x-(?:{})$", mistakes.join("|"))
}

fn text(letters: &[char], from: usize, to: usize) -> String {
    letters.get(from..to).unwrap_or_default().iter().collect()
}

/// A component of the document, or a reference to one.
struct OrReference<T>(std::marker::PhantomData<T>);

/// What can be a component.
trait Component: JsonSchema {
    /// The part of `components` in which it is.
    const KIND: &'static str;
}

impl<T: Component> JsonSchema for OrReference<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}OrReference", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // An alternative of the two would say of any mistake in either that neither fits.
        json_schema!({
            "if": { "required": ["$ref"] },
            "then": reference(T::KIND),
            "else": generator.subschema_for::<T>(),
        })
    }
}

/// Nothing but a reference to a component of a kind.
fn reference(kind: &str) -> Value {
    json!({
        "type": "object",
        "properties": { "$ref": { "type": "string", "pattern": format!("^#/components/{kind}/[^/]+$") } },
        "required": ["$ref"],
        "additionalProperties": false,
    })
}
