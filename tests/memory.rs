//! How much memory a server needs for the body of a request, whatever is in it: at most eight times its size, and at
//! most sixteen times where the body is right and becomes a type of many short items.
//!
//! In a process of its own, with one test, because it counts everything that is allocated there.

use axum::body::Body;
use axum::http::Request;
use fonedynamics_server::types;
use fonedynamics_server::{
    Api, Context, Credentials, Failure, HandlerResult, Operation, Refusal, operations,
};
use peak_alloc::PeakAlloc;
use tower::ServiceExt as _;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// The size of a body: the largest that is accepted, in bytes.
const SIZE: usize = 1024 * 1024;

struct Server;

impl Api for Server {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn configure_number(
        &self,
        _: Context<()>,
        _: String,
        _: types::NumberConfiguration,
    ) -> HandlerResult<types::Number, operations::ConfigureNumber> {
        Err(Failure::internal("a handler has the body"))
    }
}

struct Archive;

impl archive_server::Api for Archive {
    type Caller = ();

    async fn authenticate(
        &self,
        _: archive_server::BasicOrBearer,
        _: &'static archive_server::Operation,
    ) -> Result<(), archive_server::Refusal> {
        Ok(())
    }
}

/// A body of items that all differ.
fn numbered(begin: &str, item: fn(usize) -> String, end: &str) -> String {
    let items: Vec<_> = (0..SIZE / 12).map(item).collect();
    format!("{begin}{}{end}", items.join(","))
}

/// A body that begins and ends like that, and is filled with the same over and over.
fn filled(begin: &str, item: &str, end: &str) -> String {
    let room = SIZE - begin.len() - end.len() - 1;
    let items = item.repeat(room / item.len());
    format!("{begin}{}{end}", items.trim_end_matches(','))
}

#[tokio::test]
async fn body_needs_little_memory() {
    let router = fonedynamics_server::router(Server);
    let archive = archive_server::router(Archive);
    let deep = format!("{}{},", "[".repeat(120), "]".repeat(120));
    let objects = format!("{}0{},", r#"{"":"#.repeat(120), "}".repeat(120));
    let items = [
        r#"{"":0,"":0},"#,
        "{},",
        "[],",
        "0,",
        "-0,",
        "1.5,",
        "1e9,",
        "99999999999,",
        "18446744073709551615,",
        "null,",
        "true,",
        r#""","#,
        r#""a","#,
        r#""\n","#,
        r#""abcdefgh","#,
        &deep,
        &objects,
    ];
    let mut bodies: Vec<_> = items.iter().map(|item| filled(r#"{"X":["#, item, "]}")).collect();
    bodies.push(filled("{", r#""":0,"#, "}"));
    bodies.push(filled("{", r#""Flow":0,"#, "}"));
    bodies.push(filled(r#"{"Flow":""#, "a", r#""}"#));
    bodies.push(filled(r#"{"Flow":""#, r"\n", r#""}"#));
    bodies.push(numbered("{", |number| format!(r#""{number:x}":0"#), "}"));
    let wrong = filled(r#"{"Messages":["#, "{},", "]}");
    let right = filled(r#"{"Messages":["#, r#"{"To":"+61400000000","Text":"x"},"#, "]}");
    let tags = numbered(r#"{"Tags":["#, |number| format!(r#""{number:x}""#), "]}");
    let batch = "/v2/Properties/PR1/BatchMessages";
    let sent = bodies
        .iter()
        .map(|body| (&router, "/v2/Numbers/61255501234", body, 8));
    let others = [
        (&router, batch, &wrong, 8),
        // What arrives in the handler takes most of it.
        (&router, batch, &right, 16),
        // No two items may be equal.
        (&archive, "/shelves/1/books", &tags, 8),
    ];
    for (router, path, body, most) in sent.chain(others) {
        let request = Request::post(path)
            .header("Authorization", "Basic QUM6cw==")
            .header("Content-Type", "application/json")
            .body(Body::from(body.clone()))
            .unwrap();
        let before = ALLOCATED.current_usage();
        ALLOCATED.reset_peak_usage();
        let status = router.clone().oneshot(request).await.unwrap().status();
        let used = ALLOCATED.peak_usage() - before;
        let name = &body[..body.len().min(40)];
        println!("{:5.1} {status} {name}", used as f64 / body.len() as f64);
        assert!(
            used <= most * body.len(),
            "{name}: {:.1} times its size",
            used as f64 / body.len() as f64
        );
    }
}
