//! What a call becomes on the wire, and what becomes of it in the handler. Failures are elsewhere.

use std::collections::BTreeSet;

use fonedynamics_client::Error;
use fonedynamics_client::types::{ListAccountCallsQuery, ProjectChanges};
use fonedynamics_server::operations;
use serde_json::{Value, json};
use xtask::contract::Location;
use xtask::document::{Document, Source};

use crate::support::calls::{self, Call, Outcome};
use crate::support::credentials::{AUTHORIZATION, USER};
use crate::support::examples;
use crate::support::recorder::{Recorder, Sent};
use crate::support::scripted::{Scripted, whole};
use crate::support::served::Served;
use crate::support::{read, snapshot};

#[tokio::test]
async fn every_operation_once() {
    let recorder = Recorder::default();
    let served = Served::router(recorder.router()).await;
    let client = served.client(USER);
    let mut called = BTreeSet::new();
    for call in calls::all() {
        let id = call.operation.id;
        let outcome = call.run(&client).await;
        let (sent, handled) = recorder.take();
        check_request(&call, &sent);
        assert_eq!(handled.operation, id);
        assert_eq!(handled.arguments, Value::from(call.arguments.clone()), "{id}");
        check_response(&call, &outcome);
        assert!(called.insert(id), "{id} is called twice");
    }
    // An operation that is new in the document needs a call in `calls`.
    let documented: BTreeSet<_> = operations::ALL.iter().map(|operation| operation.id).collect();
    assert_eq!(called, documented);
}

#[tokio::test]
async fn what_the_documentation_of_each_method_sends_is_what_a_server_accepts() {
    let recorder = Recorder::default();
    let served = Served::router(recorder.router()).await;
    let client = served.client(USER);
    let bytes = read("openapi/fonedynamics.yaml").into_bytes();
    let source = Source::new("fonedynamics.yaml", bytes).ok().unwrap();
    let document = Document::read(&source).0.ok().unwrap();
    let contract = xtask::lower::lower(&document).ok().unwrap();
    for operation in &contract.operations {
        let (mut path, mut query) = (operation.path.clone(), Vec::new());
        for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
            let value = match &parameter.example {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match parameter.location {
                Location::Path => path = path.replace(&format!("{{{}}}", parameter.name), &value),
                _ => query.push((&parameter.name, value)),
            }
        }
        let mut call = client
            .request(operation.method.parse().unwrap(), &path)
            .query(&query);
        let schema = operation.body.as_ref().map(|body| &body.schema);
        let own = format!("{}/requestBody/", operation.at.as_str());
        let mut examples = contract.examples.iter();
        let mut of_schema = examples.clone().filter(|example| Some(&example.schema) == schema);
        let of_operation = examples.find(|example| example.at.as_str().starts_with(&own));
        if let Some(body) = of_operation.or(of_schema.next()) {
            call = call.json(&body.value);
        }
        let outcome = call.send().await;
        assert!(outcome.is_ok(), "{}: {outcome:?}", operation.id);
        assert_eq!(recorder.take().1.operation, operation.id);
    }
}

#[track_caller]
fn check_request(call: &Call, sent: &Sent) {
    let id = call.operation.id;
    assert_eq!(
        sent.line,
        format!("{} {}", call.operation.method, call.target),
        "{id}"
    );
    let (media_type, body) = call.body.unzip();
    assert_eq!(sent.body, body.unwrap_or_default(), "{id}");

    let agent = sent.headers["user-agent"].to_str().unwrap();
    let version = agent.strip_prefix("fonedynamics-client/").unwrap();
    assert_eq!(version.split('.').count(), 3, "{id}: {agent}");
    for (name, value) in [
        ("authorization", Some(AUTHORIZATION)),
        ("accept", Some("application/json")),
        ("content-type", media_type),
        ("api-version", None),
    ] {
        let values: Vec<_> = sent.headers.get_all(name).iter().collect();
        assert_eq!(values, Vec::from_iter(value), "{id}: {name}");
    }
}

#[track_caller]
fn check_response(call: &Call, outcome: &Outcome) {
    let id = call.operation.id;
    let response = outcome.as_ref().unwrap_or_else(|error| panic!("{id}: {error}"));
    assert_eq!(response.status().as_u16(), call.operation.success, "{id}");
    assert!(response.request_id().is_some(), "{id}");
    let text = call.response.map(examples::response);
    assert_eq!(response.body(), text.unwrap_or_default(), "{id}");
    assert_eq!(
        **response,
        text.map_or(Value::Null, |text| serde_json::from_str(text).unwrap()),
        "{id}"
    );
}

#[tokio::test]
async fn identifiers_arrive_unchanged_whatever_they_hold() {
    let recorder = Recorder::default();
    let served = Served::router(recorder.router()).await;
    let client = served.client(USER);
    for identifier in [
        "AD1",
        "a/b",
        "/",
        "100%",
        "%2F",
        "a b",
        " ",
        "?Results_Skip=1",
        "#end",
        "+61",
        "a;b=c",
        "a,b",
        "...",
        "../x",
        "é",
        "住所",
        "🏠",
        "\u{0}\r\n",
        "\"<>\\^`{|}",
        ":@!$&'()*",
    ] {
        client
            .get_address(identifier)
            .await
            .unwrap_or_else(|error| panic!("{identifier:?}: {error}"));
        let (sent, handled) = recorder.take();
        assert_eq!(handled.operation, "getAddress", "{identifier:?}");
        assert_eq!(handled.arguments, json!([identifier]), "{}", sent.line);
    }
}

#[tokio::test]
async fn what_no_path_or_list_can_hold_is_refused_before_anything_is_sent() {
    let served = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let client = served.client();
    let refused = |error: Error| {
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        error.to_string()
    };
    let expected =
        |name: &str| format!("the request cannot be built: the path parameter {name} is empty, `.` or `..`");
    for identifier in ["", ".", ".."] {
        let error = client.get_project(identifier).await.unwrap_err();
        assert_eq!(refused(error), expected("PropertySid"));
    }
    let error = client.get_number("+").await.unwrap_err();
    assert_eq!(refused(error), expected("Number"));
    let query = ListAccountCallsQuery::default().to(["+61255501234,+61255501235"]);
    let error = client.list_account_calls("AC1", &query).await.unwrap_err();
    assert!(refused(error).contains("an item of a list contains a comma"));
    assert!(served.lines().is_empty());
}

#[tokio::test]
async fn plus_of_a_number_is_left_out_of_the_path_and_put_back() {
    let recorder = Recorder::default();
    let served = Served::router(recorder.router()).await;
    let client = served.client(USER);
    for number in ["+61255501234", "61255501234"] {
        client.get_number(number).await.unwrap();
        let (sent, handled) = recorder.take();
        assert_eq!(sent.line, "GET /v2/Numbers/61255501234");
        assert_eq!(handled.arguments, json!(["+61255501234"]));
    }
}

#[tokio::test]
async fn whole_request_is_as_the_document_says() {
    let served = Scripted::responses(vec![whole("204 No Content", "")]).await;
    let changes = ProjectChanges::default().name("Kiosk “Süd”").active(false);
    served.client().update_project("PR 1", &changes).await.unwrap();
    let requests = served.requests();
    let request = requests
        .join("\n(another request)\n")
        .replace('\r', "")
        .replace(&served.address.to_string(), "(host)");
    snapshot("client/request", &request);
}
