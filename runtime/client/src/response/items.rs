//! A list, page by page, as one stream of items. Knows neither the names of parameters nor any list.

use std::{
    fmt, future,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::{FusedStream, Stream};

use crate::{Defect, Error, ResponseValue, Unreadable};

type Page<T, E> = Result<ResponseValue<Vec<T>>, Error<E>>;
type Fetched<T, E> = Pin<Box<dyn Future<Output = Page<T, E>> + Send>>;

/// All items of a list, one after the other. Pages are fetched when their first item is asked for.
///
/// The list ends at an empty page, and at one that is shorter than the first page. The first page itself may
/// be shorter than asked for and not be the last, because a server may have a limit of its own; so a list of
/// one page takes two requests. Items that come or go while the list is read can shift the pages: then an
/// item can be seen twice or not at all, as with every list that is read by position.
///
/// A failure comes after all items of the pages before it, once, and ends the stream. So does a page that is
/// the same as the one before it ([`Defect::SamePage`]): the server passes over nothing, and going on would
/// never end.
///
/// It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<T, E> {
    fetch: Box<dyn FnMut(Option<i64>) -> Fetched<T, E> + Send>,
    waiting: Option<Fetched<T, E>>,
    ready: vec::IntoIter<T>,
    /// The page that `ready` came from.
    last: Vec<T>,
    /// How many items the first page had.
    full: Option<usize>,
    /// Where the next page begins; nothing where the first page begins by itself.
    skip: Option<i64>,
    rest: Rest<E>,
}

/// What comes after the items that are ready.
enum Rest<E> {
    Pages,
    Failure(Error<E>),
    Nothing,
}

// Nothing is pinned in place: futures are in boxes of their own.
impl<T, E> Unpin for Items<T, E> {}

impl<T, E> Items<T, E> {
    /// Reads a list from an offset on, or from where it begins by itself. `fetch` gets the page that begins
    /// at an offset.
    pub fn new<F>(skip: Option<i64>, mut fetch: impl FnMut(Option<i64>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Page<T, E>> + Send + 'static,
    {
        Self {
            fetch: Box::new(move |skip| Box::pin(fetch(skip))),
            waiting: None,
            ready: Vec::new().into_iter(),
            last: Vec::new(),
            full: None,
            skip,
            rest: Rest::Pages,
        }
    }
}

impl<T: Clone + PartialEq, E> Items<T, E> {
    /// The next item, or the failure in its place; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn take(&mut self, page: Page<T, E>) {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                self.rest = Rest::Failure(error);
                return;
            }
        };
        let length = page.len();
        let full = *self.full.get_or_insert(length);
        if length == 0 {
            self.rest = Rest::Nothing;
            return;
        }
        if *page == self.last {
            let (status, headers, body) = (page.status(), page.headers().clone(), page.body().clone());
            let answer = Unreadable::new(status, headers, body, Defect::SamePage).sent(page.dispatch());
            self.rest = Rest::Failure(Error::Unreadable(Box::new(answer)));
            return;
        }
        let passed = i64::try_from(length).unwrap_or(i64::MAX);
        self.skip = self.skip.unwrap_or_default().checked_add(passed);
        if length < full || self.skip.is_none() {
            self.rest = Rest::Nothing;
        }
        self.last = page.into_inner();
        self.ready = self.last.clone().into_iter();
    }
}

impl<T: Clone + PartialEq, E> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut this.rest, Rest::Nothing) {
                Rest::Pages => this.rest = Rest::Pages,
                Rest::Failure(error) => return Poll::Ready(Some(Err(error))),
                Rest::Nothing => return Poll::Ready(None),
            }
            let (fetch, skip) = (&mut this.fetch, this.skip);
            let waiting = this.waiting.get_or_insert_with(|| fetch(skip));
            let page = ready!(waiting.as_mut().poll(context));
            this.waiting = None;
            this.take(page);
        }
    }
}

impl<T: Clone + PartialEq, E> FusedStream for Items<T, E> {
    fn is_terminated(&self) -> bool {
        self.ready.len() == 0 && matches!(self.rest, Rest::Nothing)
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
