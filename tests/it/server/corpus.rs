//! Requests that no well-behaved client sends, as bytes on a socket: every one gets a response, and it is exactly
//! the envelope.
//!
//! The table of responses is a snapshot. A second one says which probes leave the envelope when one layer of
//! the server is left out, so that nobody has to believe that each layer is needed.

mod framing;
mod stack;
mod strict;
mod timing;
mod values;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;

use tokio::task::JoinSet;

use self::strict::Failed;
use crate::support::credentials::AUTHORIZED;
use crate::support::probe::{self, Probe, Step};
use crate::support::served::Served;
use crate::support::snapshot;

/// The kinds of probes, in the order of the table.
const CLASSES: [&str; 11] = [
    "request line",
    "headers",
    "framing",
    "uri",
    "media type",
    "json",
    "encoding",
    "size",
    "timing",
    "method",
    "layers",
];

fn probes() -> Vec<Probe> {
    [framing::probes(), values::probes(), timing::probes()]
        .into_iter()
        .flatten()
        .collect()
}

/// The response to each probe, or what is wrong with it. All at once: most of the time is waiting.
async fn responses(address: SocketAddr) -> BTreeMap<(usize, String), Result<Failed, String>> {
    let mut tasks = JoinSet::new();
    for probe in probes() {
        let class = CLASSES.iter().position(|class| *class == probe.class).unwrap();
        tasks.spawn(async move {
            let response = probe.send(address).await;
            let read = response.and_then(|bytes| strict::read(&bytes));
            ((class, probe.name), read)
        });
    }
    tasks.join_all().await.into_iter().collect()
}

#[test]
fn every_class_has_probes_of_its_own() {
    let probes = probes();
    for class in CLASSES {
        let names: Vec<_> = probes.iter().filter(|probe| probe.class == class).collect();
        assert!(names.len() >= 5, "{class}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_probe_gets_the_envelope() {
    let served = Served::server(stack::whole()).await;
    let responses = responses(served.address).await;
    assert_eq!(responses.len(), probes().len(), "two probes share a name");
    let mut table = String::new();
    let mut last = CLASSES.len();
    for ((class, name), response) in responses {
        if class != last {
            writeln!(table, "\n{}", CLASSES[class]).unwrap();
            last = class;
        }
        let response = response.unwrap_or_else(|why| panic!("{}: {name}: {why}", CLASSES[class]));
        writeln!(table, "  {name:<48} {response}").unwrap();
    }
    snapshot("server/corpus", table.trim());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_any_one_layer_probes_leave_the_envelope() {
    let mut tasks = JoinSet::new();
    for (place, (layer, served)) in stack::with_one_layer_left_out().await.into_iter().enumerate() {
        tasks.spawn(async move {
            let responses = responses(served.address).await;
            drop(served);
            ((place, layer), responses)
        });
    }
    let servers: BTreeMap<_, _> = tasks.join_all().await.into_iter().collect();
    let mut table = String::new();
    for ((_, layer), responses) in servers {
        writeln!(table, "without {layer}").unwrap();
        let red: Vec<_> = responses
            .iter()
            .filter(|(_, response)| response.is_err())
            .collect();
        assert!(!red.is_empty(), "{layer} is not needed");
        for ((class, name), _) in red {
            writeln!(table, "  {}: {name}", CLASSES[*class]).unwrap();
        }
    }
    snapshot("server/corpus-left-out", table.trim_end());
}

#[tokio::test]
async fn requests_that_only_look_wrong_are_accepted() {
    let served = Served::server(stack::whole()).await;
    for (name, request) in [
        (
            "HTTP/1.0 without a host",
            "GET /v2/Calls/CA1 HTTP/1.0\r\n".to_owned(),
        ),
        (
            "empty lines before",
            "\r\n\r\nGET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".to_owned(),
        ),
        (
            "lines that end without a return",
            "GET /v2/Calls/CA1 HTTP/1.1\nHost: a\nConnection: close\n".to_owned(),
        ),
        (
            "a whole URL",
            "GET http://b/v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".to_owned(),
        ),
        (
            "an accepted type that is not JSON",
            "GET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n".to_owned(),
        ),
        (
            "another protocol on offer",
            "GET /v2/Calls/CA1 HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: upgrade, close\r\n"
                .to_owned(),
        ),
    ] {
        let request = format!("{request}{AUTHORIZED}\r\n\r\n");
        let response = Probe::of(&request).finish().text(served.address).await;
        assert_eq!(response.get(8..15), Some(" 200 OK"), "{name}: {response}");
    }
    let markup = r#"{"To":"+61400000000","Text":"<b>bold</b> & \"plain\""}"#;
    let message = probe::post(
        "/v2/Properties/PR1/Messages",
        "Content-Type: application/json\r\n",
        markup,
    );
    let response = Probe::of(&message).text(served.address).await;
    assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
}

#[tokio::test]
async fn health_check_keeps_its_own_response() {
    let served = Served::server(stack::whole()).await;
    let request = probe::get("/own/health", "");
    let response = Probe::of(&request).text(served.address).await;
    assert!(response.starts_with("HTTP/1.1 503 "), "{response}");
    assert!(response.ends_with("\r\n\r\nthe queue is full"), "{response}");
}

#[tokio::test]
async fn length_that_no_number_can_hold_is_that_of_a_body_and_not_of_a_head() {
    let served = Served::server(stack::whole()).await;
    for length in [
        "18446744073709551614",
        "18446744073709551615",
        "99999999999999999999999",
    ] {
        let head = probe::open_post("/v2/Properties", &format!("Content-Length: {length}\r\n\r\n"));
        let response = Probe::of(&head).text(served.address).await;
        assert!(response.contains("The body is larger"), "{length}: {response}");
    }
}

/// The responses to HEAD and to GET, but for what differs from run to run.
#[tokio::test]
async fn head_fails_with_the_headers_of_get_and_no_body() {
    let served = Served::server(stack::whole()).await;
    for (name, target, header) in [
        ("route", "/v2/Nothing", ""),
        ("credentials", "/v2/Calls/CA1", ""),
        ("own route", "/own/limited", ""),
        ("header", "/v2/Calls/CA1", "Two words: 1\r\n"),
    ] {
        let mut heads = Vec::new();
        for method in ["GET", "HEAD"] {
            let request = format!(
                "{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{header}X-Request-Id: a\r\n\r\n"
            );
            let response = Probe::of(&request).text(served.address).await;
            let (head, body) = response.split_once("\r\n\r\n").unwrap();
            assert_eq!(body.is_empty(), method == "HEAD", "{name}");
            let mut lines: Vec<_> = head
                .lines()
                .filter(|line| !line.starts_with("date"))
                .map(str::to_owned)
                .collect();
            lines.sort_unstable();
            heads.push(lines);
        }
        assert_eq!(heads[0], heads[1], "{name}");
    }
}

#[tokio::test]
async fn identifier_of_the_caller_comes_back_though_its_request_cannot_be_read() {
    let served = Served::server(stack::whole()).await;
    for rest in [
        "Two words: 1\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "",
        "Host: b\r\nHost: c\r\n\r\n",
    ] {
        let request = format!("GET / HTTP/1.1\r\nX-Request-Id: order-7\r\n{rest}");
        let response = Probe::new("", rest)
            .send_text(&request)
            .step(Step::Finish)
            .send(served.address)
            .await;
        let response = strict::read(&response.unwrap()).unwrap();
        assert_eq!(response.request_id, "order-7", "{rest:?}");
    }
}
