//! Faults below HTTP, over real sockets: each is a typed error, in bounded time and memory.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fonedynamics_client::reqwest::redirect;
use fonedynamics_client::{Category, Client, Defect, Error, RetryPolicy, TransportFailure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::support::credentials::AUTHORIZATION;
use crate::support::http::http_client_builder;
use crate::support::scripted::{Scripted, client, listen, read_request, whole};
use crate::support::snapshot;

/// The timeout of calls that nothing else ends, and that of all others, which is how long a call may take on
/// a machine that is busy.
const TIMEOUT: Duration = Duration::from_millis(400);
const PATIENCE: Duration = Duration::from_secs(10);
const LIMIT: usize = 256 * 1024;

/// A server that does one thing with each connection.
struct Misbehaving {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Misbehaving {
    async fn with<F>(behave: impl Fn(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let (listener, address) = listen().await;
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // A client that hangs up is what these servers are for.
                tokio::spawn(behave(stream));
            }
        });
        Self { address, task }
    }

    /// Reads the request, writes some bytes and ends the connection in some way.
    async fn writing(bytes: &'static [u8], end: End) -> Self {
        Self::with(move |mut stream| async move {
            read_request(&mut stream).await;
            stream.write_all(bytes).await?;
            stream.flush().await?;
            match end {
                End::Close => stream.shutdown().await,
                End::Reset => reset(stream).await,
                End::Silence => {
                    sleep(PATIENCE).await;
                    Ok(())
                }
            }
        })
        .await
    }

    fn client(&self, timeout: Duration) -> Client {
        client(&format!("http://{}", self.address), |options| {
            let options = options.timeout(timeout).connect_timeout(timeout);
            options.retries(RetryPolicy::off()).max_body_bytes(LIMIT)
        })
    }
}

impl Drop for Misbehaving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Close,
    Reset,
    Silence,
}

/// Ends a connection with a reset in place of a proper end, once the client had time to read.
async fn reset(stream: TcpStream) -> std::io::Result<()> {
    sleep(Duration::from_millis(50)).await;
    stream.set_zero_linger()
}

/// Writes for as long as somebody reads, and counts the bytes.
async fn endless(stream: &mut TcpStream, piece: &[u8], written: &AtomicUsize) -> std::io::Result<()> {
    loop {
        stream.write_all(piece).await?;
        written.fetch_add(piece.len(), Ordering::Relaxed);
    }
}

/// One call, which must fail in bounded time.
async fn failing(server: &Misbehaving, timeout: Duration) -> Error {
    let begun = Instant::now();
    let error = server.client(timeout).get_address("AD1").await.unwrap_err();
    assert!(begun.elapsed() < timeout + PATIENCE, "{:?}", begun.elapsed());
    assert!(error.body().is_none_or(|body| body.len() <= LIMIT));
    error
}

#[tokio::test]
async fn every_fault_below_http_is_a_typed_error() {
    use End::{Close, Reset, Silence};
    let faults: [(&str, &'static [u8], End); 22] = [
        ("silence", b"", Silence),
        ("closed at once", b"", Close),
        ("reset at once", b"", Reset),
        ("closed inside the head", b"HTTP/1.1 200 OK\r\nContent-Len", Close),
        ("reset inside the head", b"HTTP/1.1 200 OK\r\nContent-Len", Reset),
        ("silence inside the head", b"HTTP/1.1 200 OK\r\nContent-Len", Silence),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.7\r\n", Close),
        ("a malformed status", b"HTTP/1.1 4xx Bad\r\n\r\n", Close),
        ("two lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", Close),
        ("a length that is no number", b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n{}", Close),
        ("closed inside the body", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", Close),
        ("reset inside the body", b"HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n{\"a\":", Reset),
        ("silence inside the body", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", Silence),
        ("a length beyond all bodies", b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999\r\n\r\n{\"a\":", Close),
        ("a length that is too small", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{\"AddressSid\":\"AD1\"}", Close),
        (
            "a length that is too large for the envelope",
            b"HTTP/1.1 400 X\r\nContent-Length: 99\r\n\r\n{\"ResponseStatus\":{\"ErrorCode\":\"FORBIDDEN\",\"Message\":\"No.\"}}",
            Close,
        ),
        ("chunks that end early", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n", Close),
        ("a chunk that ends early", b"HTTP/1.1 502 X\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"a\":", Close),
        ("a malformed chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", Close),
        ("a change of protocol", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", Close),
        ("a redirect", b"HTTP/1.1 302 Found\r\nLocation: https://other.example/\r\nContent-Length: 0\r\n\r\n", Close),
        ("no body at all", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Close),
    ];
    let mut table = String::new();
    for (name, bytes, end) in faults {
        let server = Misbehaving::writing(bytes, end).await;
        let timeout = if end == Silence { TIMEOUT } else { PATIENCE };
        let error = failing(&server, timeout).await;
        let shown = error.to_string().replace(&server.address.to_string(), "host");
        // The number behind it is that of the operating system.
        let shown = shown.split(" (os error").next().unwrap();
        let again = if error.is_retryable() { "again" } else { "-" };
        let kept = error
            .body()
            .map_or_else(|| "-".to_owned(), |body| format!("{} bytes", body.len()));
        writeln!(
            table,
            "{name}\n    {:?}, {again}, {kept}: {shown}",
            error.category()
        )
        .unwrap();
    }
    snapshot("client/sockets", table.trim_end());
}

#[tokio::test]
async fn refused_connection_is_a_typed_error() {
    let (listener, address) = listen().await;
    drop(listener);
    let client = client(&format!("http://{address}"), |options| {
        options.retries(RetryPolicy::off())
    });
    let error = client.get_address("AD1").await.unwrap_err();
    assert_eq!(error.category(), Category::Transport);
    let text = error.to_string();
    let expected = format!("no response from http://{address}/v2/Addresses/AD1: could not connect: ");
    assert!(
        text.starts_with(&expected) && text.len() > expected.len(),
        "{text}"
    );
    assert!(error.is_retryable());
    assert!(
        matches!(error, Error::Transport(failure) if failure.failure() == TransportFailure::NotConnected)
    );
}

#[tokio::test]
async fn endless_bodies_are_cut_at_the_limit() {
    for head in ["200 OK", "404 Not Found", "500 Oops"] {
        for chunked in ["", "Transfer-Encoding: chunked\r\n"] {
            let (written, hung_up) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
            let seen = (Arc::clone(&written), Arc::clone(&hung_up));
            let server = Misbehaving::with(move |mut stream| {
                let (written, hung_up) = (Arc::clone(&seen.0), Arc::clone(&seen.1));
                async move {
                    read_request(&mut stream).await;
                    let head = format!("HTTP/1.1 {head}\r\n{chunked}\r\n");
                    stream.write_all(head.as_bytes()).await?;
                    let piece = if chunked.is_empty() {
                        "[[[[[[[["
                    } else {
                        "8\r\n[[[[[[[[\r\n"
                    };
                    let end = endless(&mut stream, piece.repeat(1000).as_bytes(), &written).await;
                    hung_up.store(true, Ordering::Relaxed);
                    end
                }
            })
            .await;
            let error = failing(&server, PATIENCE).await;
            assert!(
                matches!(&error, Error::UnexpectedResponse(response) if matches!(response.defect(), Defect::TooLong))
            );
            assert_eq!(error.body().unwrap().len(), LIMIT);
            assert!(
                error
                    .to_string()
                    .ends_with("the body is longer than 262144 bytes"),
                "{error}"
            );
            let begun = Instant::now();
            while !hung_up.load(Ordering::Relaxed) {
                assert!(begun.elapsed() < PATIENCE, "the client still reads");
                sleep(Duration::from_millis(5)).await;
            }
            // Beyond the limit, only what sockets hold was written.
            let written = written.load(Ordering::Relaxed);
            assert!(written < LIMIT + 32 * 1024 * 1024, "{written} bytes");
        }
    }
}

#[tokio::test]
async fn endless_heads_are_refused() {
    let server = Misbehaving::with(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
        endless(
            &mut stream,
            "X-More: of the same\r\n".repeat(100).as_bytes(),
            &AtomicUsize::new(0),
        )
        .await
    })
    .await;
    let error = failing(&server, PATIENCE).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn provisional_responses_without_end_are_cut_by_the_timeout() {
    for piece in [
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
    ] {
        let server = Misbehaving::with(move |mut stream| async move {
            read_request(&mut stream).await;
            endless(&mut stream, piece.repeat(100).as_bytes(), &AtomicUsize::new(0)).await
        })
        .await;
        let error = failing(&server, TIMEOUT).await;
        assert!(error.to_string().ends_with("timed out"), "{error}");
    }
}

#[tokio::test]
async fn what_surrounds_chunks_has_a_limit_too() {
    for (start, piece) in [
        ("1;", "aaaaaaaa"),
        ("", "1;aaaaaaaaaaaaaaaa\r\nb\r\n"),
        ("1\r\na\r\n0\r\n", "A: b\r\n"),
    ] {
        let server = Misbehaving::with(move |mut stream| async move {
            read_request(&mut stream).await;
            let head = format!("HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n{start}");
            stream.write_all(head.as_bytes()).await?;
            endless(&mut stream, piece.repeat(100).as_bytes(), &AtomicUsize::new(0)).await
        })
        .await;
        let error = failing(&server, PATIENCE).await;
        assert_eq!(error.status().unwrap(), 500);
        assert!(
            matches!(&error, Error::UnexpectedResponse(response) if matches!(response.defect(), Defect::Incomplete(_)))
        );
    }
}

#[tokio::test]
async fn body_that_trickles_in_is_cut_by_the_timeout() {
    let server = Misbehaving::with(|mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{").await?;
        loop {
            stream.write_all(b" ").await?;
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let error = failing(&server, TIMEOUT).await;
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.category(), Category::Unconfirmed);
    assert!(error.to_string().ends_with("timed out"), "{error}");
    assert!(error.body().unwrap().starts_with(b"{ "));
}

#[tokio::test]
async fn server_that_never_reads_cannot_hold_a_call() {
    let server = Misbehaving::with(|mut stream| async move {
        let mut some = [0; 16];
        stream.read_exact(&mut some).await?;
        sleep(PATIENCE).await;
        Ok(())
    })
    .await;
    let error = failing(&server, TIMEOUT).await;
    assert!(error.to_string().ends_with("timed out"), "{error}");
}

/// A client of the consumer's own, which follows redirects.
fn following(server: &Scripted) -> Client {
    let http = http_client_builder()
        .redirect(redirect::Policy::limited(5))
        .timeout(PATIENCE)
        .build()
        .unwrap();
    server.client_with(|options| options.http_client(http).retries(RetryPolicy::default()))
}

#[tokio::test]
async fn redirect_loop_is_a_typed_error_and_not_retried() {
    let server = Scripted::responses(vec![whole("302 Found\nLocation: /v2/Addresses/AD1", "")]).await;
    let error = following(&server).get_address("AD1").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the redirects could not be followed: too many redirects"),
        "{error}"
    );
    assert_eq!(
        (error.category(), error.is_retryable()),
        (Category::Transport, false)
    );
    assert_eq!(server.lines().len(), 6);

    // By default, no redirect is followed at all.
    let error = server.client().get_address("AD1").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(server.lines().len(), 7);
}

#[tokio::test]
async fn credentials_are_not_sent_to_another_host() {
    let other = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let elsewhere = format!("302 Found\nLocation: {}/elsewhere", other.base_url());
    let server = Scripted::responses(vec![whole(&elsewhere, "")]).await;
    following(&server).get_address("AD1").await.unwrap();
    assert!(
        server.requests()[0].contains(AUTHORIZATION),
        "{:?}",
        server.requests()
    );
    let arrived = other.requests();
    assert_eq!(arrived.len(), 1);
    assert!(
        !arrived[0].to_lowercase().contains("authorization"),
        "{arrived:?}"
    );
}

/// Set in the process that has proxies in its environment, to the server that it calls.
const CALLED: &str = "CALLED_WITHOUT_A_PROXY";

#[tokio::test]
async fn proxies_of_the_environment_see_nothing() {
    if let Ok(base_url) = std::env::var(CALLED) {
        let client = client(&base_url, |options| options.retries(RetryPolicy::off()));
        client.get_address("AD1").await.unwrap();
        return;
    }
    let proxy = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let server = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let (proxy_url, base_url) = (proxy.base_url(), server.base_url());
    let output = tokio::task::spawn_blocking(move || {
        let mut again = std::process::Command::new(std::env::current_exe().unwrap());
        again.args([
            "--exact",
            "client::sockets::proxies_of_the_environment_see_nothing",
        ]);
        for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            again.env(variable, &proxy_url);
        }
        again.env(CALLED, base_url).output().unwrap()
    });
    let output = output.await.unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}
