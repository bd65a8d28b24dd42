//! Statuses and headers that the archive has and the real API has not, as its generated client reads them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use archive_client::types::{Code, Loan};
use archive_client::{Category, Client, Credentials, Options, RetryPolicy};
use archive_server::{
    Api, BasicOrBearer, Context, Failure, HandlerResult, Operation, Refusal, Success, codes, header,
    operations,
};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::IntoResponse as _;
use axum::routing::get;
use reqwest::Method;

use super::archive::{Archive, BUSY};
use crate::support::scripted::listen;

/// A client of the archive, beside which there is a route that wants to be left alone.
async fn client() -> Client {
    let (listener, address) = listen().await;
    let busy = || async { (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "7")]).into_response() };
    let router = archive_server::router(Archive).route("/busy", get(busy));
    tokio::spawn(archive_server::serve(listener, router));
    let options = Options::new(Credentials::basic("AC1", "secret")).retries(RetryPolicy::off());
    Client::connect(options.base_url(format!("http://{address}"))).unwrap()
}

fn weeks() -> Loan {
    Loan::default().weeks(2)
}

#[tokio::test]
async fn success_has_its_status_and_its_headers() {
    let client = client().await;
    let lent = client.lend_shelf(7, &weeks()).await.unwrap();
    assert_eq!((lent.status(), lent.weeks), (StatusCode::CREATED, Some(2)));
    assert_eq!((lent.location(), lent.retry_after()), (Some("/loans/7"), None));
    let reminded = client.remind_reader(7).await.unwrap();
    assert_eq!(
        (reminded.status(), &reminded.body()[..]),
        (StatusCode::ACCEPTED, &b""[..])
    );
    assert_eq!(reminded.retry_after(), Some(Duration::from_secs(60)));
}

#[tokio::test]
async fn failure_has_the_status_of_its_code_whoever_raised_it() {
    let client = client().await;
    let missing = client.remind_reader(98).await.unwrap_err();
    assert_eq!(missing.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(
        (missing.code(), missing.fields()),
        (Some(&Code::NoLoan), vec!["Shelf"])
    );
    let lent = client.lend_shelf(98, &weeks()).await.unwrap_err();
    assert_eq!(
        (lent.status(), lent.code()),
        (Some(StatusCode::CONFLICT), Some(&Code::ShelfLent))
    );
    let by_handler = client.lend_shelf(BUSY, &weeks()).await.unwrap_err();
    let by_layer = client.request(Method::GET, "/busy").send().await.unwrap_err();
    for busy in [by_handler, by_layer] {
        assert_eq!(
            (busy.status(), busy.code()),
            (Some(StatusCode::TOO_MANY_REQUESTS), Some(&Code::SlowDown))
        );
        assert_eq!(
            (busy.category(), busy.retry_after()),
            (Category::RateLimited, Some(Duration::from_secs(7)))
        );
        assert!(busy.is_retryable());
    }
}

/// A server that lends every shelf, after it said once to come back in a second.
#[derive(Default)]
struct Hesitant(AtomicBool);

impl Api for Hesitant {
    type Caller = ();

    async fn authenticate(&self, _: BasicOrBearer, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }

    async fn lend_shelf(
        &self,
        context: Context<()>,
        _: i64,
        body: Loan,
    ) -> HandlerResult<Success<Loan>, operations::LendShelf> {
        if !self.0.swap(true, Ordering::Relaxed) {
            return Err(Failure::new(codes::SlowDown).retry_after(Duration::from_secs(1)));
        }
        context.set_header(header::ETAG, "\"1\"".parse()?);
        Ok(Success::new(body).location("/loans/7"))
    }
}

#[tokio::test]
async fn client_waits_as_long_as_the_handler_says() {
    let (listener, address) = listen().await;
    tokio::spawn(archive_server::serve(
        listener,
        archive_server::router(Hesitant::default()),
    ));
    let options = Options::new(Credentials::basic("AC1", "secret"));
    let client = Client::connect(options.base_url(format!("http://{address}"))).unwrap();
    let asked = Instant::now();
    let lent = client.lend_shelf(7, &weeks()).await.unwrap();
    assert!(asked.elapsed() >= Duration::from_secs(1));
    assert_eq!(lent.headers()["etag"], "\"1\"");
}
