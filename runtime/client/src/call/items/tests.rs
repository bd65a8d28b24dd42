//! What a stream of items is to other crates. How it pages is tested with generated clients.

use std::{future, pin::Pin};

use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use reqwest::{StatusCode, header::HeaderMap};

use crate::testing::sample::Refusal;
use crate::{Defect, Error, Pages, ResponseValue};

type Page = Result<ResponseValue<Vec<i64>>, Error<Refusal>>;

fn page(items: Vec<i64>) -> Page {
    let (headers, body) = (HeaderMap::new(), Bytes::new());
    Ok(ResponseValue::new(items, StatusCode::OK, headers, body))
}

/// The list whose pages are what a function gives.
fn pages<F>(skip: Option<i64>, fetch: fn(Option<i64>) -> F) -> Pages<Vec<i64>, i64, Refusal>
where
    F: Future<Output = Page> + Send + 'static,
{
    Pages::new(skip, (), move |(), skip| fetch(skip), |page| page)
}

/// A list of three, two to a page.
fn numbers() -> Pages<Vec<i64>, i64, Refusal> {
    pages(None, |skip| async move {
        let skip = skip.unwrap_or_default();
        page((skip..3.min(skip.saturating_add(2))).collect())
    })
}

#[tokio::test]
async fn items_are_a_stream_that_can_be_spawned_and_moved() {
    fn check<S: Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let mut items = check(numbers().items());
    let mut found = Vec::new();
    while let Some(item) = future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        found.push(item.unwrap());
    }
    assert_eq!(found, [0, 1, 2]);
    assert_eq!(format!("{items:?}"), "Items { ready: 0, position: Some(3), .. }");
}

#[tokio::test]
async fn stream_is_terminated_after_its_last_item_or_error_and_not_before() {
    let mut items = pages(None, |skip| async move {
        page(if skip.is_none() { vec![0, 1] } else { vec![] })
    })
    .items();
    for expected in [0, 1] {
        assert!(!items.is_terminated());
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    assert!(!items.is_terminated(), "a page of full size may not be the last");
    assert!(items.next().await.is_none());
    assert!(items.is_terminated());

    let mut items = pages(None, |_| async { Err(Error::InvalidRequest("no".to_owned())) }).items();
    assert!(!items.is_terminated());
    items.next().await.unwrap().unwrap_err();
    assert!(items.is_terminated() && items.next().await.is_none());
}

#[tokio::test]
async fn page_is_requested_once_although_the_caller_gave_up_waiting() {
    let mut items = pages(None, |skip| async move {
        tokio::task::yield_now().await;
        page(if skip.is_none() { vec![7] } else { vec![] })
    })
    .items();
    // Polled once and given up, as by a timeout.
    let given_up = future::poll_fn(|context| {
        let next = std::pin::pin!(items.next());
        std::task::Poll::Ready(next.poll(context).is_pending())
    });
    assert!(given_up.await);
    assert_eq!(items.next().await.unwrap().unwrap(), 7);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn offset_that_would_overflow_ends_the_stream() {
    let mut items = pages(Some(i64::MAX), |skip| async move {
        assert_eq!(skip, Some(i64::MAX));
        page(vec![1, 2])
    })
    .items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn position_leads_back_to_what_was_not_given() {
    let failing = |skip| async move {
        match skip {
            Some(2) => Err(Error::InvalidRequest("no".to_owned())),
            _ => page(vec![0, 1]),
        }
    };
    let mut items = pages(None, failing).items();
    assert_eq!(items.position(), None);
    items.next().await.unwrap().unwrap();
    assert_eq!(items.position(), Some(1));
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap_err();
    assert_eq!(items.position(), Some(2));

    let mut pages = pages(None, failing);
    assert_eq!(*pages.next().await.unwrap().unwrap(), [0, 1]);
    pages.next().await.unwrap().unwrap_err();
    assert_eq!(pages.position(), Some(2));
}

#[tokio::test]
async fn list_without_an_end_ends_with_an_error() {
    let counting = |skip: Option<i64>| async move { page(vec![skip.unwrap_or_default()]) };
    let mut endless = pages(None, counting).max_pages(3).items();
    let mut given = 0;
    let error = loop {
        match endless.next().await.unwrap() {
            Ok(_) => given += 1,
            Err(Error::UnexpectedResponse(error)) => break error,
            Err(error) => panic!("{error}"),
        }
    };
    assert!(
        given == 3 && matches!(error.defect(), Defect::TooManyPages),
        "{error}"
    );
    assert!(numbers().max_pages(2).items().position().is_none());
    let mut enough = numbers().max_pages(2);
    assert!(enough.next().await.unwrap().is_ok() && enough.next().await.unwrap().is_ok());
    assert!(enough.next().await.is_none());
}
