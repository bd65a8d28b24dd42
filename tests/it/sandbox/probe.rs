//! The probe, against the sandbox, against servers that are as good as their framework, and against some that are no
//! servers of this API at all.

mod stock;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use fonedynamics_sandbox::Sandbox;
use fonedynamics_sandbox::probe::{Arguments, Error, Report, Verdict, probe};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::support::{read, snapshot};
use stock::Stock;

/// In a hurry: nothing here runs for others.
fn arguments(url: &str) -> Arguments {
    let mut arguments = Arguments::new(url);
    arguments.rate = 1000;
    arguments
}

/// The table, with a name for the address.
fn table(report: &Report, url: &str) -> String {
    report.to_string().replace(&format!("{url}/"), "(the server)")
}

#[tokio::test]
async fn sandbox_gives_the_documented_response_to_every_wrong_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut arguments = arguments(sandbox.base_url());
    arguments.write = true;
    let report = probe(&arguments).await.unwrap();
    let table = table(&report, sandbox.base_url());
    assert!(!report.has_findings(), "{table}");
    assert_eq!(report.exit_code(), 0);
    assert!(table.lines().all(|line| line.chars().count() <= 80));
    snapshot("sandbox/probe-of-the-sandbox", table.trim_end());
}

#[tokio::test]
async fn every_hole_of_a_stock_server_is_shown() {
    let stock = Stock::start().await;
    let mut arguments = arguments(&stock.url);
    arguments.write = true;
    let report = probe(&arguments).await.unwrap();
    assert_eq!(report.exit_code(), 3);
    let table = table(&report, &stock.url);
    assert!(table.lines().all(|line| line.chars().count() <= 80));
    // The constraints of each operation would be many lines of the same.
    let (situations, _) = table.split_once("\n\n").unwrap();
    snapshot("sandbox/probe-of-a-stock-server", situations);
    let page = read("tests/sandbox/README.md");
    let (_, shown) = page
        .split_once("-- probe http://127.0.0.1:3000 --write\n")
        .unwrap();
    let (shown, _) = shown.split_once("...\n").unwrap();
    assert!(
        shown
            .lines()
            .all(|line| situations.lines().any(|known| known == line))
    );
    for verdict in [
        Verdict::Accepted,
        Verdict::NoEnvelope,
        Verdict::UndocumentedStatus,
    ] {
        assert!(
            report.count(verdict) > 30,
            "{verdict:?}: {}",
            report.count(verdict)
        );
    }
}

#[tokio::test]
async fn nothing_that_could_write_is_sent_unless_it_is_asked_for() {
    let stock = Stock::start().await;
    let report = probe(&arguments(&stock.url)).await.unwrap();
    let methods = stock.methods();
    assert!(methods.len() > 100);
    assert!(
        methods
            .iter()
            .all(|method| method == "GET" || method == "PROPFIND"),
        "{methods:?}"
    );
    assert!(report.count(Verdict::NotSent) > 200);
}

#[tokio::test]
async fn only_this_machine_is_probed_unless_its_owner_says_so() {
    for url in [
        "http://192.0.2.1",
        "http://[2001:db8::1]:8080/api",
        "http://0.0.0.0:1",
    ] {
        let mut arguments = arguments(url);
        let error = probe(&arguments).await.unwrap_err();
        assert!(matches!(error, Error::NotLoopback(_)), "{error}");
        assert_eq!(error.exit_code(), 2);
        // The next thing that is asked for: no request was sent so far.
        arguments.i_own_this_server = true;
        let error = probe(&arguments).await.unwrap_err();
        assert!(matches!(error, Error::NoCredentials), "{error}");
    }
    for url in [
        "http://localhost:1",
        "http://127.9.9.9:1",
        "http://[::1]:1",
        "http://[::ffff:127.0.0.1]:1",
    ] {
        let error = probe(&arguments(url)).await.unwrap_err();
        assert!(matches!(error, Error::Unreachable(..)), "{error}");
    }
}

#[tokio::test]
async fn url_that_cannot_be_used_is_refused_in_one_sentence() {
    let mut table = String::new();
    for url in [
        "127.0.0.1:8080",
        "https://127.0.0.1",
        "http://a:secret@127.0.0.1",
        "http://127.0.0.1/?a=b",
        "",
    ] {
        let error = probe(&arguments(url)).await.unwrap_err();
        assert!(!error.to_string().contains("secret"));
        table += &format!("{url}\n    {error}\n");
    }
    snapshot("sandbox/probe-urls", table.trim_end());
}

#[tokio::test]
async fn credentials_come_from_a_file_and_are_in_no_report() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials");
    let mut arguments = arguments(sandbox.base_url());
    arguments.credentials = Some(path.clone());
    for (text, is_usable) in [
        ("a:wrong", false),
        ("no colon", false),
        ("a:b\nc:d\n", false),
        ("", false),
    ] {
        std::fs::write(&path, text).unwrap();
        let result = probe(&arguments).await;
        assert_eq!(result.is_ok(), is_usable, "{text}");
    }
    std::fs::write(&path, "alex@example.com:alex-password\n").unwrap();
    let report = probe(&arguments).await.unwrap();
    assert!(!report.has_findings(), "{report}");
    let encoded = "YWxleEBleGFtcGxlLmNvbTphbGV4LXBhc3N3b3Jk";
    for text in [
        report.to_string(),
        report.to_json().to_string(),
        format!("{report:?} {arguments:?}"),
    ] {
        assert!(!text.contains("alex-password") && !text.contains(encoded));
    }
}

#[tokio::test]
async fn base_path_is_in_front_of_every_path() {
    let stock = Stock::start().await;
    let url = format!("{}/api/", stock.url);
    probe(&arguments(&url)).await.unwrap();
    assert!(stock.paths().iter().all(|path| path.starts_with("/api/v2/")));
}

#[tokio::test]
async fn requests_are_no_faster_than_the_rate() {
    let stock = Stock::start().await;
    let mut arguments = Arguments::new(&stock.url);
    arguments.total_timeout = Duration::from_millis(400);
    let began = Instant::now();
    let report = probe(&arguments).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    // Twenty a second, the first at once, and one to see whether the server is there.
    let count = stock.methods().len();
    assert!((3..=11).contains(&count), "{count}");
    assert!(report.is_out_of_time());
    assert_eq!(report.exit_code(), 3);
}

/// A server that does the same to every connection.
async fn misbehaving<F>(act: impl Fn(TcpStream) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(act(stream));
        }
    });
    format!("http://{address}")
}

/// Writes something, then the same again and again.
async fn endless(mut stream: TcpStream, beginning: &str, repeated: &str) {
    let mut sent = stream.write_all(beginning.as_bytes()).await;
    let repeated = repeated.repeat(100);
    while sent.is_ok() {
        sent = stream.write_all(repeated.as_bytes()).await;
    }
}

/// Probes a server for a moment, and expects this verdict on every response.
async fn assert_left(url: &str, timeout: Duration, verdict: Verdict) {
    let mut arguments = arguments(url);
    arguments.timeout = timeout;
    arguments.total_timeout = Duration::from_millis(300);
    let began = Instant::now();
    let report = probe(&arguments).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(report.count(verdict) > 0, "{report}");
    let total = report.to_json();
    assert_eq!(total["findings"], report.count(verdict), "{report}");
    assert_eq!(total["as_documented"], 0);
    assert_eq!(report.exit_code(), 3);
}

#[tokio::test]
async fn server_that_never_responds_is_left_in_time() {
    let hang = |mut stream: TcpStream| async move {
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes).await);
    };
    let drip = |mut stream: TcpStream| async move {
        while stream.write_all(b"H").await.is_ok() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    let close = |stream| async { drop(stream) };
    for url in [
        misbehaving(hang).await,
        misbehaving(drip).await,
        misbehaving(close).await,
    ] {
        assert_left(&url, Duration::from_millis(100), Verdict::NoResponse).await;
    }
}

#[tokio::test]
async fn response_without_an_end_is_left_at_a_size() {
    const HEAD: &str = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n";
    const CHUNKED: &str = "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n";
    const LONG: &str = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
    for (beginning, repeated, verdict) in [
        ("", "220 ready\r\n", Verdict::NoResponse),
        (
            "HTTP/1.1 400 Bad Request\r\nA: ",
            "aaaaaaaaaaaaaaaa",
            Verdict::NoResponse,
        ),
        ("", "HTTP/1.1 100 Continue\r\n\r\n", Verdict::NoResponse),
        (HEAD, "aaaaaaaaaaaaaaaa", Verdict::NoEnvelope),
        (CHUNKED, "4\r\naaaa\r\n", Verdict::NoEnvelope),
        (CHUNKED, "ffffffffffffffff\r\naaaa\r\n", Verdict::NoEnvelope),
        (LONG, "aaaaaaaaaaaaaaaa", Verdict::Accepted),
    ] {
        let url = misbehaving(move |stream| endless(stream, beginning, repeated)).await;
        assert_left(&url, Duration::from_secs(60), verdict).await;
    }
}
