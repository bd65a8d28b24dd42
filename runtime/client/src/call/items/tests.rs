//! What a stream of items is to other crates. How it pages is tested with generated clients.

use std::{future, pin::Pin};

use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use reqwest::{StatusCode, header::HeaderMap};

use crate::testing::sample::Refusal;
use crate::{Error, Items, ResponseValue};

/// A page whose body is its items.
fn page(items: Vec<i64>) -> ResponseValue<Vec<i64>> {
    let body = Bytes::from(format!("{items:?}"));
    ResponseValue::new(items, StatusCode::OK, HeaderMap::new(), body)
}

fn numbers(total: i64) -> Items<i64, Refusal> {
    Items::new(None, (), move |(), skip| async move {
        let skip = skip.unwrap_or_default();
        Ok(page((skip..total.min(skip.saturating_add(2))).collect()))
    })
}

#[tokio::test]
async fn items_are_a_stream_that_can_be_spawned_and_moved() {
    fn check<S: Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let mut items = check(numbers(3));
    let mut found = Vec::new();
    while let Some(item) = future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        found.push(item.unwrap());
    }
    assert_eq!(found, [0, 1, 2]);
    assert_eq!(format!("{items:?}"), "Items { ready: 0, skip: Some(3), .. }");
}

#[tokio::test]
async fn stream_is_terminated_after_its_last_item_or_error_and_not_before() {
    let mut items = numbers(2);
    for expected in [0, 1] {
        assert!(!items.is_terminated());
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    assert!(!items.is_terminated(), "a page of full size may not be the last");
    assert!(items.next().await.is_none());
    assert!(items.is_terminated());

    let mut items = Items::<i64, Refusal>::new(None, (), |(), _| async {
        Err(Error::InvalidRequest("no".to_owned()))
    });
    assert!(!items.is_terminated());
    items.next().await.unwrap().unwrap_err();
    assert!(items.is_terminated() && items.next().await.is_none());
}

#[tokio::test]
async fn page_is_requested_once_although_the_caller_gave_up_waiting() {
    let mut items = Items::<i64, Refusal>::new(None, (), |(), skip| async move {
        tokio::task::yield_now().await;
        Ok(page(if skip.is_none() { vec![7] } else { vec![] }))
    });
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
    let mut items = Items::<i64, Refusal>::new(Some(i64::MAX), (), |(), skip| async move {
        assert_eq!(skip, Some(i64::MAX));
        Ok(page(vec![1, 2]))
    });
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
}
