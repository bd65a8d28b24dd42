//! Lists read item by item: every item once, no page too many, and no end that hides a failure.

use fonedynamics_client::types::{
    Address, FindMessagesQuery, ListAddressesQuery, ListOnlineLoginsQuery, ListProjectsQuery, NewMessageBatch,
};
use fonedynamics_client::{Defect, Error, Items};
use serde_json::json;

use crate::support::scripted::{Scripted, whole};

/// The number that a query has for a name.
fn number(request: &str, name: &str) -> Option<usize> {
    let line = request.lines().next().unwrap();
    let (_, query) = line.split(' ').nth(1).unwrap().split_once('?')?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value.parse().unwrap())
        .next()
}

/// A server with so many addresses, which gives at most `cap` of them at a time.
async fn addresses(total: usize, cap: usize) -> Scripted {
    Scripted::by(move |_, request| {
        let count = number(request, "Results_Count").unwrap_or(cap).min(cap);
        let skip = number(request, "Results_Skip").unwrap_or(0);
        let page: Vec<_> = (skip..total.min(skip + count))
            .map(|index| json!({ "AddressSid": format!("AD{index}") }))
            .collect();
        whole("200 OK", json!({ "Addresses": page }).to_string())
    })
    .await
}

type Addresses = Items<Address, fonedynamics_client::types::ErrorResponse>;

fn stream(server: &Scripted, count: Option<i64>, skip: Option<i64>) -> Addresses {
    let mut query = ListAddressesQuery::default().city("Perth");
    query.results_count = count;
    query.results_skip = skip;
    server.client().list_addresses_stream("AC1", &query)
}

/// The identifiers that came, and the failure at the end.
async fn collect(mut items: Addresses) -> (Vec<String>, Option<Error>) {
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        assert!(found.len() < 1000, "the list has no end");
        match item {
            Ok(address) => found.push(address.address_sid.unwrap()),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing comes after a failure");
                return (found, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "the end stays the end");
    (found, None)
}

fn all(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|index| format!("AD{index}")).collect()
}

#[tokio::test]
async fn every_item_comes_once_whatever_the_sizes() {
    for total in 0..8 {
        for cap in 1..5 {
            for count in [None, Some(1), Some(2), Some(3), Some(100)] {
                let server = addresses(total, cap).await;
                let (found, failure) = collect(stream(&server, count, None)).await;
                assert!(failure.is_none());
                assert_eq!(
                    found,
                    all(0..total),
                    "{total} items, {cap} at a time, {count:?} asked for"
                );
                let size = cap.min(count.map_or(cap, |count| usize::try_from(count).unwrap()));
                // One request for each page, and one more where the last page does not show that it is.
                let pages = total / size + 1;
                let pages = if total > 0 && total < size { 2 } else { pages };
                assert_eq!(
                    server.lines().len(),
                    pages,
                    "{total} items, {cap} at a time, {count:?} asked for"
                );
            }
        }
    }
}

#[tokio::test]
async fn pages_are_asked_for_by_the_parameters_of_the_document() {
    let server = addresses(3, 2).await;
    collect(stream(&server, Some(2), None)).await;
    let path = "GET /v2/Accounts/AC1/Addresses?City=Perth&Results_Count=2";
    assert_eq!(
        server.lines(),
        [
            format!("{path} HTTP/1.1"),
            format!("{path}&Results_Skip=2 HTTP/1.1")
        ]
    );
}

#[tokio::test]
async fn stream_begins_where_the_query_says() {
    let server = addresses(7, 3).await;
    let (found, _) = collect(stream(&server, None, Some(4))).await;
    assert_eq!(found, all(4..7));
    assert!(
        server.lines()[0].contains("Results_Skip=4"),
        "{:?}",
        server.lines()
    );
}

#[tokio::test]
async fn nothing_is_sent_before_an_item_is_asked_for() {
    let server = addresses(10, 2).await;
    let mut items = stream(&server, None, None);
    assert_eq!(server.lines().len(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(server.lines().len(), 1);
    items.next().await.unwrap().unwrap();
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn items_before_a_failure_come_before_it() {
    let page = |from: usize| {
        let page: Vec<_> = (from..from + 2)
            .map(|index| json!({ "AddressSid": format!("AD{index}") }))
            .collect();
        whole("200 OK", json!({ "Addresses": page }).to_string())
    };
    let refusal = r#"{"ResponseStatus":{"ErrorCode":"FORBIDDEN","Message":"No more."}}"#;
    let server = Scripted::responses(vec![page(0), page(2), whole("403 X", refusal)]).await;
    let (found, failure) = collect(stream(&server, None, None)).await;
    assert_eq!(found, all(0..4));
    assert_eq!(failure.unwrap().to_string(), "403 Forbidden: FORBIDDEN: No more.");

    let server = Scripted::responses(vec![page(0), whole("200 OK", "{\"Addresses\":[{")]).await;
    let (found, failure) = collect(stream(&server, None, None)).await;
    assert_eq!(found, all(0..2));
    assert_eq!(failure.unwrap().body().unwrap(), "{\"Addresses\":[{");

    // An envelope is no empty page, whatever its status says.
    let server = Scripted::responses(vec![page(0), whole("200 OK", refusal)]).await;
    let (found, failure) = collect(stream(&server, None, None)).await;
    assert_eq!(found, all(0..2));
    assert_eq!(failure.unwrap().to_string(), "200 OK: FORBIDDEN: No more.");
}

#[tokio::test]
async fn server_that_passes_over_nothing_is_found_out() {
    let server = Scripted::by(|number, _| {
        let items = json!([{ "AddressSid": "AD0" }, { "AddressSid": "AD1" }]);
        whole("200 OK", json!({ "Addresses": items, "Now": number }).to_string())
    })
    .await;
    let (found, failure) = collect(stream(&server, None, None)).await;
    assert_eq!(found, all(0..2));
    let failure = failure.unwrap();
    assert_eq!(
        failure.to_string(),
        "200 OK: the page repeats the one before it; the server ignores the offset"
    );
    assert!(
        matches!(&failure, Error::UnexpectedResponse(response) if matches!(response.defect(), Defect::SamePage))
    );
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn pages_are_given_whole_and_with_their_position() {
    let body = json!({ "Addresses": [{ "AddressSid": "AD0" }], "Total": 1 });
    let pages = [body.to_string(), "{}".to_owned()];
    let server =
        Scripted::responses(pages.map(|body| whole("200 OK\nX-Request-Id: r-1", &body)).into()).await;
    let query = ListAddressesQuery::default();
    let mut pages = server.client().list_addresses_pages("AC1", &query);
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(
        (page.request_id(), &page.extra["Total"]),
        (Some("r-1"), &json!(1))
    );
    assert_eq!((page.addresses.len(), pages.position()), (1, Some(1)));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn page_without_its_list_is_empty() {
    for body in ["{}", r#"{"Addresses":null}"#] {
        let server = Scripted::responses(vec![whole("200 OK", body)]).await;
        let (found, failure) = collect(stream(&server, None, None)).await;
        assert!(found.is_empty() && failure.is_none());
        assert_eq!(server.lines().len(), 1);
    }
}

#[tokio::test]
async fn stream_outlives_what_it_was_made_of() {
    let server = addresses(3, 2).await;
    let task = {
        let (client, account) = (server.client(), "AC1".to_owned());
        let mut items = client.list_addresses_stream(&account, &ListAddressesQuery::default());
        tokio::spawn(async move {
            let mut count = 0;
            while let Some(item) = items.next().await {
                item.unwrap();
                count += 1;
            }
            count
        })
    };
    assert_eq!(task.await.unwrap(), 3);
}

#[tokio::test]
async fn tokens_of_pages_are_given_and_not_followed() {
    let body = json!({ "Projects": [{ "PropertySid": "PR1" }], "TotalCount": 9, "NextPageToken": "abc" });
    let server = Scripted::responses(vec![whole("200 OK", body.to_string())]).await;
    let page = server
        .client()
        .list_projects(&ListProjectsQuery::default())
        .await
        .unwrap();
    assert_eq!(
        (page.total_count, page.next_page_token.as_deref()),
        (Some(9), Some("abc"))
    );

    let body = json!({ "OnlineLogins": [], "NextPageToken": "abc" });
    let server = Scripted::responses(vec![whole("200 OK", body.to_string())]).await;
    let page = server
        .client()
        .list_online_logins(&ListOnlineLoginsQuery::default())
        .await
        .unwrap();
    assert_eq!(page.next_page_token.as_deref(), Some("abc"));
}

#[tokio::test]
async fn every_list_of_the_document_is_a_stream() {
    let server = Scripted::responses(vec![whole("200 OK", "{}")]).await;
    let client = server.client();
    assert!(
        client
            .list_property_calls_stream("PR1", &Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_account_calls_stream("AC1", &Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_property_numbers_stream("PR1", &Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_account_numbers_stream("AC1", &Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_flows_stream("PR1", &Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_addresses_stream("AC1", &Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_projects_stream(&Default::default())
            .next()
            .await
            .is_none()
    );
    assert!(
        client
            .list_online_logins_stream(&Default::default())
            .next()
            .await
            .is_none()
    );
    let query = FindMessagesQuery::new(1, 2);
    assert!(client.find_messages_stream("PR1", &query).next().await.is_none());
    assert_eq!(server.lines().len(), 9);
}

#[tokio::test]
async fn lists_are_read_with_and_without_an_object_around_them() {
    let bare = whole("200 OK", r#"[{"AddressSid":"AD1"}]"#);
    let wrapped = whole("200 OK", r#"{"Results":[{"MessageSid":"MG1"}]}"#);
    let server = Scripted::responses(vec![bare.clone(), bare, wrapped]).await;
    let client = server.client();

    let page = client
        .list_addresses("AC1", &ListAddressesQuery::default())
        .await
        .unwrap();
    assert_eq!(page.addresses[0].address_sid.as_deref(), Some("AD1"));
    assert_eq!(page.body().as_ref(), br#"[{"AddressSid":"AD1"}]"#);

    let first = client
        .list_addresses_stream("AC1", &ListAddressesQuery::default())
        .next()
        .await
        .unwrap();
    assert_eq!(first.unwrap().address_sid.as_deref(), Some("AD1"));

    let batch = NewMessageBatch::new([]);
    let entries = client.send_message_batch("PR1", &batch).await.unwrap();
    assert_eq!(entries[0].message_sid.as_deref(), Some("MG1"));
}
