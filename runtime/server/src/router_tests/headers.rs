//! Request IDs, the realm, and routers that are beside or inside others.

use axum::Router;
use axum::routing::get;

use super::operations::{self, Server};
use super::{BOOK, BOOKS, bare, check, request, router, send, send_to, with};

const UNKNOWN_ROUTE: &str = "There is no operation at this path.";

#[tokio::test]
async fn request_id_of_the_caller_comes_back_on_every_response() {
    let requests = [
        request("POST", BOOKS, r#"{"Title":"Ulysses"}"#),
        request("POST", BOOKS, "{}"),
        request("POST", "/shelves/panics/books", r#"{"Title":"Ulysses"}"#),
        bare("POST", BOOKS, ""),
        bare("GET", BOOKS, ""),
        bare("GET", "/", ""),
    ];
    for request in requests {
        let response = send(with(request, "X-Request-Id", "abc-1")).await;
        assert_eq!(response.header("X-Request-Id"), "abc-1");
    }
}

#[tokio::test]
async fn request_id_that_is_not_fit_is_replaced() {
    let response = send(with(bare("GET", "/", ""), "X-Request-Id", "a b")).await;
    assert_eq!(response.header("X-Request-Id").len(), 32);
}

#[tokio::test]
async fn head_is_handled_like_get_without_a_body() {
    let response = send(request("HEAD", &format!("{BOOK}?Since=1"), "")).await;
    assert_eq!((response.status.as_u16(), response.body.as_str()), (200, ""));
    let response = send(bare("HEAD", BOOK, "")).await;
    assert_eq!((response.status.as_u16(), response.body.as_str()), (401, ""));
    assert_eq!(response.header("WWW-Authenticate"), r#"Basic realm="api""#);
}

#[tokio::test]
async fn failure_that_is_internal_keeps_its_wait() {
    let response = send(request("POST", "/shelves/waits/books", r#"{"Title":"Ulysses"}"#)).await;
    assert_eq!(
        (response.status.as_u16(), response.header("Retry-After")),
        (500, "2")
    );
}

#[tokio::test]
async fn headers_of_the_handler_are_beside_those_of_the_response() {
    for (shelf, status) in [
        ("is%20cached", "200 max-age=60"),
        ("is%20no%20more%20cached", "400 no-store"),
    ] {
        let path = format!("/shelves/{shelf}/books");
        let response = send(request("POST", &path, r#"{"Title":"Ulysses"}"#)).await;
        assert_eq!(
            format!(
                "{} {}",
                response.status.as_u16(),
                response.header("Cache-Control")
            ),
            status
        );
        assert_eq!(response.header("Content-Type"), "application/json");
        for name in ["Content-Encoding", "Date", "Upgrade", "ETag"] {
            assert_eq!(response.header(name), "", "{name}");
        }
        assert_ne!(response.header("X-Request-Id"), "forged");
    }
}

#[tokio::test]
async fn realm_is_quoted_and_kept_fit_for_a_header() {
    let router = operations::routes(Server).realm("a \"b\" \\ ü\n").into_router();
    let response = send_to(router, bare("POST", BOOKS, "")).await;
    assert_eq!(
        response.header("WWW-Authenticate"),
        r#"Basic realm="a \"b\" \\ ??""#
    );
}

#[tokio::test]
async fn merged_router_keeps_its_fallback() {
    let merged = Router::new()
        .route("/health", get(|| async { "well" }))
        .merge(router());
    assert_eq!(
        send_to(merged.clone(), bare("GET", "/health", "")).await.body,
        "well"
    );
    check(
        &send_to(merged, bare("GET", "/x", "")).await,
        400,
        "VALUE_INVALID",
        UNKNOWN_ROUTE,
        &[],
    );
}

#[tokio::test]
async fn nested_router_reads_its_paths_and_keeps_its_fallback() {
    let nested = Router::new().nest("/some/{place}", router());
    let found = request("GET", &format!("/some/where{BOOK}?Since=1"), "");
    assert_eq!(
        send_to(nested.clone(), found).await.body,
        r#""+6131234567 None 1 None None""#
    );
    let response = send_to(nested.clone(), bare("GET", "/some/where/x", "")).await;
    check(&response, 400, "VALUE_INVALID", UNKNOWN_ROUTE, &[]);
    assert_eq!(send_to(nested, bare("GET", "/x", "")).await.status, 404);
}
