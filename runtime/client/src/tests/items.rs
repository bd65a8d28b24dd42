//! What a stream of items is to other crates. How it pages is tested with generated clients.

use std::{future, pin::Pin};

use bytes::Bytes;
use futures_core::Stream;
use reqwest::{StatusCode, header::HeaderMap};

use super::sample::Refusal;
use crate::{Items, ResponseValue};

fn numbers(total: i64) -> Items<i64, Refusal> {
    Items::new(None, move |skip| async move {
        let skip = skip.unwrap_or_default();
        let page: Vec<i64> = (skip..total.min(skip.saturating_add(2))).collect();
        Ok(ResponseValue::new(
            page,
            StatusCode::OK,
            HeaderMap::new(),
            Bytes::new(),
        ))
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
async fn offset_that_would_overflow_ends_the_stream() {
    let mut items = Items::<i64, Refusal>::new(Some(i64::MAX), |skip| async move {
        assert_eq!(skip, Some(i64::MAX));
        let page = vec![1, 2];
        Ok(ResponseValue::new(
            page,
            StatusCode::OK,
            HeaderMap::new(),
            Bytes::new(),
        ))
    });
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
}
