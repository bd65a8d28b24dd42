//! A list, page by page, as one stream of items. Knows neither the parameters nor the members of any list.

use std::{
    fmt, future,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use bytes::Bytes;
use futures_core::{FusedStream, Stream};

use crate::{
    error::{Defect, Error, UnexpectedResponse},
    response::ResponseValue,
};

type Page<T, E> = Result<ResponseValue<Vec<T>>, Error<E>>;
type Fetched<T, E> = Pin<Box<dyn Future<Output = Page<T, E>> + Send>>;

/// All items of a list, one after the other. A page is requested when its first item is polled.
///
/// The list ends at an empty page, and at one that is shorter than the first page. The first page itself may
/// be shorter than requested and not be the last, because a server may have a limit of its own; so a list of
/// one page takes two requests. Items that are added or removed while the list is read can shift the pages:
/// then an item can be seen twice or not at all, as with every list that is read by offset.
///
/// An error comes after all items of the pages before it, once, and ends the stream. A page whose body is that
/// of the page before it is such an error ([`Defect::SamePage`]): the server ignores the offset, and the list
/// would never end.
///
/// It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is sent until an item is polled"]
pub struct Items<T, E> {
    fetch: Box<dyn FnMut(Option<i64>) -> Fetched<T, E> + Send>,
    pending: Option<Fetched<T, E>>,
    ready: vec::IntoIter<T>,
    /// The body of the page that `ready` came from.
    last: Option<Bytes>,
    /// How many items the first page had.
    full: Option<usize>,
    /// The offset of the next page; `None` leaves that of the first page to the server.
    skip: Option<i64>,
    rest: Rest<E>,
}

/// What comes after the items that are ready.
enum Rest<E> {
    Pages,
    Error(Error<E>),
    End,
}

// Nothing is pinned in place: futures are in boxes of their own.
impl<T, E> Unpin for Items<T, E> {}

impl<T, E> Items<T, E> {
    /// Reads a list from an offset on, or from where the server begins by itself. `fetch` requests the page
    /// at an offset; it gets a clone of `call`, which holds the client and the arguments.
    pub fn new<C, F>(
        skip: Option<i64>,
        call: C,
        mut fetch: impl FnMut(C, Option<i64>) -> F + Send + 'static,
    ) -> Self
    where
        C: Clone + Send + 'static,
        F: Future<Output = Page<T, E>> + Send + 'static,
    {
        Self {
            fetch: Box::new(move |skip| Box::pin(fetch(call.clone(), skip))),
            pending: None,
            ready: Vec::new().into_iter(),
            last: None,
            full: None,
            skip,
            rest: Rest::Pages,
        }
    }
}

impl<T, E> Items<T, E> {
    /// The next item, or the error in its place; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn take(&mut self, page: Page<T, E>) {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                self.rest = Rest::Error(error);
                return;
            }
        };
        let length = page.len() + page.missing_items();
        let full = *self.full.get_or_insert(length);
        if length == 0 {
            self.rest = Rest::End;
            return;
        }
        let (status, body) = (page.status(), page.body().clone());
        if self.last.as_ref() == Some(&body) {
            let same = UnexpectedResponse::new(status, page.headers().clone(), body, Defect::SamePage);
            let same = same.with_attempts(page.attempts_made());
            self.rest = Rest::Error(Error::UnexpectedResponse(Box::new(same)));
            return;
        }
        let read = i64::try_from(length).unwrap_or(i64::MAX);
        self.skip = self.skip.unwrap_or_default().checked_add(read);
        if length < full || self.skip.is_none() {
            self.rest = Rest::End;
        }
        self.last = Some(body);
        self.ready = page.into_inner().into_iter();
    }
}

impl<T, E> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut this.rest, Rest::End) {
                Rest::Pages => this.rest = Rest::Pages,
                Rest::Error(error) => return Poll::Ready(Some(Err(error))),
                Rest::End => return Poll::Ready(None),
            }
            let (fetch, skip) = (&mut this.fetch, this.skip);
            let pending = this.pending.get_or_insert_with(|| fetch(skip));
            let page = ready!(pending.as_mut().poll(context));
            this.pending = None;
            this.take(page);
        }
    }
}

impl<T, E> FusedStream for Items<T, E> {
    fn is_terminated(&self) -> bool {
        self.ready.len() == 0 && matches!(self.rest, Rest::End)
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("ready", &self.ready.len())
            .field("skip", &self.skip)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
