//! The document's JSON and the generated types: what comes in goes out again.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fonedynamics_types::examples::{ALL, Example};
use fonedynamics_types::{
    AddressPage, Envelope as _, ErrorCode, ErrorResponse, MessageDetails, MessageStatus, NumberConfiguration,
    OnlineLoginChanges,
};
use serde_json::{Value, json};

use crate::support::{files, snapshot};

#[track_caller]
fn check(example: &Example) {
    let documented: Value = serde_json::from_str(example.json).unwrap();
    let read = (example.read)(example.json).unwrap_or_else(|error| panic!("{}: {error}", example.pointer));
    assert_eq!(read.json, documented, "{}", example.pointer);
}

/// What a JSON value looks like once a type has read and written it.
#[track_caller]
fn normal<T>(json: Value) -> Value
where
    T: serde::de::DeserializeOwned + serde::Serialize,
{
    serde_json::to_value(serde_json::from_value::<T>(json).unwrap()).unwrap()
}

#[test]
fn every_example_comes_back_as_it_was() {
    for example in ALL {
        check(example);
    }
}

/// The last name in an example's pointer that is the document's own.
fn key(example: &Example) -> &str {
    let names = example.pointer.trim_end_matches("/value");
    names.rsplit('/').next().unwrap()
}

#[test]
fn every_example_has_a_typed_form() {
    let mut names = BTreeSet::new();
    for example in ALL.iter().filter(|example| example.schema != "ErrorResponse") {
        let read = (example.read)(example.json).unwrap();
        let name = format!("{}-{}", example.schema, key(example));
        snapshot(&format!("types/example/{name}"), &read.debug);
        assert!(
            names.insert(name),
            "{}: another example of the schema has this name",
            example.pointer
        );
    }
    for path in files("tests/snapshots/types/example") {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".snap");
        assert!(names.contains(name), "the example of {path} is gone");
    }
}

#[test]
fn every_error_response_has_a_typed_form() {
    let mut table = String::new();
    for example in ALL.iter().filter(|example| example.schema == "ErrorResponse") {
        let envelope: ErrorResponse = serde_json::from_str(example.json).unwrap();
        let (code, message) = (envelope.code().unwrap(), envelope.message().unwrap());
        let fields: Vec<_> = envelope.fields().collect();
        writeln!(table, "{code:?} {fields:?}\n    {message}").unwrap();
    }
    snapshot("types/error-responses", table.trim_end());
}

#[test]
fn every_error_code_has_an_example() {
    let errors = ALL.iter().filter(|example| example.schema == "ErrorResponse");
    let shown: Vec<ErrorCode> = errors
        .map(|example| serde_json::from_str::<ErrorResponse>(example.json).unwrap())
        .map(|response| response.code().unwrap().clone())
        .collect();
    for code in ErrorCode::ALL {
        assert!(shown.contains(code), "{code}");
    }
}

#[test]
fn an_unknown_code_survives_a_round_trip() {
    let json = json!({ "ResponseStatus": { "ErrorCode": "OUT_OF_CHEESE", "Message": "No.", "Errors": [] } });
    let response: ErrorResponse = serde_json::from_value(json).unwrap();
    assert_eq!(response.code().unwrap(), "OUT_OF_CHEESE");
    assert!(!response.code().unwrap().is_known());
    assert_eq!(response.code().unwrap().status(), None);
    let written = serde_json::to_string(&response).unwrap();
    assert_eq!(
        written,
        r#"{"ResponseStatus":{"ErrorCode":"OUT_OF_CHEESE","Message":"No."}}"#
    );
}

#[test]
fn the_text_of_a_known_code_is_never_an_unknown_code() {
    for code in ErrorCode::ALL {
        assert_eq!(&ErrorCode::from(code.as_str()), code);
        assert!(code.is_known() && code.status().is_some() && code.meaning().is_some());
    }
}

#[test]
fn an_unknown_value_of_an_enum_does_not_fail_the_response() {
    let json = json!({ "Message": { "MessageSid": "MG1", "Status": "Teleported" } });
    let details: MessageDetails = serde_json::from_value(json.clone()).unwrap();
    let status = details.message.status.clone().unwrap();
    assert_eq!(status, "Teleported");
    assert!(!status.is_known() && MessageStatus::ALL.iter().all(|known| *known != status));
    assert_eq!(normal::<MessageDetails>(json.clone()), json);
}

#[test]
fn unknown_members_are_kept_where_the_document_is_open_and_dropped_elsewhere() {
    let open = json!({ "Addresses": [], "Weather": "fine" });
    assert_eq!(normal::<AddressPage>(open.clone()), open);
    let closed = json!({ "RoutingMethod": "Flow", "Weather": "fine" });
    assert_eq!(
        normal::<NumberConfiguration>(closed),
        json!({ "RoutingMethod": "Flow" })
    );
}

#[test]
fn null_and_absent_members_become_the_documented_form() {
    let documented = json!({ "ResponseStatus": { "ErrorCode": "FORBIDDEN", "Message": "No." } });
    for errors in [json!(null), json!([])] {
        let mut given = documented.clone();
        given["ResponseStatus"]["Errors"] = errors;
        assert_eq!(normal::<ErrorResponse>(given), documented);
    }
    assert_eq!(normal::<ErrorResponse>(documented.clone()), documented);
    for page in [json!({ "Addresses": null }), json!({})] {
        assert_eq!(normal::<AddressPage>(page), json!({ "Addresses": [] }));
    }
}

#[test]
fn null_absent_and_empty_are_distinct_in_a_merge_patch() {
    for changes in [
        json!({ "Permissions": null }),
        json!({ "Permissions": [] }),
        json!({}),
    ] {
        assert_eq!(normal::<OnlineLoginChanges>(changes.clone()), changes);
    }
}

#[test]
fn an_envelope_with_parts_missing_is_still_an_envelope() {
    let read = |json: Value| serde_json::from_value::<ErrorResponse>(json).unwrap();
    let bare = read(json!({ "ResponseStatus": {} }));
    assert_eq!(
        (bare.code(), bare.message(), bare.fields().count()),
        (None, None, 0)
    );
    let nulls = read(
        json!({ "ResponseStatus": { "ErrorCode": null, "Message": null, "Errors": [{}, { "FieldName": null }] } }),
    );
    assert_eq!(
        (nulls.code(), nulls.message(), nulls.fields().count()),
        (None, None, 0)
    );
}
