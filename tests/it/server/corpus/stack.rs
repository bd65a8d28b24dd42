//! The server of the corpus, assembled from its public parts, and the same with one part left out.

use std::future::pending;
use std::panic::resume_unwind;
use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use fonedynamics_server::types::{self, ErrorResponse};
use fonedynamics_server::{
    Api, Context, Credentials, Exempt, Failure, HandlerResult, Operation, Refusal, Routes, Server, boundary,
    operations, routes, server,
};

use crate::support::examples;
use crate::support::served::Served;

/// The limits on the time of bodies and handlers.
const SHORT: Duration = Duration::from_millis(300);
/// The limit on the time of heads, and of the first byte, which a probe that waits for its turn must not meet.
const HEAD_TIME: Duration = Duration::from_millis(1500);
/// The limit on silence, which a probe that waits for its turn must not meet.
const IDLE: Duration = Duration::from_secs(2);
/// The limit on bodies, in bytes.
const BODY: usize = 4096;
/// The limit on heads, in bytes.
const HEAD: usize = 16 * 1024;

/// Does what the identifier of a call says.
struct Tried;

impl Api for Tried {
    type Caller = ();

    async fn authenticate(&self, caller: Credentials, _: &'static Operation) -> Result<(), Refusal> {
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
        match call_sid.as_str() {
            "SLOW" => pending().await,
            "PANIC" => panic(),
            "FAIL" => Err(Failure::internal("a call fails")),
            _ => Ok(serde_json::from_str(examples::response("Call"))?),
        }
    }

    async fn create_project(
        &self,
        _: Context<()>,
        _: types::NewProject,
    ) -> HandlerResult<types::CreatedProject, operations::CreateProject> {
        Ok(serde_json::from_str(examples::response("CreatedProject"))?)
    }

    async fn send_message(
        &self,
        _: Context<()>,
        _: String,
        body: types::NewMessage,
    ) -> HandlerResult<types::MessageDetails, operations::SendMessage> {
        let _ = body;
        Ok(serde_json::from_str(examples::response("MessageDetails"))?)
    }
}

fn tried() -> Routes<Tried, ErrorResponse> {
    routes(Tried)
        .body_limit(BODY)
        .read_timeout(SHORT)
        .handler_timeout(SHORT)
}

/// Routes that are not of the document, and respond as such routes do.
fn own() -> Router {
    let limited = (StatusCode::TOO_MANY_REQUESTS, [("Retry-After", "7")], "slow down");
    let gateway = (StatusCode::BAD_GATEWAY, "<html>upstream</html>");
    let coding = (StatusCode::UNSUPPORTED_MEDIA_TYPE, [("Accept-Encoding", "gzip")]);
    let health = (
        StatusCode::SERVICE_UNAVAILABLE,
        Extension(Exempt),
        "the queue is full",
    );
    Router::new()
        .route("/own/limited", get(limited))
        .route("/own/gateway", get(gateway))
        .route("/own/gone", get(StatusCode::NOT_FOUND))
        .route("/own/late", get(StatusCode::REQUEST_TIMEOUT))
        .route("/own/teapot", get(StatusCode::IM_A_TEAPOT))
        .route("/own/coding", get(coding))
        .route("/own/foreign", get(StatusCode::UNAUTHORIZED))
        .route("/own/interim", get(StatusCode::EARLY_HINTS))
        .route("/own/panics", get(async || -> &'static str { panic() }))
        .route("/own/only-post", post("posted"))
        .route("/own/health", get(health))
}

/// What an implementer assembles: operations, own routes, and a layer that may panic.
fn assembled(tried: Routes<Tried, ErrorResponse>) -> Router {
    tried.into_router().merge(own()).layer(from_fn(panic_on_demand))
}

async fn panic_on_demand(request: Request, next: Next) -> Response {
    if request.headers().contains_key("X-Panic") {
        panic();
    }
    next.run(request).await
}

/// Panics without a report of it: so many of them would be slow to print, and the probes are timed.
fn panic() -> ! {
    resume_unwind(Box::new("on demand"))
}

fn limited(server: Server) -> Server {
    server
        .header_limit(HEAD)
        .head_timeout(HEAD_TIME)
        .idle_timeout(IDLE)
}

/// The server with all its parts.
pub(super) fn whole() -> Server {
    limited(server(assembled(tried())))
}

/// Servers that lack one part each, by its name.
pub(super) async fn with_one_layer_left_out() -> Vec<(&'static str, Served)> {
    let never = Duration::MAX;
    let unguarded = assembled(tried()).layer(boundary());
    let unguarded = Served::with(|listener| async { axum::serve(listener, unguarded).await }).await;
    let outside = tried()
        .into_router()
        .merge(own())
        .layer(boundary())
        .layer(from_fn(panic_on_demand));
    vec![
        ("the wire guard", unguarded),
        (
            "the boundary",
            Served::server(limited(Server::new(assembled(tried())))).await,
        ),
        (
            "the boundary around a layer that panics",
            Served::server(limited(Server::new(outside))).await,
        ),
        (
            "the limit on the time of handlers",
            Served::server(limited(server(assembled(tried().handler_timeout(never))))).await,
        ),
        (
            "the limit on the time of bodies",
            Served::server(limited(server(assembled(tried().read_timeout(never))))).await,
        ),
        (
            "the limit on the time of heads",
            Served::server(whole().head_timeout(never)).await,
        ),
        (
            "the limit on the size of heads",
            Served::server(whole().header_limit(usize::MAX)).await,
        ),
        (
            "the limit on the size of bodies",
            Served::server(limited(server(assembled(tried().body_limit(usize::MAX))))).await,
        ),
    ]
}
