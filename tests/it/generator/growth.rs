//! What reviewers do to the document needs no edit of any other hand-written file: a copy of the workspace
//! is generated and compiled after each kind of change, the README's programs included.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::support::workspace::Workspace;
use crate::support::{plan_text, read};

/// The copy is compiled by one test at a time, always in the same place, so that each compiles little.
static COPY: Mutex<()> = Mutex::new(());

/// The real document with one change.
fn grown(change: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_yaml::from_str(&read("openapi/fonedynamics.yaml")).unwrap();
    change(&mut document);
    format!("{document:#}")
}

#[track_caller]
fn compiles(change: impl FnOnce(&mut Value)) {
    let text = grown(change);
    let tree = plan_text("fonedynamics.json", &text).unwrap_or_else(|(_, report)| panic!("{report}"));
    let _one_at_a_time = COPY.lock().unwrap_or_else(PoisonError::into_inner);
    let copied = [
        "Cargo.toml",
        "Cargo.lock",
        "xtask",
        "runtime",
        "tests/Cargo.toml",
        "tests/src",
        "tests/examples",
        "tests/golden/archive",
    ];
    let workspace = Workspace::with_copies("growth", &copied);
    workspace.write(
        "tests/it/main.rs",
        "//! The tests pin the document as it is, so they stay behind.\n",
    );
    workspace.apply(&tree, "generated");
    workspace.cargo(&["check", "--workspace", "--examples"]);
}

fn at<'d>(document: &'d mut Value, pointer: &str) -> &'d mut Value {
    document
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("{pointer} is not in the document"))
}

fn push(document: &mut Value, pointer: &str, value: Value) {
    at(document, pointer).as_array_mut().unwrap().push(value);
}

#[test]
fn an_error_code_can_be_added() {
    compiles(|document| {
        push(
            document,
            "/components/schemas/ErrorCode/enum",
            json!("FLOW_NOT_FOUND"),
        );
        at(document, "/components/schemas/ErrorCode/x-error-codes")["FLOW_NOT_FOUND"] = json!({
            "status": 400, "origin": "extension", "message": "No flow.", "meaning": "No flow.", "causes": ["A typo."], "remedy": "Look."
        });
        at(
            document,
            "/components/responses/BadRequest/content/application~1json/examples",
        )["FLOW_NOT_FOUND"] = json!({ "value": { "ResponseStatus": { "ErrorCode": "FLOW_NOT_FOUND", "Message": "No flow." } } });
        push(
            document,
            "/paths/~1v2~1Calls~1{CallSid}/get/x-raises",
            json!("FLOW_NOT_FOUND"),
        );
    });
}

#[test]
fn a_value_of_an_enum_can_be_added() {
    compiles(|document| {
        push(
            document,
            "/components/schemas/Disposition/enum",
            json!("Voicemail"),
        )
    });
}

#[test]
fn an_optional_member_can_be_added() {
    compiles(|document| {
        at(document, "/components/schemas/Address/properties")["Floor"] =
            json!({ "type": "integer", "description": "The floor." });
    });
}

#[test]
fn a_required_member_can_be_added() {
    compiles(|document| {
        at(document, "/components/schemas/NewOnlineLogin/properties")["Team"] =
            json!({ "type": "string", "description": "The team." });
        push(
            document,
            "/components/schemas/NewOnlineLogin/required",
            json!("Team"),
        );
        let path = "/paths/~1v2~1Properties~1{PropertySid}~1OnlineLogins/post/requestBody";
        let examples = at(document, &format!("{path}/content/application~1json/examples"))
            .as_object_mut()
            .unwrap();
        for example in examples.values_mut() {
            example["value"]["Team"] = json!("Support");
        }
    });
}

#[test]
fn a_query_filter_can_be_added() {
    compiles(|document| {
        let filter = json!({
            "name": "Sort", "in": "query", "description": "The order.", "schema": { "type": "string" }
        });
        push(document, "/paths/~1v2~1OnlineLogins/get/parameters", filter);
    });
}

#[test]
fn a_tag_can_be_added() {
    compiles(|document| {
        push(
            document,
            "/tags",
            json!({ "name": "Reports", "description": "Reports." }),
        );
        push(
            document,
            "/paths/~1v2~1Calls~1{CallSid}/get/tags",
            json!("Reports"),
        );
    });
}

#[test]
fn an_operation_can_be_added() {
    compiles(|document| {
        let mut operation = at(document, "/paths/~1v2~1Addresses~1{AddressSid}/get").clone();
        operation["operationId"] = json!("verifyAddress");
        at(document, "/paths/~1v2~1Addresses~1{AddressSid}")["put"] = operation;
    });
}

#[test]
fn renaming_the_member_of_the_envelope_is_reported_where_it_matters() {
    let text = grown(|document| {
        let wrapper = at(document, "/components/schemas/ErrorResponse");
        let member = wrapper["properties"]["ResponseStatus"].take();
        wrapper["properties"] = json!({ "Status": member });
        wrapper["required"] = json!(["Status"]);
    });
    let (problems, report) = plan_text("fonedynamics.json", &text).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|problem| problem.sentence == "`Status` of `ErrorResponse` is missing"),
        "{report}"
    );
}
