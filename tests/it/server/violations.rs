//! Requests that break a constraint of the document, over the wire. The rules themselves are tested where
//! they live; here is what a caller gets to see.

use std::fmt::Write as _;

use fonedynamics_client::types::{
    ErrorCode, ListPropertyNumbersQuery, NewMessage, NewMessageBatch, NumberConfiguration,
};

use crate::support::credentials::{AUTHORIZED, USER};
use crate::support::examples;
use crate::support::raw::{JSON, Request};
use crate::support::recorder::Recorder;
use crate::support::served::Served;
use crate::support::snapshot;

/// What is wrong, the method and target, and the body.
const ROWS: &[(&str, &str, &str)] = &[
    (
        "required members are missing",
        "POST /v2/Accounts/AC1/Addresses",
        r#"{"Friendly":"Office","City":null}"#,
    ),
    ("no body at all", "POST /v2/Accounts/AC1/Addresses", ""),
    (
        "required members of a list's items are missing",
        "POST /v2/Properties/PR1/BatchMessages",
        r#"{"Messages":[{"To":"+61491570156","Text":"Hello"},{"Text":"Hello"},{"To":null}]}"#,
    ),
    (
        "a member has the wrong type",
        "POST /v2/Properties",
        r#"{"Name":7,"MainDomain":"a.example","TimeZone":"UTC"}"#,
    ),
    ("the body is no object", "POST /v2/Properties", "[]"),
    (
        "a missing member outweighs one of the wrong type",
        "POST /v2/Properties",
        r#"{"Name":7,"MainDomain":"a.example"}"#,
    ),
    (
        "a value with a code of its own has the wrong type",
        "POST /v2/Properties/PR1/Messages",
        r#"{"To":61491570156,"Text":"Hello","DeliveryReceipt":"yes"}"#,
    ),
    (
        "two unknown values, of which the first in the document decides",
        "POST /v2/Numbers/61255501234",
        r#"{"Recording":"Always","RoutingMethod":"Pigeon"}"#,
    ),
    (
        "an unknown value",
        "POST /v2/Numbers/61255501234",
        r#"{"Recording":"Always"}"#,
    ),
    (
        "an optional member is null",
        "POST /v2/Numbers/61255501234",
        r#"{"Friendly":null}"#,
    ),
    (
        "an unknown entry of a list",
        "GET /v2/Properties/PR1/Numbers?Type=Local,Tollfree",
        "",
    ),
    (
        "an unknown entry of another list",
        "GET /v2/Properties/PR1/Numbers?Capabilites=Voice%2CFax",
        "",
    ),
    (
        "an unknown entry of a third list",
        "GET /v2/Accounts/AC1/Calls?Disposition=answered",
        "",
    ),
    (
        "an unknown value without a code of its own",
        "GET /v2/Properties/PR1/Messages?Date_From=1&Date_To=2&Status=x",
        "",
    ),
    (
        "required query parameters are missing",
        "GET /v2/Properties/PR1/Messages?Status=x",
        "",
    ),
    (
        "no integers",
        "GET /v2/Properties?Results_Count=ten&Results_Skip=1.5",
        "",
    ),
    (
        "a query parameter twice",
        "GET /v2/Properties?Results_Skip=1&Results_Skip=2",
        "",
    ),
    (
        "a query parameter twice that has known values",
        "GET /v2/Properties/PR1/Messages?Date_From=1&Date_To=2&Status=Failed&Status=Received",
        "",
    ),
    (
        "an unknown item of an array under a repeated key",
        "GET /v2/Properties/PR1/Numbers?Type=Local&Type=Tollfree",
        "",
    ),
    ("an identifier that does not decode", "GET /v2/Addresses/%FF", ""),
    (
        "no body at all, and no member is required",
        "POST /v2/Numbers/61255501234",
        "",
    ),
    ("the same of a merge patch", "PATCH /v2/Properties/PR1", ""),
    (
        "a country in small letters",
        "POST /v2/Accounts/AC1/Addresses",
        r#"{"Line1":"1","City":"S","CountryCode":"au"}"#,
    ),
    (
        "senders: a name of 12 characters, and a method of a webhook",
        "POST /v2/Properties/PR1/Messages",
        r#"{"From":"Twelve chars","To":"+61491570156","Text":"Hello","WebhookMethod":"PUT"}"#,
    ),
];

#[tokio::test]
async fn broken_constraints_name_every_parameter_at_fault() {
    let served = Served::router(Recorder::default().router()).await;
    let mut table = String::new();
    for &(title, line, body) in ROWS {
        let headers: &[_] = if body.is_empty() {
            &[AUTHORIZED]
        } else {
            &[AUTHORIZED, JSON]
        };
        let response = Request {
            line,
            headers,
            body: body.as_bytes(),
        }
        .send(served.address)
        .await;
        writeln!(table, "{title}\n> {line}").unwrap();
        if !body.is_empty() {
            writeln!(table, "> {body}").unwrap();
        }
        writeln!(table, "< {}\n< {}\n", response.status, response.body).unwrap();
    }
    snapshot("server/violations", table.trim_end());
}

#[tokio::test]
async fn both_spellings_of_arrays_numbers_and_methods_are_accepted() {
    let served = Served::router(Recorder::default().router()).await;
    let message = r#"{"From":"Example 1","To":"+61491570156","Text":"Hello","WebhookMethod":"Post"}"#;
    for (line, body) in [
        (
            "GET /v2/Properties/PR1/Numbers?Type=Local&Capabilites=Voice&Type=National,Toll-Free",
            "",
        ),
        ("GET /v2/Properties/PR1/Numbers?Type=Local%2CNational", ""),
        ("GET /v2/Numbers/+61255501234", ""),
        ("GET /v2/Numbers/61255501234", ""),
        ("POST /v2/Properties/PR1/Messages", message),
        (
            "POST /v2/Properties/PR1/Messages",
            r#"{"From":"","To":"+61491570156","Text":"Hello"}"#,
        ),
    ] {
        let request = Request {
            line,
            headers: if body.is_empty() {
                &[AUTHORIZED]
            } else {
                &[AUTHORIZED, JSON]
            },
            body: body.as_bytes(),
        };
        let response = request.send(served.address).await;
        assert_eq!(response.status, "200 OK", "{line}: {response}");
    }
}

#[tokio::test]
async fn unknown_members_and_parameters_are_passed_over() {
    let served = Served::router(Recorder::default().router()).await;
    let (line, headers) = ("POST /v2/Numbers/61255501234?Verbose=1", &[AUTHORIZED, JSON]);
    let response = Request {
        line,
        headers,
        body: br#"{"Friendly":"A","Colour":"red"}"#,
    }
    .send(served.address)
    .await;
    assert_eq!(response.status, "200 OK", "{response}");
}

#[tokio::test]
async fn client_can_send_values_of_tomorrow_and_learns_which_are_unknown() {
    let served = Served::router(Recorder::default().router()).await;
    let client = served.client(USER);

    let body = NumberConfiguration::default().routing_method("Pigeon");
    let error = client.configure_number("+61255501234", &body).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::UnknownRoutingMethod));
    assert_eq!(error.fields(), ["RoutingMethod"]);

    let query = ListPropertyNumbersQuery::default().type_(["Local", "Mobile"]);
    let error = client.list_property_numbers("PR1", &query).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::UnknownNumbertype));
    assert_eq!(error.fields(), ["Type"]);
}

#[tokio::test]
async fn client_learns_the_place_within_the_body() {
    let recorder = Recorder::default();
    let served = Served::router(recorder.router()).await;
    recorder.raise(&ErrorCode::InvalidPhonenumberFormat);
    let message: NewMessage = examples::typed_request("NewMessage", "leasedSender");
    let batch = NewMessageBatch::new([message.clone(), message]);
    let error = served
        .client(USER)
        .send_message_batch("PR1", &batch)
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InvalidPhonenumberFormat));
    assert_eq!(error.fields(), ["Messages[1].To"]);
}
