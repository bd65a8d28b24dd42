//! A list, page by page. Knows neither the parameters nor the members of any list.

use std::{
    fmt, future, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::{FusedStream, Stream};

use super::Items;
use crate::{
    error::{Defect, Error, UnexpectedResponse},
    response::ResponseValue,
};

/// How many pages are read, unless set.
const MAX_PAGES: usize = 10_000;

type Page<P, E> = Result<ResponseValue<P>, Error<E>>;
type Fetched<P, E> = Pin<Box<dyn Future<Output = Page<P, E>> + Send>>;

/// The pages `P` of a list of `T`, one after the other. A page is requested when it is polled.
///
/// The list ends at an empty page, which is not given, and at one that is shorter than the first page. The first
/// page itself may be shorter than requested and not be the last, because a server may have a limit of its own; so
/// a list of one page takes two requests. Items that are added or removed while the list is read can shift the
/// pages: then an item can be seen twice or not at all, as with every list that is read by offset.
///
/// An error is given once and ends the stream; [`position`](Self::position) says where to go on. Two errors are no
/// failures of a call: a page with the items of the page before it ([`Defect::SamePage`]), because the server ignores
/// the offset, and a page too many ([`Defect::TooManyPages`]).
///
/// It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is sent until a page is polled"]
pub struct Pages<P, T, E> {
    fetch: Box<dyn FnMut(Option<i64>) -> Fetched<P, E> + Send>,
    items: fn(&mut P) -> &mut Vec<T>,
    pending: Option<Fetched<P, E>>,
    /// The items of the page before.
    last: Vec<T>,
    /// How many items the first page had.
    full: Option<usize>,
    /// The offset of the next page; `None` leaves that of the first page to the server.
    skip: Option<i64>,
    left: usize,
    rest: Rest,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rest {
    Pages,
    End,
}

// Nothing is pinned in place: futures are in boxes of their own.
impl<P, T, E> Unpin for Pages<P, T, E> {}

impl<P, T, E> Pages<P, T, E> {
    /// Reads a list from an offset on, or from where the server begins by itself. `fetch` requests the page
    /// at an offset; it gets a clone of `call`, which holds the client and the arguments. `items` finds the items of
    /// a page.
    pub fn new<C, F>(
        skip: Option<i64>,
        call: C,
        mut fetch: impl FnMut(C, Option<i64>) -> F + Send + 'static,
        items: fn(&mut P) -> &mut Vec<T>,
    ) -> Self
    where
        C: Clone + Send + 'static,
        F: Future<Output = Page<P, E>> + Send + 'static,
    {
        Self {
            fetch: Box::new(move |skip| Box::pin(fetch(call.clone(), skip))),
            items,
            pending: None,
            last: Vec::new(),
            full: None,
            skip,
            left: MAX_PAGES,
            rest: Rest::Pages,
        }
    }

    /// How many pages are read at most, 10,000 by default. If there are more, the last of them is followed by an
    /// error.
    pub fn max_pages(mut self, max_pages: usize) -> Self {
        self.left = max_pages;
        self
    }

    /// The offset behind the last page that was given, to go on from there later. `None` before the first page,
    /// where no offset was set.
    #[must_use]
    pub fn position(&self) -> Option<i64> {
        self.skip
    }
}

impl<P: 'static, T: Clone + PartialEq + 'static, E: 'static> Pages<P, T, E> {
    /// The items of the pages.
    pub fn items(self) -> Items<T, E> {
        let (mut fetch, items) = (self.fetch, self.items);
        let fetch = move |skip| -> Fetched<Vec<T>, E> {
            let page = fetch(skip);
            Box::pin(async move { Ok(page.await?.map(|mut page| mem::take(items(&mut page)))) })
        };
        Items::new(Pages {
            fetch: Box::new(fetch),
            items: |items| items,
            pending: None,
            last: self.last,
            full: self.full,
            skip: self.skip,
            left: self.left,
            rest: self.rest,
        })
    }
}

impl<P, T: Clone + PartialEq, E> Pages<P, T, E> {
    /// The next page, or the error in its place; `None` at the end.
    pub async fn next(&mut self) -> Option<Page<P, E>> {
        future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// What becomes of a page that arrived.
    fn take(&mut self, page: Page<P, E>) -> Option<Page<P, E>> {
        let mut page = match page {
            Ok(page) => page,
            failed => {
                self.rest = Rest::End;
                return Some(failed);
            }
        };
        let missing = page.missing_items();
        let items = (self.items)(page.value_mut());
        let length = items.len() + missing;
        if length == 0 {
            self.rest = Rest::End;
            return None;
        }
        let defect = match () {
            () if self.left == 0 => Some(Defect::TooManyPages),
            () if !items.is_empty() && *items == self.last => Some(Defect::SamePage),
            () => None,
        };
        if let Some(defect) = defect {
            self.rest = Rest::End;
            return Some(Err(Error::UnexpectedResponse(Box::new(UnexpectedResponse::of(
                &page, defect,
            )))));
        }
        self.last.clone_from(items);
        self.left -= 1;
        let read = i64::try_from(length).unwrap_or(i64::MAX);
        let next = self.skip.unwrap_or_default().checked_add(read);
        if length < *self.full.get_or_insert(length) || next.is_none() {
            self.rest = Rest::End;
        }
        self.skip = next.or(self.skip);
        Some(Ok(page))
    }
}

impl<P, T: Clone + PartialEq, E> Stream for Pages<P, T, E> {
    type Item = Page<P, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.rest == Rest::End {
            return Poll::Ready(None);
        }
        let (fetch, skip) = (&mut this.fetch, this.skip);
        let pending = this.pending.get_or_insert_with(|| fetch(skip));
        let page = ready!(pending.as_mut().poll(context));
        this.pending = None;
        Poll::Ready(this.take(page))
    }
}

impl<P, T: Clone + PartialEq, E> FusedStream for Pages<P, T, E> {
    fn is_terminated(&self) -> bool {
        self.rest == Rest::End
    }
}

impl<P, T, E> fmt::Debug for Pages<P, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("position", &self.skip)
            .field("rest", &self.rest)
            .finish_non_exhaustive()
    }
}
