//! What an error looks like from outside: its size, its bounds, its message. Reads no response.

use std::{error::Error as StdError, net::TcpListener, sync::Arc};

use bytes::Bytes;
use fonedynamics_contract::Envelope;
use reqwest::{Method, StatusCode, header::HeaderMap};

use crate::testing::{
    http_client,
    sample::{Client, Kettle, Refusal},
};
use crate::{Category, Credentials, Error, Options, ResponseValue, TransportError, TransportFailure};

fn refusal(status: u16, message: &str, fields: &[&str]) -> Error<Refusal> {
    let fields = fields.iter().map(|name| (*name).to_owned()).collect();
    let envelope = Refusal::from_parts("KETTLE_COLD".into(), message.to_owned(), fields);
    let status = StatusCode::from_u16(status).unwrap();
    Error::ErrorResponse(ResponseValue::new(
        envelope,
        status,
        HeaderMap::new(),
        Bytes::from_static(b"secret"),
    ))
}

/// The failure to connect to a port where nothing listens.
fn failure_to_connect(path_and_query: &str) -> reqwest::Error {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("http://{path_and_query}").replace("PORT", &port.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime
        .block_on(async { http_client().get(url).send().await })
        .unwrap_err()
}

#[test]
fn errors_and_responses_are_small() {
    assert!(size_of::<Error<Refusal>>() <= 128);
    assert!(
        size_of::<Error<Refusal>>() <= 32,
        "{}",
        size_of::<Error<Refusal>>()
    );
    assert_eq!(size_of::<ResponseValue<Kettle>>(), size_of::<usize>());
}

#[test]
fn errors_can_be_sent_shared_cloned_and_boxed() {
    fn check<T: StdError + Clone + Send + Sync + 'static>() {}
    check::<Error<Refusal>>();
    check::<crate::UnexpectedResponse>();

    fn check_build<T: StdError + Send + Sync + 'static>() {}
    check_build::<crate::BuildError>();
}

#[test]
fn futures_of_methods_can_be_spawned() {
    fn check<T: Send>(future: T) {
        drop(future);
    }
    let client =
        Client::connect(Options::new(Credentials::basic("a", "b")).base_url("http://localhost")).unwrap();
    let query = crate::testing::sample::ListKettlesQuery::default();
    check(client.delete_kettle("KE1"));
    check(client.change_kettle(
        "KE1",
        &query,
        None,
        &crate::testing::sample::KettleChange { lid: String::new() },
    ));
}

#[test]
fn refusal_is_one_line_without_the_body() {
    assert_eq!(
        refusal(400, "Heat it\nfirst.", &["To,Lid", "Messages[2].To"]).to_string(),
        "400 Bad Request: KETTLE_COLD: Heat it first. (To, Lid, Messages[2].To)"
    );
    assert_eq!(
        refusal(599, "Heat it.", &[]).to_string(),
        "599: KETTLE_COLD: Heat it."
    );

    let many = refusal(403, "No.", &["A"; 20]).to_string();
    assert!(many.ends_with("A, A and 4 more)"), "{many}");
}

#[test]
fn debug_of_a_refusal_gives_the_length_of_the_body() {
    let shown = format!("{:?}", refusal(400, "Heat it.", &[]));
    assert!(
        shown.contains("6 bytes") && shown.contains("KETTLE_COLD"),
        "{shown}"
    );
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn envelope_without_code_says_so() {
    let envelope: Refusal = serde_json::from_str(r#"{"Status":{}}"#).unwrap();
    let error = Error::ErrorResponse(ResponseValue::new(
        envelope,
        StatusCode::FORBIDDEN,
        HeaderMap::new(),
        Bytes::new(),
    ));
    assert_eq!(error.to_string(), "403 Forbidden: the response has no error code");
    assert_eq!(
        (error.code(), error.message(), error.fields()),
        (None, None, vec![])
    );
}

#[test]
fn failure_to_connect_shows_neither_query_nor_credentials() {
    let error: Error<Refusal> =
        failure_to_connect("AC1:hunter2@127.0.0.1:PORT/Kettles?Key=secret#secret").into();
    assert!(matches!(error, Error::Transport(_)));
    assert_eq!(
        (error.status(), error.headers(), error.body(), error.request_id()),
        (None, None, None, None)
    );

    let text = error.to_string();
    assert!(text.starts_with("no response from http://127.0.0.1:"), "{text}");
    assert!(text.contains("/Kettles: could not connect: "), "{text}");

    let mut shown = format!("{error:?}");
    let mut next: Option<&dyn StdError> = Some(&error);
    let mut depth = 0;
    while let Some(cause) = next {
        shown.push_str(&cause.to_string());
        next = cause.source();
        depth += 1;
    }
    assert!(depth >= 3, "{shown}");
    for hidden in ["secret", "hunter2", "AC1"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

#[test]
fn failure_can_be_simulated() {
    for (failure, retryable) in [
        (TransportFailure::NotConnected, [true, true]),
        (TransportFailure::TimedOut, [true, false]),
        (TransportFailure::NotTrusted, [false, false]),
    ] {
        let of = |method| Error::<Refusal>::from(TransportError::simulated(failure, method));
        let (get, post) = (of(&Method::GET), of(&Method::POST));
        assert_eq!([get.is_retryable(), post.is_retryable()], retryable, "{get}");
        assert!(get.source().is_none() && get.category() == Category::Transport);
    }
    let error = TransportError::simulated(TransportFailure::TimedOut, &Method::GET);
    assert_eq!(error.to_string(), "no response: timed out");
}

#[test]
fn failure_to_build_is_an_invalid_request() {
    let failed = http_client().get("no url").build().unwrap_err();
    let error: Error<Refusal> = failed.into();
    let text = error.to_string();
    assert!(text.starts_with("the request cannot be built: "), "{text}");
    assert!(error.source().is_none());
}

#[test]
fn transport_is_shared_and_not_copied() {
    let error = Error::<Refusal>::from(TransportError::new(
        failure_to_connect("127.0.0.1:PORT/"),
        &Method::GET,
    ));
    let copy = error.clone();
    match (error, copy) {
        (Error::Transport(one), Error::Transport(other)) => assert!(Arc::ptr_eq(&one, &other)),
        other => panic!("not both transport: {other:?}"),
    }
}

#[test]
fn help_is_the_anchor_of_a_code_that_the_document_lists() {
    let body = r#"{"Status":{"ErrorCode":"LOCKED"}}"#;
    let known = Error::<Refusal>::from_parts(403, HeaderMap::new(), body);
    assert_eq!(known.help().as_deref(), Some("errors.html#LOCKED"), "{known}");
    assert_eq!(refusal(400, "Cold.", &[]).help(), None);
    let without = Error::<Refusal>::from_parts(502, HeaderMap::new(), "Bad Gateway");
    assert_eq!(without.help(), None);
}
