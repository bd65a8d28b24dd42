//! The published documents: what they add to the document, and that they take nothing from it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use xtask::tree::Tree;

use crate::support::{plan, plan_text, read};

fn document() -> Value {
    serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap()
}

fn published(name: &str) -> Value {
    published_of(&plan(), name)
}

fn published_of(tree: &Tree, name: &str) -> Value {
    serde_json::from_str(tree.get(&format!("reference/{name}.json")).unwrap()).unwrap()
}

/// The operations of a document, by path and method.
fn operations(document: &Value) -> BTreeMap<(String, String), &Value> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| ((path.clone(), method.clone()), operation))
    });
    operations.collect()
}

fn strings(values: &Value) -> Vec<&str> {
    values
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.as_str().unwrap())
        .collect()
}

/// Every object of a document, by its place.
fn objects<'v>(value: &'v Value, at: &str, found: &mut Vec<(String, &'v Value)>) {
    if value.is_object() {
        found.push((at.to_owned(), value));
    }
    for (key, child) in value.as_object().into_iter().flatten() {
        objects(child, &format!("{at}/{key}"), found);
    }
    for (number, child) in value.as_array().into_iter().flatten().enumerate() {
        objects(child, &format!("{at}/{number}"), found);
    }
}

fn all_objects(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    objects(document, "", &mut found);
    found
}

#[test]
fn each_operation_lists_its_codes_and_each_error_response_those_of_its_status() {
    let published = published("openapi");
    let table = &published["components"]["schemas"]["ErrorCode"]["x-error-codes"];
    for (place, operation) in operations(&published) {
        let mut named = BTreeSet::new();
        for status in ["400", "401", "403", "500"] {
            let response = &operation["responses"][status];
            let description = response["description"].as_str().unwrap();
            let (_, sentence) = description.rsplit_once("The error code is ").unwrap();
            let codes: Vec<_> = sentence.split('`').skip(1).step_by(2).collect();
            for code in &codes {
                assert_eq!(table[code]["status"].to_string(), status, "{place:?} {code}");
            }
            let examples = response["content"]["application/json"]["examples"]
                .as_object()
                .unwrap();
            assert_eq!(examples.keys().collect::<Vec<_>>(), codes, "{place:?} {status}");
            named.extend(codes);
        }
        let codes = strings(&operation["x-codes"]);
        assert_eq!(named, codes.iter().copied().collect(), "{place:?}");
        for code in strings(&operation["x-raises"]) {
            assert!(codes.contains(&code), "{place:?} {code}");
        }
    }
}

#[test]
fn headers_of_responses_are_published_and_a_status_of_layers_alone_says_so() {
    let tree = plan_text("archive.yaml", &read("tests/fixtures/good/archive.yaml")).unwrap();
    for name in ["openapi", "openapi-sdk"] {
        let published = published_of(&tree, name);
        let paths = &published["paths"];
        let lend = &paths["/shelves/{Shelf}/loans"]["post"]["responses"];
        assert_eq!(
            lend["201"]["headers"]["Location"],
            json!({ "description": "The path of the loan.", "required": true, "schema": { "type": "string" } })
        );
        let remind = &paths["/shelves/{Shelf}/reminders"]["post"]["responses"];
        for wait in [&lend["429"], &remind["202"], &remind["429"]] {
            let wait = &wait["headers"]["Retry-After"];
            let target = wait["$ref"]
                .as_str()
                .and_then(|reference| published.pointer(&reference[1..]));
            assert_eq!(target.unwrap_or(wait)["schema"]["type"], "integer", "{name}");
        }
        assert_eq!(
            remind["429"]["description"],
            "Too many requests. This operation has no error code with this status. A layer around it can respond \
             with `SLOW_DOWN`."
        );
    }
}

#[test]
fn description_of_the_error_code_has_a_row_for_each() {
    let published = published("openapi");
    let schema = &published["components"]["schemas"]["ErrorCode"];
    let (_, table) = schema["description"]
        .as_str()
        .unwrap()
        .split_once("| Code | Status | Meaning |\n| --- | --- | --- |\n")
        .unwrap();
    let rows: Vec<_> = table.lines().collect();
    let codes = schema["x-error-codes"].as_object().unwrap();
    assert_eq!(rows.len(), codes.len());
    for (row, (code, entry)) in rows.iter().zip(codes) {
        let start = format!(
            "| `{code}` | {} | {}",
            entry["status"],
            entry["meaning"].as_str().unwrap()
        );
        assert!(row.starts_with(&start) && row.ends_with(" |"), "{row}");
    }
}

#[test]
fn every_inference_is_in_the_description_beside_it() {
    let published = published("openapi");
    let mut inferences = 0;
    for (at, object) in all_objects(&published) {
        let Some(reason) = object["x-inferred"].as_str() else {
            continue;
        };
        inferences += 1;
        let shown = match at.split_once("/x-error-codes/") {
            Some((schema, _)) => &published.pointer(schema).unwrap()["description"],
            None => &object["description"],
        };
        let sentence = format!("Inferred: {}", reason.trim());
        assert!(shown.as_str().unwrap().contains(&sentence), "{at}");
    }
    assert!(inferences > 20, "{inferences}");
}

/// A document without what the published one adds, and without what it only says elsewhere or, of merge patches,
/// in their media type.
fn promises(mut document: Value) -> Value {
    fn strip(value: &mut Value) {
        if value["nullable"] == true
            && let Some(reference) = value.pointer("/allOf/0").cloned()
        {
            *value = reference;
        }
        if let Value::Object(members) = value {
            members.retain(|key, value| match key.as_str() {
                "description" => !value.is_string(),
                "format" => value != "int64",
                key => !["x-codes", "x-generated", "nullable"].contains(&key),
            });
        }
        match value {
            Value::Object(members) => members.values_mut().for_each(strip),
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let components = document["components"].as_object_mut().unwrap();
    components.remove("responses");
    components.remove("examples");
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item.as_object_mut().unwrap().values_mut() {
            let responses = operation["responses"].as_object_mut().unwrap();
            responses.retain(|status, _| status.starts_with('2'));
        }
    }
    strip(&mut document);
    document
}

#[test]
fn published_document_promises_what_the_document_does() {
    assert_eq!(promises(published("openapi")), promises(document()));
}

#[test]
fn every_reference_of_a_published_document_leads_somewhere() {
    for name in ["openapi", "openapi-sdk"] {
        let published = published(name);
        for (at, object) in all_objects(&published) {
            if let Some(reference) = object["$ref"].as_str() {
                let target = published.pointer(reference.trim_start_matches('#'));
                assert!(target.is_some(), "{name}: {reference} at {at}");
            }
        }
    }
}

#[test]
fn generators_of_other_languages_get_every_operation_and_every_type() {
    let (document, sdk) = (document(), published("openapi-sdk"));
    let names = |document: &Value| -> Vec<_> { operations(document).into_keys().collect() };
    assert_eq!(names(&sdk), names(&document));
    let schemas = sdk["components"]["schemas"].as_object().unwrap();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let scalar = schema["enum"].is_null() && !matches!(schema["type"].as_str(), Some("object" | "array"));
        assert_eq!(schemas.contains_key(name), !scalar, "{name}");
    }
}

#[test]
fn generators_of_other_languages_get_nothing_that_they_misread() {
    let sdk = published("openapi-sdk");
    for (at, object) in all_objects(&sdk["components"]["schemas"]) {
        let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
        let is_names = at.is_empty() || at.ends_with("/properties");
        for keyword in [
            "oneOf",
            "allOf",
            "pattern",
            "minLength",
            "maxLength",
            "minItems",
            "minimum",
            "default",
        ] {
            assert!(is_names || !keys.contains(&keyword), "{keyword} at {at}");
        }
        if !is_names && let Some(branches) = object.get("anyOf") {
            assert_eq!(branches[1], json!({ "type": "string" }), "{at}");
            assert!(branches[0]["enum"].is_array(), "{at}");
        }
    }
    for (place, operation) in operations(&sdk) {
        for parameter in operation["parameters"].as_array().unwrap() {
            assert_ne!(parameter["schema"]["type"], "array", "{place:?}");
        }
    }
}

#[test]
fn only_enums_of_responses_are_open_to_other_values() {
    let sdk = published("openapi-sdk");
    let schemas = &sdk["components"]["schemas"];
    let is_open = |name: &str| schemas[name]["anyOf"].is_array();
    for open in ["ErrorCode", "MessageStatus"] {
        assert!(is_open(open), "{open}");
    }
    for closed in ["Disposition", "NumberType"] {
        assert!(schemas[closed]["enum"].is_array(), "{closed}");
    }
}
