//! Every fault, provoked by a request and seen first as bytes, then by the client.

use std::fmt::Write as _;

use std::future::pending;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use fonedynamics_client::types::{ErrorCode, ErrorResponse};
use fonedynamics_client::{Client, Error};
use fonedynamics_contract::{Envelope as _, Fault};
use fonedynamics_server::types::{self, NewMessage, NewMessageBatch, NumberConfiguration};
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, Routes, operations,
};
use fonedynamics_server_runtime::codegen;
use serde::{Serialize, Serializer, ser};

use crate::support::credentials::{AUTHORIZED, GUEST, UNAUTHORIZED, UNCHECKED, USER};
use crate::support::examples;
use crate::support::raw::{JSON, Request};
use crate::support::recorder::Recorder;
use crate::support::served::Served;
use crate::support::snapshot;

/// What no caller may ever read.
const INTERNALS: &str = "the disk of db-7 is full";

/// A server whose every response is a failure that no handler should let out.
struct Failing;

impl Api for Failing {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn get_call(&self, _: Context<()>, _: String) -> HandlerResult<types::Call, operations::GetCall> {
        panic!("{INTERNALS}");
    }

    async fn get_address(
        &self,
        _: Context<()>,
        _: String,
    ) -> HandlerResult<types::Address, operations::GetAddress> {
        Err(Failure::internal(INTERNALS))
    }

    async fn list_flows(
        &self,
        _: Context<()>,
        _: String,
        _: types::ListFlowsQuery,
    ) -> HandlerResult<types::FlowPage, operations::ListFlows> {
        pending().await
    }

    /// A code of the document that the operation does not list.
    async fn get_number(
        &self,
        _: Context<()>,
        _: String,
    ) -> HandlerResult<types::Number, operations::GetNumber> {
        Err(Failure::try_new(ErrorCode::AddressCannotBeDeleted)?.message(INTERNALS))
    }

    /// A code that the document does not have at all.
    async fn configure_number(
        &self,
        _: Context<()>,
        _: String,
        _: NumberConfiguration,
    ) -> HandlerResult<types::Number, operations::ConfigureNumber> {
        Err(Failure::try_new(ErrorCode::from("CODE_OF_TOMORROW"))?.message(INTERNALS))
    }
}

/// A response that cannot be serialised. No generated type is like that, so it takes the place of one.
struct Unserializable;

impl Serialize for Unserializable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom(INTERNALS))
    }
}

fn unserializable() -> Router {
    let routes: Routes<(), ErrorResponse> = Routes::new(());
    let handler =
        async |_: codegen::Call<_, _>| -> HandlerResult<_, operations::GetCall> { Ok(Unserializable) };
    routes.route(handler).into_router()
}

/// The response of a layer that is not ours, to any path.
fn foreign(status: StatusCode) -> Router {
    Router::new().fallback(async move || (status, INTERNALS))
}

/// The request that provokes a fault, and the server that it provokes.
fn provocation(fault: Fault) -> (Request<'static>, Router) {
    let good = || Recorder::default().router();
    let failing = || fonedynamics_server::router(Failing);
    let sent = |line, headers, body: &'static str| Request {
        line,
        headers,
        body: body.as_bytes(),
    };
    let request = |line, headers| sent(line, headers, "");
    const SHORT: Duration = Duration::from_millis(100);
    match fault {
        // A name of a header holds no space.
        Fault::Malformed => (request("GET /v2/Nothing", &["Two words: 1"]), good()),
        Fault::HeadTooLarge => (request("GET /v2/Nothing", &["One-Of-Many: 1"; 101]), good()),
        // A body is announced, and does not come.
        Fault::ReadTimeout => {
            let routes = fonedynamics_server::routes(Recorder::default()).read_timeout(SHORT);
            let headers = &[AUTHORIZED, JSON, "Content-Length: 15"];
            (request("POST /v2/Properties", headers), routes.into_router())
        }
        Fault::UnknownRoute => (request("GET /v2/Nothing", &[]), good()),
        Fault::WrongMethod => (request("PUT /v2/Addresses/AD1", &[AUTHORIZED]), good()),
        // Nothing else of this request is right either.
        Fault::Credentials => (
            request("POST /v2/Properties", &["Content-Type: text/plain"]),
            good(),
        ),
        Fault::Forbidden => (request("POST /v2/Properties", &[UNAUTHORIZED]), good()),
        Fault::MediaType => {
            let headers = &[AUTHORIZED, "Content-Type: text/plain"];
            (sent("POST /v2/Properties", headers, "{}"), good())
        }
        Fault::Syntax => {
            let headers = &[AUTHORIZED, JSON];
            (sent("POST /v2/Properties", headers, r#"{"Name": "Shop""#), good())
        }
        // One byte more than the limit is announced, and none is sent.
        Fault::TooLarge => {
            let router = fonedynamics_server::router(Recorder::default());
            (
                request(
                    "POST /v2/Properties",
                    &[AUTHORIZED, JSON, "Content-Length: 1048577"],
                ),
                router,
            )
        }
        Fault::Panic => (request("GET /v2/Calls/CA1", &[AUTHORIZED]), failing()),
        Fault::Serialization => (request("GET /v2/Calls/CA1", &[AUTHORIZED]), unserializable()),
        Fault::NotOffered => (request("GET /v2/Messages/MG1", &[AUTHORIZED]), failing()),
        Fault::HandlerTimeout => {
            let routes = fonedynamics_server::routes(Failing).handler_timeout(SHORT);
            let line = "GET /v2/Properties/PR1/Flows";
            (request(line, &[AUTHORIZED]), routes.into_router())
        }
        Fault::LayerBadRequest => (request("GET /gate", &[]), foreign(StatusCode::NOT_ACCEPTABLE)),
        Fault::LayerForbidden => (request("GET /gate", &[]), foreign(StatusCode::CONFLICT)),
        Fault::LayerRateLimited => (request("GET /gate", &[]), foreign(StatusCode::TOO_MANY_REQUESTS)),
        Fault::Unavailable => (request("GET /gate", &[]), foreign(StatusCode::BAD_GATEWAY)),
        Fault::Internal => (request("GET /v2/Addresses/AD1", &[AUTHORIZED]), failing()),
    }
}

#[tokio::test]
async fn every_fault_once() {
    let mut table = String::new();
    for fault in Fault::ALL {
        let (request, router) = provocation(fault);
        let served = Served::router(router).await;
        let response = request.send(served.address).await;

        let name = fault.name();
        let code = ErrorResponse::code_of_fault(fault);
        let envelope: ErrorResponse = serde_json::from_str(&response.body).unwrap();
        assert_eq!(envelope.code(), Some(&code), "{name}");
        assert_eq!(envelope.message(), Some(fault.message()), "{name}");
        assert_eq!(
            response.status.get(..3),
            Some(code.status().unwrap().to_string().as_str()),
            "{name}"
        );
        assert_eq!(
            response.header("content-type"),
            Some("application/json"),
            "{name}"
        );
        assert!(
            response.header("x-request-id").is_some_and(|id| !id.is_empty()),
            "{name}"
        );
        assert_eq!(
            response.header("www-authenticate").is_some(),
            response.status.starts_with("401"),
            "{name}"
        );
        assert_eq!(
            response.header("allow").is_some(),
            fault == Fault::WrongMethod,
            "{name}"
        );
        assert!(!format!("{response:?}").contains(INTERNALS), "{name}");
        writeln!(table, "{name}\n{request}{response}").unwrap();
    }
    snapshot("server/faults", table.trim_end());
}

#[tokio::test]
async fn request_identifier_of_the_caller_comes_back_on_failures() {
    let served = Served::router(Recorder::default().router()).await;
    let headers = &["X-Request-Id: order-7"];
    for line in ["GET /v2/Nothing", "PUT /v2/Properties", "GET /v2/Properties"] {
        let response = Request {
            line,
            headers,
            body: b"",
        }
        .send(served.address)
        .await;
        assert_eq!(response.header("x-request-id"), Some("order-7"), "{line}");
    }
}

/// That a call failed with exactly this, as far as the typed accessors say.
#[track_caller]
fn check<T>(outcome: Result<T, Error>, status: u16, code: &ErrorCode, message: &str) {
    let error = outcome.err().unwrap();
    assert!(matches!(error, Error::ErrorResponse(_)), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), status, "{error}");
    assert_eq!(error.code(), Some(code), "{error}");
    assert_eq!(error.message(), Some(message), "{error}");
    assert_eq!(error.fields(), Vec::<&str>::new(), "{error}");
    assert!(error.request_id().is_some(), "{error}");
    assert_eq!(
        error.headers().unwrap()["content-type"],
        "application/json",
        "{error}"
    );
    let shown = format!(
        "{error} {error:?} {}",
        String::from_utf8_lossy(error.body().unwrap())
    );
    assert!(!shown.contains(INTERNALS), "{shown}");
}

#[tokio::test]
async fn client_learns_that_its_credentials_are_wrong() {
    let served = Served::router(Recorder::default().router()).await;
    for client in [served.client("nobody"), served.client_as(USER, "Secret")] {
        let outcome = client.get_call("CA1").await;
        let challenge = outcome.as_ref().err().unwrap().headers().unwrap()["www-authenticate"].clone();
        assert_eq!(challenge, "Basic realm=\"Fone Dynamics REST API\"");
        check(
            outcome,
            401,
            &ErrorCode::Unauthorized,
            "Credentials are missing or wrong.",
        );
    }
}

#[tokio::test]
async fn client_learns_that_it_is_not_permitted() {
    let served = Served::router(Recorder::default().router()).await;
    let outcome = served.client(GUEST).get_call("CA1").await;
    check(
        outcome,
        403,
        &ErrorCode::Forbidden,
        "The credentials do not permit this operation.",
    );
}

#[tokio::test]
async fn client_learns_nothing_of_why_the_server_failed() {
    let good = Served::router(Recorder::default().router()).await;
    let failing = Served::router(fonedynamics_server::router(Failing)).await;
    let unserializable = Served::router(unserializable()).await;
    let client: Client = failing.client(USER);
    let check = |outcome: Result<(), Error>| {
        check(
            outcome,
            500,
            &ErrorCode::InternalServerError,
            "The server could not process the request.",
        );
    };
    check(client.get_call("CA1").await.map(drop));
    check(client.get_address("AD1").await.map(drop));
    check(client.get_number("+61255501234").await.map(drop));
    check(
        client
            .configure_number("+61255501234", &NumberConfiguration::default())
            .await
            .map(drop),
    );
    check(client.get_message("MG1").await.map(drop));
    check(unserializable.client(USER).get_call("CA1").await.map(drop));
    check(good.client(UNCHECKED).get_call("CA1").await.map(drop));
}

#[tokio::test]
async fn server_goes_on_after_a_panic() {
    let served = Served::router(fonedynamics_server::router(Failing)).await;
    let client = served.client(USER);
    for _ in 0..3 {
        assert_eq!(client.get_call("CA1").await.unwrap_err().status().unwrap(), 500);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_reaches_a_client_that_is_still_sending() {
    let served = Served::router(fonedynamics_server::router(Recorder::default())).await;
    let message: NewMessage = examples::typed_request("NewMessage", "leasedSender");
    let batch = NewMessageBatch::new(vec![message; 100_000]);
    for _ in 0..5 {
        let outcome = served.client(USER).send_message_batch("PR1", &batch).await;
        check(
            outcome,
            400,
            &ErrorCode::ParameterInvalid,
            "The body is larger than the server accepts.",
        );
        let outcome = served.client("nobody").send_message_batch("PR1", &batch).await;
        check(
            outcome,
            401,
            &ErrorCode::Unauthorized,
            "Credentials are missing or wrong.",
        );
    }
}
