//! The real document with every change of each kind that reviewers make and `openapi/README.md` calls compatible, and
//! with those that it calls breaking. No hand-written file has to follow any of the former.

use serde_json::{Value, json};

use crate::support::read;

/// Uses what was added.
pub(super) const PROGRAM: &str = "
use fonedynamics_client::types::{Address, Disposition, ErrorCode, FindMessagesQuery, NewMessage};

fn main() {
    let _ = (ErrorCode::FlowNotFound, Disposition::Added, fonedynamics_client::Client::verify_address);
    let _ = Address::default().added(3);
    let _ = NewMessage::new(\"+61400000000\", \"Hello\").added(3);
    let _ = FindMessagesQuery::new(0, 1).added(3);
}
";

/// Programs that use every kind of type as it is meant to be used.
pub(super) const LASTING: [&str; 2] = ["lasting_consumer", "lasting_server"];

/// The prefix of the crates of a document with breaking changes.
pub(super) const BREAKING: &str = "breaking";

/// Everything that can grow has grown.
pub(super) fn document() -> Value {
    let mut document: Value = serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap();
    for add in [
        error_code,
        values_of_enums,
        optional_members,
        member_of_responses,
        query_filters,
        tag,
        operation,
    ] {
        add(&mut document);
    }
    document
}

/// A required member of a request, which breaks whoever makes one, and of a response, which breaks who makes that.
pub(super) fn breaking() -> Value {
    let mut document = document();
    document["info"]["x-crate-prefix"] = json!(BREAKING);
    required_member(&mut document, "NumberPurchase");
    required_member(&mut document, "MessageDetails");
    document
}

fn at<'d>(document: &'d mut Value, pointer: &str) -> &'d mut Value {
    let value = document.pointer_mut(pointer);
    value.unwrap_or_else(|| panic!("{pointer} is not in the document"))
}

fn push(document: &mut Value, pointer: &str, value: Value) {
    at(document, pointer).as_array_mut().unwrap().push(value);
}

/// With a status that no code had before.
fn error_code(document: &mut Value) {
    let codes = "/components/schemas/ErrorCode";
    push(document, &format!("{codes}/enum"), json!("FLOW_NOT_FOUND"));
    at(document, &format!("{codes}/x-error-codes"))["FLOW_NOT_FOUND"] = json!({
        "status": 404, "origin": "extension", "message": "No flow.", "meaning": "No flow.", "causes": ["A typo."],
        "remedy": "Look."
    });
    let mut response = at(document, "/components/responses/BadRequest").clone();
    response["content"]["application/json"]["examples"] = json!({ "FLOW_NOT_FOUND": {
        "value": { "ResponseStatus": { "ErrorCode": "FLOW_NOT_FOUND", "Message": "No flow." } }
    } });
    at(document, "/components/responses")["NotFound"] = response;
    let operation = "/paths/~1v2~1Calls~1{CallSid}/get";
    push(
        document,
        &format!("{operation}/x-raises"),
        json!("FLOW_NOT_FOUND"),
    );
    at(document, &format!("{operation}/responses"))["404"] =
        json!({ "$ref": "#/components/responses/NotFound" });
}

/// Of every enum but that of the error codes.
fn values_of_enums(document: &mut Value) {
    let schemas = at(document, "/components/schemas").as_object_mut().unwrap();
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| *name != "ErrorCode") {
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(json!("Added"));
        }
    }
}

/// Of every object but the one that wraps the envelope, which has no other member.
fn optional_members(document: &mut Value) {
    let schemas = at(document, "/components/schemas").as_object_mut().unwrap();
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| *name != "ErrorResponse") {
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.insert("Added".to_owned(), added());
        }
    }
}

fn added() -> Value {
    json!({ "type": "integer", "description": "It was added." })
}

/// A required one, of a type that clients only read.
fn member_of_responses(document: &mut Value) {
    required_member(document, "PurchasedNumber");
}

/// With a value in each example.
fn required_member(document: &mut Value, schema: &str) {
    let at_schema = format!("/components/schemas/{schema}");
    at(document, &format!("{at_schema}/properties"))["Needed"] = added();
    let required = &mut at(document, &at_schema)["required"];
    match required.as_array_mut() {
        Some(names) => names.push(json!("Needed")),
        None => *required = json!(["Needed"]),
    }
    let reference = json!({ "$ref": format!("#{at_schema}") });
    add_to_examples(at(document, "/paths"), &reference);
}

fn add_to_examples(value: &mut Value, reference: &Value) {
    if value.get("schema") == Some(reference) {
        for example in value["examples"].as_object_mut().unwrap().values_mut() {
            example["value"]["Needed"] = json!(3);
        }
    }
    match value {
        Value::Object(members) => {
            members
                .values_mut()
                .for_each(|member| add_to_examples(member, reference));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| add_to_examples(item, reference)),
        _ => {}
    }
}

/// Of every operation that has some.
fn query_filters(document: &mut Value) {
    let shared = at(document, "/components/parameters").clone();
    let in_query = |parameter: &Value| {
        let name = parameter["$ref"]
            .as_str()
            .and_then(|reference| reference.rsplit('/').next());
        name.map_or(parameter, |name| &shared[name])["in"] == "query"
    };
    let paths = at(document, "/paths").as_object_mut().unwrap();
    let operations = paths
        .values_mut()
        .flat_map(|path| path.as_object_mut().unwrap().values_mut());
    for operation in operations {
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters")
            && parameters.iter().any(in_query)
        {
            parameters.push(json!({
                "name": "Added", "in": "query", "description": "It was added.", "schema": { "type": "integer" }
            }));
        }
    }
}

fn tag(document: &mut Value) {
    let tag = json!({ "name": "Reports", "description": "Reports." });
    push(document, "/tags", tag);
    let tags = "/paths/~1v2~1Calls~1{CallSid}/get/tags";
    push(document, tags, json!("Reports"));
}

fn operation(document: &mut Value) {
    let path = "/paths/~1v2~1Addresses~1{AddressSid}";
    let mut operation = at(document, &format!("{path}/get")).clone();
    operation["operationId"] = json!("verifyAddress");
    at(document, path)["put"] = operation;
}
