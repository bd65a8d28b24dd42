//! A router of hand-written operations in the generated style, driven in-process: every fault, every
//! violation, and the exact bytes of what a caller gets.
//!
//! Holds the vocabulary of these tests; the tests themselves are in the modules below.

pub(crate) mod contract;
mod faults;
mod headers;
pub(crate) mod operations;
mod parameters;
mod records;
mod violations;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use operations::Server;

/// `Authorization` for `user:open sesame`.
const AUTHORIZATION: &str = "Basic dXNlcjpvcGVuIHNlc2FtZQ==";
/// `Authorization` for `user:wrong`.
const WRONG: &str = "Basic dXNlcjp3cm9uZw==";
/// `Authorization` for `guest:open sesame`, who may do nothing.
const GUEST: &str = "Basic Z3Vlc3Q6b3BlbiBzZXNhbWU=";
/// `Authorization` for `broken:open sesame`, whose check fails.
const BROKEN: &str = "Basic YnJva2VuOm9wZW4gc2VzYW1l";

pub(crate) const BOOKS: &str = "/shelves/S1/books";
const BOOK: &str = "/books/6131234567";

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct FullResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl FullResponse {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) fn router() -> Router {
    operations::routes(Server).body_limit(1000).into_router()
}

/// A request with credentials and, if there is a body, its type.
pub(crate) fn request(method: &str, path: &str, body: &str) -> Request<Body> {
    let mut request = bare(method, path, body.to_owned());
    request
        .headers_mut()
        .insert("Authorization", AUTHORIZATION.parse().unwrap());
    if !body.is_empty() {
        request
            .headers_mut()
            .insert("Content-Type", "application/json".parse().unwrap());
    }
    request
}

/// A request without any header.
pub(crate) fn bare(method: &str, path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .body(body.into())
        .unwrap()
}

pub(crate) fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

async fn send(request: Request<Body>) -> FullResponse {
    send_to(router(), request).await
}

pub(crate) async fn send_to(router: Router, request: Request<Body>) -> FullResponse {
    whole(router.oneshot(request).await.unwrap()).await
}

pub(crate) async fn whole(response: Response) -> FullResponse {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    FullResponse {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// What the envelope with these parts is on the wire.
fn envelope(code: &str, message: &str, fields: &[&str]) -> String {
    let mut text = format!(r#"{{"ResponseStatus":{{"ErrorCode":"{code}","Message":"{message}""#);
    if !fields.is_empty() {
        let entries: Vec<_> = fields
            .iter()
            .map(|name| format!(r#"{{"FieldName":"{name}"}}"#))
            .collect();
        text.push_str(&format!(r#","Errors":[{}]"#, entries.join(",")));
    }
    text.push_str("}}");
    text
}

/// That a request fails with these bytes, and with what every failing response has.
#[track_caller]
pub(crate) fn check(response: &FullResponse, status: u16, code: &str, message: &str, fields: &[&str]) {
    assert_eq!(response.body, envelope(code, message, fields));
    assert_eq!(response.status.as_u16(), status);
    assert_eq!(response.header("Content-Type"), "application/json");
    assert!(!response.header("X-Request-Id").is_empty());
    let challenge = if status == 401 { r#"Basic realm="api""# } else { "" };
    assert_eq!(response.header("WWW-Authenticate"), challenge);
}
