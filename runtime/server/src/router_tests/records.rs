//! What the log gets: causes go there, and nowhere else.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span;
use tracing::{Event, Metadata, Subscriber};

use super::operations::{self, Empty, Server};
use super::{BOOKS, BROKEN, bare, request, send_to, with};

const RIGHT: &str = r#"{"Title":"Ulysses"}"#;

/// Keeps each event of this crate as a line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(env!("CARGO_CRATE_NAME"))
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut log = self.0.lock().unwrap();
        write!(log, "{}", event.metadata().level()).unwrap();
        event.record(&mut Line(&mut log));
        log.push('\n');
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// What is logged while a request is handled.
async fn logged(router: axum::Router, request: axum::http::Request<axum::body::Body>) -> String {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let response = send_to(router, with(request, "X-Request-Id", "abc-1")).await;
    drop(guard);
    assert!(!format!("{response:?}").contains("hunter2"), "{response:?}");
    log.0.lock().unwrap().clone()
}

#[tokio::test]
async fn causes_of_server_faults_are_logged_and_not_sent() {
    let cases = [
        ("panics", "panic", "hunter2"),
        ("fails", "internal", "hunter2 is what the database said"),
        ("unserializable", "serialization", "key must be a string"),
        (
            "undeclared",
            "internal",
            r#"the document does not list \"MALFORMED_ISBN\" for addBook"#,
        ),
    ];
    for (shelf, fault, cause) in cases {
        let path = format!("/shelves/{shelf}/books");
        let text = logged(
            operations::routes(Server).into_router(),
            request("POST", &path, RIGHT),
        )
        .await;
        assert_eq!(
            text,
            format!(
                "ERROR message=a request failed fault=\"{fault}\" operation=\"addBook\" \
                 request_id=\"abc-1\" cause=\"{cause}\"\n"
            )
        );
    }
    let broken = with(request("POST", BOOKS, RIGHT), "Authorization", BROKEN);
    let text = logged(operations::routes(Server).into_router(), broken).await;
    assert!(
        text.contains("fault=\"internal\"") && text.contains("hunter2"),
        "{text}"
    );
}

#[tokio::test]
async fn operation_that_is_not_offered_is_a_warning() {
    let text = logged(
        operations::routes(Empty).into_router(),
        request("POST", BOOKS, RIGHT),
    )
    .await;
    assert!(
        text.starts_with("WARN ") && text.contains("operation=\"addBook\""),
        "{text}"
    );
}

#[tokio::test]
async fn faults_of_callers_are_not_logged() {
    for request in [
        bare("GET", "/", ""),
        bare("POST", BOOKS, "hunter2"),
        request("POST", BOOKS, "hunter2"),
    ] {
        assert_eq!(
            logged(operations::routes(Server).into_router(), request).await,
            ""
        );
    }
}
