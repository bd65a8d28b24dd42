//! What is measured, in a process of its own: so many calls, or so much reading.

use std::hint::black_box;

use fonedynamics_client::types::{ErrorCode, ErrorResponse, ListPropertyNumbersQuery, NumberPage};
use fonedynamics_client::{Client, Credentials, Error, Options};
use reqwest::header::{ACCEPT, HeaderMap};
use tokio::runtime::Builder;

/// The body of a 401.
const UNAUTHORIZED: &[u8] =
    br#"{"ResponseStatus":{"ErrorCode":"UNAUTHORIZED","Message":"Credentials are missing or wrong."}}"#;

/// Does what a row says so many times, by the generated client or by hand.
pub(crate) fn repeat(what: &str, by: &str, count: &str, address: &str) {
    let count: usize = count.parse().expect("a number");
    match (what, by) {
        ("call", "client") => call_by_client(count, address),
        ("call", _) => call_by_hand(count, address),
        ("error", "client") => (0..count).for_each(|_| {
            let error: Error = Error::from_parts(401, HeaderMap::new(), black_box(UNAUTHORIZED));
            assert!(error.code().is_some());
        }),
        ("error", _) => (0..count).for_each(|_| {
            let envelope: ErrorResponse =
                serde_json::from_slice(black_box(UNAUTHORIZED)).expect("an envelope");
            assert!(envelope.response_status.errors.is_empty());
        }),
        ("code", "client") => (0..count).for_each(|_| {
            for code in ErrorCode::ALL {
                assert!(ErrorCode::from(black_box(code.as_str())).is_known());
            }
        }),
        ("code", _) => (0..count).for_each(|_| {
            for code in ErrorCode::ALL {
                assert!(!black_box(code.as_str()).is_empty());
            }
        }),
        _ => panic!("{what} is no row"),
    }
}

fn call_by_client(count: usize, address: &str) {
    let options = Options::new(Credentials::basic("AC1", "secret")).base_url(format!("http://{address}"));
    let client = Client::connect(options).expect("a client");
    let query = ListPropertyNumbersQuery::default();
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        for _ in 0..count {
            let page = client.list_property_numbers("PR1", &query).await.expect("a page");
            assert_eq!(page.numbers.len(), 200);
        }
    });
}

fn call_by_hand(count: usize, address: &str) {
    let client = reqwest::Client::new();
    let url = format!("http://{address}/v2/Properties/PR1/Numbers");
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        for _ in 0..count {
            let request = client.get(&url).basic_auth("AC1", Some("secret"));
            let request = request.header(ACCEPT, "application/json");
            let response = request.query(&ListPropertyNumbersQuery::default()).send().await;
            let response = response
                .and_then(reqwest::Response::error_for_status)
                .expect("a response");
            let page: NumberPage = response.json().await.expect("a page");
            assert_eq!(page.numbers.len(), 200);
        }
    });
}
