//! Responses in which something does not fit its type: what of them is kept, and what is said of the rest.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use fonedynamics_client::types::{FindMessagesQuery, ListAddressesQuery, Message, NewProject};
use fonedynamics_client::{Category, Defect, Error, ResponseValue};
use serde_json::json;

use crate::support::log::Log;
use crate::support::scripted::{Scripted, whole};
use crate::support::snapshot;

/// JSON that a member may have in place of what is documented.
const VALUES: [&[u8]; 61] = [
    b"null",
    b"true",
    b"false",
    b"0",
    b"1",
    b"-1",
    b"-0",
    b"7",
    b"2.0",
    b"2.5",
    b"-2.0",
    b"1e0",
    b"1.7e9",
    b"1E400",
    b"-1e400",
    b"1e-400",
    b"2147483648",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"9223372036854775808",
    b"18446744073709551616",
    b"1e19",
    b"0.1e1",
    b"0.000000000000000000001",
    b"\"\"",
    b"\" \"",
    b"\"0\"",
    b"\"1\"",
    b"\"2.0\"",
    b"\"1.7e9\"",
    b"\"true\"",
    b"\"false\"",
    b"\"null\"",
    b"\"Delivered\"",
    b"\"delivered\"",
    b"\"Teleported\"",
    b"\"2026-11-25\"",
    b"\"2026-11-25T08:00:00Z\"",
    b"\"/Date(1700000000000)/\"",
    b"\"NaN\"",
    b"\"\\u0000\"",
    b"\"\\ud83d\"",
    b"\"\\udc4d\"",
    b"\"\\ud83d\\udc4d\"",
    b"\"\\ud83dx\\udc4d\"",
    b"\"\\\\ud83d\"",
    b"\"\\ud83d\\ud83d\\udc4d\"",
    b"\"Caf\xe9\"",
    b"\"\xf0\x9f\"",
    b"\"\xed\xa0\xbd\"",
    b"\"\xef\xbf\xbd\"",
    b"\"\xc3\xa9\"",
    b"[]",
    b"[null]",
    b"[1]",
    b"[\"Delivered\"]",
    b"[[[]]]",
    b"{}",
    b"{\"a\":null}",
    b"{\"a\":1,\"a\":2}",
    b"{\"Value\":1}",
];

/// What became of the member of a message: its value, and what is said of it.
fn cell<T: Debug>(page: &ResponseValue<impl Sized>, member: &str, value: Option<&T>) -> String {
    let pointer = format!("/Messages/1/{member}");
    let odd = page.misfits().iter().any(|misfit| misfit.pointer() == pointer);
    match (odd, value) {
        (true, None) => "left out".to_owned(),
        (true, Some(value)) => format!("repaired: {value:?}"),
        (false, None) => "absent".to_owned(),
        (false, Some(value)) => format!("{value:?}"),
    }
}

#[tokio::test]
async fn odd_value_costs_only_itself() {
    let body: Arc<Mutex<Vec<u8>>> = Arc::default();
    let current = Arc::clone(&body);
    let server = Scripted::by(move |_, _| {
        let body = current.lock().unwrap().clone();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        [head.into_bytes(), body].concat()
    })
    .await;
    let client = server.client();
    let query: FindMessagesQuery = serde_json::from_value(json!({ "Date_From": 0, "Date_To": 1 })).unwrap();
    let mut table = String::new();
    for value in VALUES {
        let mut cells = Vec::new();
        for member in ["Text", "NumSegments", "DeliveryReceipt", "Status"] {
            let before = br#"{"Messages":[{"Text":"before"},{"To":"+61255501234",""#.as_slice();
            let after = br#","From":"Shop"},{"Text":"after"}]}"#.as_slice();
            let sent = [before, member.as_bytes(), b"\":", value, after].concat();
            body.lock().unwrap().clone_from(&sent);
            let page = client.find_messages("AC1", &query).await.unwrap();
            assert_eq!(page.body(), sent.as_slice());
            let [first, odd, last] = page.messages.as_slice() else {
                panic!("{page:?}");
            };
            let others = [&first.text, &odd.to, &odd.from, &last.text].map(Option::as_deref);
            let sent = ["before", "+61255501234", "Shop", "after"];
            assert_eq!(others, sent.map(Some));
            for misfit in page.misfits() {
                assert_eq!(misfit.pointer(), format!("/Messages/1/{member}"));
                assert_eq!(misfit.raw(), String::from_utf8_lossy(value));
            }
            let Message {
                text,
                num_segments,
                delivery_receipt,
                status,
                ..
            } = odd;
            cells.push(match member {
                "Text" => cell(&page, member, text.as_ref()),
                "NumSegments" => cell(&page, member, num_segments.as_ref()),
                "DeliveryReceipt" => cell(&page, member, delivery_receipt.as_ref()),
                _ => cell(&page, member, status.as_ref()),
            });
        }
        let value = value.escape_ascii().to_string().replace("\\\"", "\"");
        writeln!(table, "{value}: {}", cells.join(" | ")).unwrap();
    }
    snapshot(
        "client/misfits",
        &format!("value: string | integer | boolean | enum\n\n{table}"),
    );
}

#[tokio::test]
async fn odd_item_is_left_out_of_a_list_and_does_not_end_it() {
    let page = |first: usize| {
        let mut items = vec![json!({ "AddressSid": format!("AD{first}") }), json!("odd")];
        items.push(json!({ "AddressSid": format!("AD{}", first + 2), "City": 5 }));
        whole("200 OK", json!({ "Addresses": items }).to_string())
    };
    let empty = whole("200 OK", r#"{"Addresses":[]}"#);
    let server = Scripted::responses(vec![page(0), page(3), empty]).await;
    let log = Log::keep();
    let query = ListAddressesQuery::default();
    let mut items = server.client().list_addresses_stream("AC1", &query);
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().address_sid.unwrap());
    }
    assert_eq!(found, ["AD0", "AD2", "AD3", "AD5"]);
    let skips: Vec<String> = server
        .lines()
        .into_iter()
        .map(|line| line.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert!(
        skips[1].ends_with("Results_Skip=3") && skips[2].ends_with("Results_Skip=6"),
        "{skips:?}"
    );
    assert_eq!(log.text().matches("misfits=2").count(), 2, "{}", log.text());
}

#[tokio::test]
async fn required_member_that_does_not_fit_fails_the_call_and_is_named() {
    const BODY: &str = r#"{"Property":"PR1"}"#;
    let server = Scripted::responses(vec![whole("201 Created", BODY)]).await;
    let project: NewProject =
        serde_json::from_value(json!({ "Name": "Shop", "MainDomain": "shop.example", "TimeZone": "UTC" }))
            .unwrap();
    let error = server.client().create_project(&project).await.unwrap_err();
    assert_eq!(error.category(), Category::Unconfirmed);
    assert_eq!(error.body().unwrap(), BODY);
    let Error::UnexpectedResponse(response) = &error else {
        panic!("{error}")
    };
    assert!(matches!(response.defect(), Defect::Member(pointer) if pointer == "/Property"));
    assert_eq!(
        error.to_string(),
        "201 Created: the server reports success, but /Property does not fit its type"
    );
}
