//! The real document with one change of each kind that reviewers make. No hand-written file has to follow any
//! of them.

use serde_json::{Value, json};

use crate::support::read;

/// Uses what was added.
pub(super) const PROGRAM: &str = "
use fonedynamics_client::types::{Address, Disposition, ErrorCode, ListOnlineLoginsQuery, NewOnlineLogin};

fn main() {
    let _ = (ErrorCode::FlowNotFound, Disposition::Voicemail, fonedynamics_client::Client::verify_address);
    let _ = |address: Address| address.floor;
    let _ = |login: NewOnlineLogin| -> String { login.team };
    let _ = |query: ListOnlineLoginsQuery| query.sort;
}
";

pub(super) fn document() -> Value {
    let mut document: Value = serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap();
    for add in [
        error_code,
        value_of_an_enum,
        optional_member,
        required_member,
        query_filter,
        tag,
        operation,
    ] {
        add(&mut document);
    }
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

fn value_of_an_enum(document: &mut Value) {
    let values = "/components/schemas/Disposition/enum";
    push(document, values, json!("Voicemail"));
}

fn optional_member(document: &mut Value) {
    at(document, "/components/schemas/Address/properties")["Floor"] =
        json!({ "type": "integer", "description": "The floor." });
}

fn required_member(document: &mut Value) {
    let schema = "/components/schemas/NewOnlineLogin";
    at(document, &format!("{schema}/properties"))["Team"] =
        json!({ "type": "string", "description": "The team." });
    push(document, &format!("{schema}/required"), json!("Team"));
    let body = "/paths/~1v2~1Properties~1{PropertySid}~1OnlineLogins/post/requestBody";
    let examples = at(document, &format!("{body}/content/application~1json/examples"));
    for example in examples.as_object_mut().unwrap().values_mut() {
        example["value"]["Team"] = json!("Support");
    }
}

fn query_filter(document: &mut Value) {
    let filter = json!({
        "name": "Sort", "in": "query", "description": "The order.", "schema": { "type": "string" }
    });
    push(document, "/paths/~1v2~1OnlineLogins/get/parameters", filter);
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
