//! A list as one stream of items. Decides nothing about its pages.

use std::{
    fmt, future,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::{FusedStream, Stream};

use super::Pages;
use crate::error::Error;

/// All items of a list, one after the other: those of its [`Pages`], which say where it ends. An error comes after
/// all items of the pages before it.
///
/// It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is sent until an item is polled"]
pub struct Items<T, E> {
    pages: Pages<Vec<T>, T, E>,
    ready: vec::IntoIter<T>,
}

// Nothing is pinned in place.
impl<T, E> Unpin for Items<T, E> {}

impl<T, E> Items<T, E> {
    pub(super) fn new(pages: Pages<Vec<T>, T, E>) -> Self {
        Self {
            pages,
            ready: Vec::new().into_iter(),
        }
    }

    /// How many pages are read at most; see [`Pages::max_pages`].
    pub fn max_pages(mut self, max_pages: usize) -> Self {
        self.pages = self.pages.max_pages(max_pages);
        self
    }

    /// The offset behind the last item that was given, to go on from there later. `None` before the first item,
    /// where no offset was set. Behind items that are [misfits](crate::ResponseValue::misfits), it may lead to some
    /// that were given.
    #[must_use]
    pub fn position(&self) -> Option<i64> {
        let ready = i64::try_from(self.ready.len()).ok()?;
        Some(self.pages.position()?.saturating_sub(ready))
    }
}

impl<T: Clone + PartialEq, E> Items<T, E> {
    /// The next item, or the error in its place; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Clone + PartialEq, E> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.ready = page.into_inner().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Clone + PartialEq, E> FusedStream for Items<T, E> {
    fn is_terminated(&self) -> bool {
        self.ready.len() == 0 && self.pages.is_terminated()
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("ready", &self.ready.len())
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
