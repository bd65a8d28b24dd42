//! What nobody may read: secrets are planted wherever a request or a handler can hold one, and looked for in
//! every response and in the log.

use std::io;

use axum::Router;
use fonedynamics_client::types::ErrorResponse;
use fonedynamics_server::types::{self, NewProject};
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, Routes, operations,
};
use fonedynamics_server_runtime::codegen;
use serde::{Serialize, Serializer, ser};

use crate::support::credentials::AUTHORIZED;
use crate::support::log::Log;
use crate::support::probe::Probe;
use crate::support::raw::JSON;
use crate::support::served::Served;
use crate::support::snapshot;

/// Part of every secret of a server.
const SERVER: &str = "tr0ub4dor";
/// Part of every secret of a caller. Has no character that would be escaped on its way.
const CALLER: &str = "hunter2";
/// `hunter2-user:hunter2-password`, as it is sent.
const ENCODED: &str = "aHVudGVyMi11c2VyOmh1bnRlcjItcGFzc3dvcmQ=";

/// Lets its secrets out wherever a handler can.
struct Leaky;

impl Api for Leaky {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, operation: &'static Operation) -> Result<(), Refusal> {
        if operation == &operations::GET_ADDRESS {
            let said = format!("{SERVER}: cannot look up {}:{}", caller.user(), caller.password());
            return Err(io::Error::other(said).into());
        }
        if caller.password_is("secret") {
            Ok(())
        } else {
            Err(Refusal::Unauthorized)
        }
    }

    async fn get_call(
        &self,
        _: Context<()>,
        call_sid: String,
    ) -> HandlerResult<types::Call, operations::GetCall> {
        panic!("{SERVER} panics over {call_sid}");
    }

    async fn get_number(
        &self,
        _: Context<()>,
        _: String,
    ) -> HandlerResult<types::Number, operations::GetNumber> {
        Err(io::Error::other(SERVER))?
    }

    async fn create_project(
        &self,
        _: Context<()>,
        body: NewProject,
    ) -> HandlerResult<types::CreatedProject, operations::CreateProject> {
        Err(Failure::internal(format!("{SERVER}: {body:?}")))
    }
}

struct Unserializable;

impl Serialize for Unserializable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom(SERVER))
    }
}

/// The leaky operations; one whose response cannot be serialised; and a foreign handler that says and does too much.
fn leaky() -> Router {
    let response =
        async |_: codegen::Call<_, _>| -> HandlerResult<_, operations::GetMessage> { Ok(Unserializable) };
    let unserializable: Routes<(), ErrorResponse> = Routes::new(());
    let foreign = ([("X-Cause", SERVER), ("Server", SERVER)], SERVER);
    let foreign = (axum::http::StatusCode::BAD_GATEWAY, foreign);
    let own = Router::new()
        .route("/own/says", axum::routing::get(foreign))
        .route(
            "/own/panics",
            axum::routing::get(async || -> String { panic!("{SERVER}") }),
        );
    let odd = unserializable.route(response).into_router();
    Router::new()
        .route("/v2/Messages/{sid}", axum::routing::any_service(odd))
        .merge(own)
        .fallback_service(fonedynamics_server::router(Leaky))
}

/// Requests that hold a secret in each of their parts, and fail in each of the ways.
fn requests() -> Vec<String> {
    let secret = format!("{CALLER}-value");
    let planted = format!("X-Secret: {secret}\r\nCookie: {secret}");
    let wrong = format!("Authorization: Basic {ENCODED}");
    let get = |target: &str, headers: &str| {
        format!("GET {target} HTTP/1.1\r\nHost: a\r\n{headers}\r\n{planted}\r\n\r\n")
    };
    let post = |body: &str| {
        let length = body.len();
        format!(
            "POST /v2/Properties?q={secret} HTTP/1.1\r\nHost: a\r\n{AUTHORIZED}\r\n{JSON}\r\n{planted}\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
    };
    let whole = format!(r#"{{"Name":"{secret}","MainDomain":"{secret}","TimeZone":"Etc/UTC"}}"#);
    vec![
        get(&format!("/v2/Calls/{secret}"), AUTHORIZED),
        get(&format!("/v2/Calls/{secret}?q={secret}"), &wrong),
        get(&format!("/v2/Calls/{secret}%zz"), AUTHORIZED),
        get(&format!("/{secret}"), &wrong),
        get("/v2/Numbers/61255501234", AUTHORIZED),
        get("/v2/Addresses/AD1", &wrong),
        get("/v2/Messages/MG1", AUTHORIZED),
        get("/own/says", AUTHORIZED),
        get("/own/panics", AUTHORIZED),
        get(
            &format!("/v2/Properties/PR1/Calls?Results_Count={secret}"),
            AUTHORIZED,
        ),
        get("/v2/Calls/CA1", &format!("{wrong}\r\nTwo words: {secret}")),
        get("/v2/Calls/CA1", &format!("{wrong}\r\nContent-Length: {secret}")),
        format!("{secret} {secret} {secret}\r\n\r\n"),
        post(&whole),
        post(&format!(r#"{{"Name":"{secret}"}}"#)),
        post(&format!(r#"{{"{secret}":"{secret}""#)),
        post(&whole.replace("Etc/UTC", &secret)),
        post(&whole).replacen("POST", &secret, 1),
        post(&whole).replacen(JSON, &format!("Content-Type: {secret}"), 1),
    ]
}

#[tokio::test]
async fn planted_secrets_are_in_no_response_and_those_of_callers_in_no_record() {
    let log = Log::keep();
    let served = Served::router(leaky()).await;
    let requests = requests();
    for request in &requests {
        let response = Probe::of(request).finish().text(served.address).await;
        assert!(response.starts_with("HTTP/1.1 "), "{request}{response}");
        for secret in [SERVER, CALLER, ENCODED] {
            assert!(!response.contains(secret), "{request}{response}");
        }
    }
    let responses = responses(&log);
    assert_eq!(responses.len(), requests.len(), "{responses:#?}");
    for line in &responses {
        assert!(!line.contains(SERVER) && !line.contains(ENCODED), "{line}");
        // The method that a caller makes up is recorded; nothing else of a request is.
        let mut fields = line.split(' ').filter(|field| field.contains(CALLER));
        assert!(fields.all(|field| field.starts_with("method=")), "{line}");
    }
    // The operator's log says why the server failed.
    assert!(log.text().contains(SERVER), "{}", log.text());
}

#[tokio::test]
async fn every_request_is_recorded_once() {
    let log = Log::keep();
    let served = Served::router(leaky()).await;
    let id = "X-Request-Id: order-7\r\nHost: a";
    for request in [
        format!("GET /v2/Calls/CA1?a=b HTTP/1.1\r\n{id}\r\n{AUTHORIZED}\r\n\r\n"),
        format!("GET /v2/Calls/CA1 HTTP/1.1\r\n{id}\r\n\r\n"),
        format!("PUT /v2/Nothing HTTP/1.1\r\n{id}\r\n\r\n"),
        format!("GET /own/says HTTP/1.1\r\n{id}\r\n\r\n"),
        format!("GET /v2/Calls/CA1 HTTP/9.9\r\n{id}\r\n\r\n"),
        "GET /v2/Calls".to_owned(),
    ] {
        Probe::of(&request).finish().text(served.address).await;
    }
    let lines: Vec<_> = responses(&log)
        .iter()
        .map(|line| without_what_varies(line))
        .collect();
    snapshot("server/records", &lines.join("\n"));
}

#[tokio::test]
async fn paths_are_recorded_on_demand_and_without_their_queries() {
    let log = Log::keep();
    let served = Served::server(fonedynamics_server::server(leaky()).log_paths()).await;
    for target in ["/v2/Calls/CA1?a=b", "/v2/Nothing", "/own/says?a=b"] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        Probe::of(&request).finish().text(served.address).await;
    }
    let paths: Vec<_> = responses(&log)
        .iter()
        .map(|line| {
            line.split(' ')
                .find(|field| field.starts_with("path="))
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        paths,
        [
            r#"path="/v2/Calls/CA1""#,
            r#"path="/v2/Nothing""#,
            r#"path="/own/says""#
        ]
    );
}

/// The access log so far: a line for each response.
fn responses(log: &Log) -> Vec<String> {
    let text = log.text();
    let lines = text.lines().filter(|line| line.contains(" duration_ms="));
    lines.map(str::to_owned).collect()
}

fn without_what_varies(line: &str) -> String {
    let fields = line.split(' ').map(|field| match field.split_once('=') {
        Some(("duration_ms", number)) if number.parse::<u64>().is_ok() => "duration_ms=(time)",
        Some(("request_id", id)) if id != "\"order-7\"" => "request_id=(ours)",
        _ => field,
    });
    fields.collect::<Vec<_>>().join(" ")
}
