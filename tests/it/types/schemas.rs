//! The JSON Schemas that the types derive, against the document's own.
//!
//! Both sides are reduced to what types can express: kinds, enums, members, which of them are required,
//! and what they refer to.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::support::read;

type Schemas = BTreeMap<String, Value>;

/// The schemas of the document, without the scalars, which types resolve in place.
fn documented() -> Schemas {
    let document: Value = serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap();
    reduced(&document)
}

/// The schemas of the types, as they are written to the wire.
fn derived() -> Schemas {
    let mut generator = SchemaSettings::openapi3().for_serialize().into_generator();
    fonedynamics_types::schemas::define_all(&mut generator);
    let definitions = Value::Object(generator.take_definitions(true));
    reduced(&json!({ "components": { "schemas": definitions } }))
}

fn reduced(document: &Value) -> Schemas {
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let named = schemas.iter().filter(|(_, schema)| !is_scalar(schema));
    named
        .map(|(name, schema)| (name.clone(), reduce(document, schema)))
        .collect()
}

fn is_scalar(schema: &Value) -> bool {
    schema.get("enum").is_none() && !matches!(schema["type"].as_str(), Some("object" | "array"))
}

fn reduce(document: &Value, schema: &Value) -> Value {
    // `Option<T>` is T that may be left out: one branch that says something, beside one for null.
    for wrapper in ["allOf", "anyOf", "oneOf"] {
        let branches = schema[wrapper].as_array().into_iter().flatten();
        let mut branches =
            branches.filter(|branch| branch.get("$ref").is_some() || branch.get("type").is_some());
        if let (Some(only), None) = (branches.next(), branches.next()) {
            return reduce(document, only);
        }
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).unwrap();
        return if is_scalar(target) {
            reduce(document, target)
        } else {
            json!({ "refers to": reference })
        };
    }
    let mut out = json!({ "type": schema["type"] });
    if let Some(values) = schema["enum"].as_array() {
        out["enum"] = json!(values.iter().filter(|value| !value.is_null()).collect::<Vec<_>>());
    }
    if let Some(items) = schema.get("items") {
        out["items"] = reduce(document, items);
    }
    if let Some(properties) = schema["properties"].as_object() {
        let members = properties
            .iter()
            .map(|(name, schema)| (name.clone(), reduce(document, schema)));
        out["members"] = Value::Object(members.collect());
    }
    if schema["type"] == "object" {
        let mut required: Vec<_> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        required.sort_by_key(Value::to_string);
        out["required"] = json!(required);
        out["open"] = json!(
            schema
                .get("additionalProperties")
                .is_some_and(|further| *further != json!(false))
        );
    }
    out
}

#[test]
fn the_types_say_what_the_document_says() {
    let (documented, derived) = (documented(), derived());
    let names = |schemas: &Schemas| schemas.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&derived), names(&documented));
    for (name, schema) in &documented {
        assert_eq!(derived[name], *schema, "{name}");
    }
}

#[test]
fn a_seeded_difference_is_seen() {
    let original: Value = serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap();
    let seeds: [(&str, Value); 6] = [
        ("/components/schemas/ErrorEntry/required", json!([])),
        (
            "/components/schemas/ResponseStatus/properties/Message/type",
            json!("integer"),
        ),
        ("/components/schemas/ErrorCode/enum/0", json!("ADDRESS_IN_USE")),
        (
            "/components/schemas/ResponseStatus/properties/Errors/items/$ref",
            json!("#/components/schemas/Flow"),
        ),
        ("/components/schemas/NewAddress/properties", json!({})),
        (
            "/components/schemas/AddressPage/additionalProperties",
            json!(false),
        ),
    ];
    for (pointer, value) in seeds {
        let mut document = original.clone();
        *document
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer}")) = value;
        assert_ne!(reduced(&document), derived(), "{pointer}");
    }
}
