//! What a test can make the sandbox do, and what it learns from it.

use std::time::Duration;

use fonedynamics_client::types::{ErrorCode, ListAddressesQuery, NewMessage};
use fonedynamics_client::{Category, Client, Credentials, Method, Options, RetryPolicy};
use fonedynamics_sandbox::Sandbox;
use fonedynamics_server::operations;

const ADDRESS: &str = "5T04K28W412OQ68ICENOJOGGF90JRXFK";

fn client(sandbox: &Sandbox) -> Client {
    let credentials = Credentials::basic(Sandbox::ACCOUNT_SID, Sandbox::TOKEN);
    let options = Options::new(credentials).base_url(sandbox.base_url());
    let options = options
        .timeout(Duration::from_millis(500))
        .retries(RetryPolicy::off());
    Client::connect(options).unwrap()
}

#[tokio::test]
async fn next_call_fails_with_the_code_that_a_test_wants() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let codes = ErrorCode::ALL
        .iter()
        .cloned()
        .chain([ErrorCode::from("NEWER_THAN_US")]);
    for code in codes {
        sandbox.fail_next(&operations::GET_ADDRESS, code.clone());
        let error = client.get_address(ADDRESS).await.unwrap_err();
        assert_eq!(error.code(), Some(&code));
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(code.status().unwrap_or(400)),
            "{code}"
        );
        let is_challenged = error
            .headers()
            .is_some_and(|headers| headers.contains_key("www-authenticate"));
        assert_eq!(is_challenged, code == ErrorCode::Unauthorized, "{code}");
        // Once, and no other operation.
        client.get_address(ADDRESS).await.unwrap();
    }
    sandbox.fail_next(&operations::GET_ADDRESS, ErrorCode::Forbidden);
    sandbox.fail_next(&operations::GET_ADDRESS, ErrorCode::InternalServerError);
    let query = ListAddressesQuery::default();
    let list = client.list_addresses(Sandbox::ACCOUNT_SID, &query).await;
    assert_eq!(list.unwrap().addresses.len(), 2);
    for code in [ErrorCode::Forbidden, ErrorCode::InternalServerError] {
        let error = client.get_address(ADDRESS).await.unwrap_err();
        assert_eq!(error.code(), Some(&code));
    }
}

#[tokio::test]
async fn next_call_hangs() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    sandbox.hang_next(&operations::GET_ADDRESS);
    let error = client.get_address(ADDRESS).await.unwrap_err();
    assert_eq!(error.category(), Category::Transport, "{error}");
    client.get_address(ADDRESS).await.unwrap();
}

#[tokio::test]
async fn next_call_gets_raw_bytes() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    client.get_address(ADDRESS).await.unwrap();
    let page = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13\r\n\r\n<b>Sorry.</b>";
    sandbox.respond_next(&operations::GET_ADDRESS, page);
    let error = client.get_address(ADDRESS).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    assert_eq!(error.body().map(|body| &body[..]), Some(&b"<b>Sorry.</b>"[..]));

    let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"AddressSid\": ";
    sandbox.respond_next(&operations::GET_ADDRESS, half);
    let error = client.get_address(ADDRESS).await.unwrap_err();
    assert_eq!(error.category(), Category::Unconfirmed, "{error}");
    sandbox.respond_next(&operations::GET_ADDRESS, "");
    let error = client.get_address(ADDRESS).await.unwrap_err();
    assert_eq!(error.status(), None, "{error}");
    client.get_address(ADDRESS).await.unwrap();
}

#[tokio::test]
async fn sandbox_tells_what_it_saw() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    sandbox.fail_next(&operations::GET_ADDRESS, ErrorCode::InternalServerError);
    client.get_address(ADDRESS).await.unwrap_err();
    let message = NewMessage::new("0400 000 000", "Hello");
    client.send_message("none", &message).await.unwrap_err();
    client
        .request(Method::GET, "/nowhere?a=b")
        .send()
        .await
        .unwrap_err();

    let requests = sandbox.requests();
    let told: Vec<_> = requests
        .iter()
        .map(|seen| {
            let id = seen.operation.map_or("none", |operation| operation.id);
            (id, seen.method.as_str(), seen.target.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "getAddress",
                "GET",
                "/v2/Addresses/5T04K28W412OQ68ICENOJOGGF90JRXFK"
            ),
            ("sendMessage", "POST", "/v2/Properties/none/Messages"),
            ("none", "GET", "/nowhere?a=b"),
        ]
    );
    let sent: NewMessage = serde_json::from_slice(&requests[1].body).unwrap();
    assert_eq!(sent, message);
    assert!(requests[1].headers.contains_key("authorization"));
    assert!(!format!("{requests:?}").contains("Basic "));
}

#[tokio::test]
async fn sandbox_ends_with_its_value() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    client.get_address(ADDRESS).await.unwrap();
    drop(sandbox);
    let error = client.get_address(ADDRESS).await.unwrap_err();
    assert_eq!(error.status(), None, "{error}");
}
