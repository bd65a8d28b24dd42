//! A server of this API as one writes it by hand with axum: the extractors of the framework, an error type of its own,
//! and no validation. Records what it was asked.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, patch};
use axum::{Json, extract};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Methods and targets of the requests that came.
type Seen = Arc<Mutex<Vec<(String, String)>>>;

pub(super) struct Stock {
    pub(super) url: String,
    seen: Seen,
}

impl Stock {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Seen::default();
        let router = router().layer(middleware::from_fn_with_state(seen.clone(), record));
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { url, seen }
    }

    pub(super) fn methods(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(method, _)| method.clone()).collect()
    }

    pub(super) fn paths(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(_, path)| path.clone()).collect()
    }
}

async fn record(State(seen): State<Seen>, request: Request, next: Next) -> Response {
    let asked = (request.method().to_string(), request.uri().to_string());
    seen.lock().unwrap().push(asked);
    next.run(request).await
}

/// The author's own error: in the envelope, as it should be.
async fn authorize(request: extract::Request, next: Next) -> Response {
    if request.headers().contains_key("authorization") {
        return next.run(request).await;
    }
    let status = json!({ "ErrorCode": "UNAUTHORIZED", "Message": "Credentials are missing." });
    let challenge = [("WWW-Authenticate", "Basic realm=\"stock\"")];
    (
        StatusCode::UNAUTHORIZED,
        challenge,
        Json(json!({ "ResponseStatus": status })),
    )
        .into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only read from requests")]
struct Message {
    from: Option<String>,
    to: String,
    text: String,
    schedule: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only read from requests")]
struct Batch {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only read from requests")]
struct Project {
    name: Option<String>,
    sms_enabled: Option<bool>,
    active: Option<bool>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only read from requests")]
struct Period {
    #[serde(rename = "Date_From")]
    from: i64,
    #[serde(rename = "Date_To")]
    to: i64,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only read from requests")]
struct Page {
    #[serde(rename = "Results_Count")]
    count: Option<u64>,
}

async fn item(Path(_): Path<String>) -> Json<Value> {
    Json(json!({}))
}

async fn number(Path(_): Path<u64>) -> Json<Value> {
    Json(json!({}))
}

async fn list(Query(_): Query<Page>) -> Json<Value> {
    Json(json!([]))
}

async fn messages(Query(_): Query<Period>) -> Json<Value> {
    Json(json!([]))
}

async fn take<T>(Json(_): Json<T>) -> Json<Value> {
    Json(json!({}))
}

/// A merge patch is read from any bytes, because the framework's extractor takes no other media type than its own.
async fn change(bytes: String) -> Result<StatusCode, StatusCode> {
    let read = serde_json::from_str::<Value>(&bytes);
    read.map(|_| StatusCode::NO_CONTENT)
        .map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)
}

fn router() -> Router {
    Router::new()
        .route("/v2/Calls/{sid}", get(item))
        .route("/v2/Numbers/{number}", get(number).post(take::<Value>))
        .route("/v2/Accounts/{sid}/Addresses", get(list).post(take::<Value>))
        .route("/v2/Properties", get(list).post(take::<Project>))
        .route("/v2/Properties/{sid}", patch(change).get(item))
        .route("/v2/Properties/{sid}/Calls", get(list))
        .route("/v2/Properties/{sid}/Numbers", get(list).post(take::<Value>))
        .route(
            "/v2/Properties/{sid}/Messages",
            get(messages).post(take::<Message>),
        )
        .route(
            "/v2/Properties/{sid}/BatchMessages",
            axum::routing::post(take::<Batch>),
        )
        .route("/v2/OnlineLogins/{sid}", patch(change).get(item))
        .layer(middleware::from_fn(authorize))
}
