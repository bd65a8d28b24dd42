//! Calls: what lists give, and how calls come in.

use std::time::Duration;

use fonedynamics_client::types::{Call, Disposition, ListAccountCallsQuery, ListPropertyCallsQuery};
use fonedynamics_client::{Client, Error};
use fonedynamics_sandbox::Sandbox;

use super::callers::{
    ACCOUNT, CLINIC, NOTHING, OTHER_ACCOUNT, OTHER_PROJECT, SHOP, account, assert_alike, failure, login,
};

/// The two calls of the document's examples.
const ANSWERED: &str = "Y324JMC9ZH61EP2EDTQ6OTXQT65I4Q09";
const UNANSWERED: &str = "0B4XV6G5FVARZ8O8GQLAEM5NWBSM0KZG";
/// The first call that comes in, five minutes after the start.
const NEXT: &str = "XCYQHPXZER68GGYWTK3TX62KT1I8K3U7";
const OF_OTHER_TENANT: &str = "WFI7MCENEZJ1JQ29X1SL59FG8P2RRNXK";

const HOUR: Duration = Duration::from_secs(3600);

/// The calls of a page of the first project, and the token of the response.
async fn listed(client: &Client, query: &ListPropertyCallsQuery) -> (Vec<Call>, String) {
    let page = client
        .list_property_calls(SHOP, query)
        .await
        .unwrap()
        .into_inner();
    let token = page.extra["Token"].as_str().unwrap().to_owned();
    (page.calls, token)
}

fn text<'a>(call: &'a Call, name: &str) -> &'a str {
    call.extra
        .get(name)
        .and_then(|value| value.as_str())
        .unwrap_or_default()
}

fn begins(call: &Call) -> i64 {
    call.extra["DateStart"].as_i64().unwrap()
}

#[tokio::test]
async fn calls_are_filtered_as_the_document_says() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let query = ListPropertyCallsQuery::default;
    let (all, _) = listed(&client, &query()).await;
    assert_eq!(all.len(), 32);
    let is_of = |call: &Call, name: &str, values: &[&str]| values.contains(&text(call, name));
    let middle = begins(&all[10]);
    let later = begins(&all[20]);
    type Passes<'a> = Box<dyn Fn(&Call) -> bool + 'a>;
    let cases: Vec<(ListPropertyCallsQuery, Passes<'_>)> = vec![
        (query().date_from(middle), Box::new(|call| begins(call) >= middle)),
        (query().date_to(middle), Box::new(|call| begins(call) < middle)),
        (
            query().date_from(middle).date_to(later),
            Box::new(|call| (middle..later).contains(&begins(call))),
        ),
        (
            query().disposition([Disposition::Busy, Disposition::Failed]),
            Box::new(|call| is_of(call, "Disposition", &["Busy", "Failed"])),
        ),
        (
            query().to(["+611800975707".to_owned()]),
            Box::new(|call| is_of(call, "To", &["+611800975707"])),
        ),
        (
            query().endpoint(["+61491570159".to_owned(), NOTHING.to_owned()]),
            Box::new(|call| is_of(call, "Endpoint", &["+61491570159"])),
        ),
        (
            query().attribution_source(["catalogue".to_owned()]),
            Box::new(|call| is_of(call, "Attribution_Source", &["catalogue"])),
        ),
        (
            query().attribution_medium(["print".to_owned()]),
            Box::new(|call| is_of(call, "Attribution_Medium", &["print"])),
        ),
        (
            query().attribution_campaign(["spring".to_owned()]),
            Box::new(|call| is_of(call, "Attribution_Campaign", &["spring"])),
        ),
        (
            query().attribution_content(["back cover".to_owned()]),
            Box::new(|call| is_of(call, "Attribution_Content", &["back cover"])),
        ),
        (
            query().prompts_keys("1,2;3,5"),
            Box::new(|call| is_of(call, "Prompts_keys", &["1,2", "3,5"])),
        ),
        // What was pressed afterwards does not matter.
        (
            query().prompts_keys("1"),
            Box::new(|call| is_of(call, "Prompts_keys", &["1", "1,1", "1,2"])),
        ),
        (
            query()
                .to(["+611800975707".to_owned()])
                .disposition([Disposition::Answered])
                .date_from(middle),
            Box::new(|call| {
                begins(call) >= middle
                    && is_of(call, "To", &["+611800975707"])
                    && is_of(call, "Disposition", &["Answered"])
            }),
        ),
    ];
    for (query, passes) in cases {
        let expected: Vec<_> = all.iter().filter(|call| passes(call)).cloned().collect();
        assert!(
            (1..all.len()).contains(&expected.len()),
            "{query:?} gives {}",
            expected.len()
        );
        assert_eq!(listed(&client, &query).await.0, expected, "{query:?}");
    }

    let first_of_caller = |(position, call): &(usize, &Call)| {
        !all[..*position]
            .iter()
            .any(|earlier| text(earlier, "From") == text(call, "From"))
    };
    let first: Vec<_> = all
        .iter()
        .enumerate()
        .filter(first_of_caller)
        .map(|(_, call)| call.clone())
        .collect();
    assert!(first.len() < all.len());
    assert_eq!(listed(&client, &query().unique("First")).await.0, first);
    assert_eq!(listed(&client, &query().unique("All")).await.0, all);
    for nothing in [
        query().date_from(later).date_to(middle),
        query().attribution_source(["radio".to_owned()]),
        query().prompts_keys("1,2,1"),
    ] {
        assert_eq!(listed(&client, &nothing).await.0, [], "{nothing:?}");
    }
}

#[tokio::test]
async fn calls_are_listed_earliest_first_and_paged() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let (all, _) = listed(&client, &ListPropertyCallsQuery::default()).await;
    assert!(all.is_sorted_by_key(begins));
    let mut paged = Vec::new();
    for skip in (0..40).step_by(10) {
        let query = ListPropertyCallsQuery::default()
            .results_count(10)
            .results_skip(skip);
        paged.extend(listed(&client, &query).await.0);
    }
    assert_eq!(paged, all);
    let none = ListPropertyCallsQuery::default().results_count(0);
    assert_eq!(listed(&client, &none).await.0, []);

    let mut streamed =
        client.list_property_calls_stream(SHOP, &ListPropertyCallsQuery::default().results_count(7));
    let mut items = Vec::new();
    while let Some(item) = streamed.next().await {
        items.push(item.unwrap());
    }
    assert_eq!(items, all);
}

#[tokio::test]
async fn the_list_of_an_account_has_the_calls_of_all_projects_that_the_caller_sees() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let query = ListPropertyCallsQuery::default();
    let (of_shop, _) = listed(&client, &query).await;
    let of_clinic = client
        .list_property_calls(CLINIC, &query)
        .await
        .unwrap()
        .into_inner()
        .calls;
    let query = ListAccountCallsQuery::default;
    let of_account = client
        .list_account_calls(ACCOUNT, &query())
        .await
        .unwrap()
        .into_inner()
        .calls;
    assert!(of_account.is_sorted_by_key(begins));
    let mut expected = [of_shop.clone(), of_clinic.clone()].concat();
    expected.sort_by_key(begins);
    assert_eq!(of_account, expected);

    let searched = query().attribution_source(["search".to_owned()]).results_skip(1);
    let found = client
        .list_account_calls(ACCOUNT, &searched)
        .await
        .unwrap()
        .into_inner()
        .calls;
    assert_eq!(found, of_clinic[1..]);

    // Robin may read in the first project only.
    let robin = login(&sandbox, "robin@example.com", "robin-password");
    let seen = robin
        .list_account_calls(ACCOUNT, &query())
        .await
        .unwrap()
        .into_inner()
        .calls;
    assert_eq!(seen, of_shop);
    let hidden = of_clinic[0].call_sid.as_deref().unwrap();
    assert_alike(
        "CALL_NOT_FOUND at CallSid",
        robin.get_call(NOTHING).await,
        robin.get_call(hidden).await,
    );
}

#[tokio::test]
async fn calls_come_in_as_the_clock_moves() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let query = ListPropertyCallsQuery::default();
    let (before, _) = listed(&client, &query).await;
    assert_alike(
        "CALL_NOT_FOUND at CallSid",
        client.get_call(NOTHING).await,
        client.get_call(NEXT).await,
    );

    sandbox.advance(Duration::from_secs(300));
    let (after, _) = listed(&client, &query).await;
    assert_eq!(after[..before.len()], before);
    let [next] = &after[before.len()..] else {
        panic!("one call came in: {:?}", &after[before.len()..]);
    };
    assert_eq!(next.call_sid.as_deref(), Some(NEXT));
    assert_eq!(client.get_call(NEXT).await.unwrap().into_inner(), *next);
}

#[tokio::test]
async fn a_token_gives_each_call_once_however_the_list_grows() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let (mut seen, mut token) = listed(&client, &ListPropertyCallsQuery::default()).await;
    let mut arrivals = 0;
    for _ in 0..50 {
        sandbox.advance(HOUR);
        // The dates are not regarded: they would let nothing pass.
        let query = ListPropertyCallsQuery::default()
            .token(&token)
            .date_from(9_999_999_999)
            .date_to(1);
        let (new, next) = listed(&client, &query).await;
        arrivals += usize::from(!new.is_empty());
        seen.extend(new);
        token = next;
    }
    assert!(arrivals >= 4, "{arrivals}");
    let (all, _) = listed(&client, &ListPropertyCallsQuery::default()).await;
    assert_eq!(seen, all);
}

#[tokio::test]
async fn calls_since_a_token_are_filtered_and_paged_too() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let (before, token) = listed(&client, &ListPropertyCallsQuery::default()).await;
    sandbox.advance(50 * HOUR);
    let (all, _) = listed(&client, &ListPropertyCallsQuery::default()).await;
    let new = &all[before.len()..];
    let since = || ListPropertyCallsQuery::default().token(&token);
    assert_eq!(listed(&client, &since()).await.0, new);
    assert_eq!(
        listed(&client, &since().results_count(1).results_skip(2)).await.0,
        new[2..3]
    );
    let to = "+611800975707".to_owned();
    let expected: Vec<_> = new
        .iter()
        .filter(|call| text(call, "To") == to)
        .cloned()
        .collect();
    assert!((1..new.len()).contains(&expected.len()));
    assert_eq!(listed(&client, &since().to([to])).await.0, expected);
}

#[tokio::test]
async fn what_is_no_token_is_invalid() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    let of_account = |token: &str| ListAccountCallsQuery::default().token(token);
    for wrong in [
        "",
        "T",
        NOTHING,
        ANSWERED,
        "T+000000000000000000000001772000",
        "T9999999999999999999999999999999",
    ] {
        let query = ListPropertyCallsQuery::default().token(wrong);
        let invalid = "PARAMETER_INVALID at Token";
        assert_eq!(
            failure(client.list_property_calls(SHOP, &query).await),
            invalid,
            "{wrong}"
        );
        assert_eq!(
            failure(client.list_account_calls(ACCOUNT, &of_account(wrong)).await),
            invalid,
            "{wrong}"
        );
    }
    // What is invalid comes before what is not found.
    let query = ListPropertyCallsQuery::default().token("T");
    let refused = client.list_property_calls(NOTHING, &query).await;
    assert_eq!(failure(refused), "PARAMETER_INVALID at Token");
    // The token of one list is good for any other.
    let (_, token) = listed(&client, &ListPropertyCallsQuery::default()).await;
    let page = client
        .list_account_calls(ACCOUNT, &of_account(&token))
        .await
        .unwrap();
    assert_eq!(page.calls, []);
}

#[tokio::test]
async fn another_tenants_call_answers_exactly_as_a_missing_one() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.unwrap();
    let client = account(&sandbox);
    assert_alike(
        "CALL_NOT_FOUND at CallSid",
        client.get_call(NOTHING).await,
        client.get_call(OF_OTHER_TENANT).await,
    );
    let query = ListPropertyCallsQuery::default();
    assert_alike(
        "PROPERTY_NOT_FOUND at PropertySid",
        client.list_property_calls(NOTHING, &query).await,
        client.list_property_calls(OTHER_PROJECT, &query).await,
    );
    let query = ListAccountCallsQuery::default();
    assert_alike(
        "ACCOUNT_NOT_FOUND at AccountSid",
        client.list_account_calls(NOTHING, &query).await,
        client.list_account_calls(OTHER_ACCOUNT, &query).await,
    );
    let other = login(&sandbox, OTHER_ACCOUNT, "other-sandbox-token");
    assert_eq!(
        text(&*other.get_call(OF_OTHER_TENANT).await?, "Disposition"),
        "Answered"
    );
    for (call, disposition) in [(ANSWERED, "Answered"), (UNANSWERED, "NoAnswer")] {
        assert_eq!(text(&*client.get_call(call).await?, "Disposition"), disposition);
    }
    Ok(())
}
