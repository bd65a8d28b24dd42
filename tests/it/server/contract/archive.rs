//! A server of the invented API with every kind of constraint. Its handlers do what the number of the shelf
//! says; what reaches them has been checked.

use std::collections::BTreeMap;
use std::time::Duration;

use archive_server::types::{
    AddReaderQuery, BindBookQuery, Binding, Book, Books, Code, CommaList, ListBooksQuery, Loan, NewBook,
    NewReader, Reader, ReaderChanges,
};
use archive_server::{
    Api, BasicOrBearer, Context, Failure, HandlerResult, Operation, Refusal, Success, codes, operations,
};

use super::cases::CANARY;
use super::oracle::{self, Expected};

/// The shelves with which a handler does something else than it is asked for: the operation, the number, and the code
/// of the response.
pub(super) const SHELVES: [(&str, i64, &str); 9] = [
    ("addBook", FAILS, "BROKEN"),
    ("addBook", PANICS, "BROKEN"),
    ("addBook", 98, "NO_SHELF"),
    ("addBook", 99, "SHELF_FULL"),
    ("lendShelf", FAILS, "BROKEN"),
    ("lendShelf", NOWHERE, "BROKEN"),
    ("lendShelf", 98, "SHELF_LENT"),
    ("lendShelf", BUSY, "SLOW_DOWN"),
    ("remindReader", 98, "NO_LOAN"),
];

/// The shelf with which a handler forgets the `Location`.
const NOWHERE: i64 = 95;
/// The shelf with which a handler fails.
pub(super) const FAILS: i64 = 96;
/// The shelf with which a handler panics.
pub(super) const PANICS: i64 = 97;
/// The shelf that is asked for too often.
pub(super) const BUSY: i64 = 99;

pub(super) struct Archive;

impl Api for Archive {
    type Caller = ();

    async fn authenticate(&self, caller: BasicOrBearer, _: &'static Operation) -> Result<(), Refusal> {
        match caller {
            BasicOrBearer::Bearer(token) if token.is("c2VjcmV0") => Ok(()),
            BasicOrBearer::Basic(caller) if caller.password_is("secret") => match caller.user() {
                "AC1" => Ok(()),
                "AC2" => Err(Refusal::Forbidden),
                _ => Err(Refusal::Unauthorized),
            },
            _ => Err(Refusal::Unauthorized),
        }
    }

    async fn add_book(
        &self,
        _: Context<()>,
        shelf: i64,
        _: archive_server::types::AddBookQuery,
        _: Option<i64>,
        origin: String,
        body: NewBook,
    ) -> HandlerResult<Book, operations::AddBook> {
        match shelf {
            FAILS => Err(std::io::Error::other(CANARY))?,
            PANICS => panic!("{CANARY} {origin}"),
            98 => Err(Failure::at(codes::NoShelf, "Shelf")),
            99 => Err(Failure::try_new(Code::ShelfFull)?),
            _ => {
                let isbn = body.isbn.unwrap_or("0141439580".to_owned());
                Ok(Book::new(isbn, body.title).genre(body.genre))
            }
        }
    }

    async fn list_books(
        &self,
        _: Context<()>,
        _: ListBooksQuery,
    ) -> HandlerResult<Books, operations::ListBooks> {
        Ok(Books(vec![]))
    }

    async fn add_reader(
        &self,
        _: Context<()>,
        _: AddReaderQuery,
        _: Option<String>,
        body: NewReader,
    ) -> HandlerResult<Reader, operations::AddReader> {
        Ok(Reader::new(body.name, body.guardian, body.labels).nickname(body.nickname))
    }

    async fn change_reader(
        &self,
        _: Context<()>,
        reader: String,
        body: ReaderChanges,
    ) -> HandlerResult<Reader, operations::ChangeReader> {
        Ok(Reader::new(reader, None, BTreeMap::<String, String>::new()).nickname(body.nickname))
    }

    async fn lend_book(
        &self,
        _: Context<()>,
        readers: CommaList<String>,
        _: Option<CommaList<i64>>,
        _: Option<Loan>,
    ) -> HandlerResult<Book, operations::LendBook> {
        assert!(readers.iter().all(|reader| reader == reader.trim()), "{readers}");
        Ok(Book::new("0141439580", readers.to_string()))
    }

    async fn bind_book(
        &self,
        _: Context<()>,
        _: i64,
        _: i64,
        _: BindBookQuery,
        _: Option<String>,
        body: Binding,
    ) -> HandlerResult<Binding, operations::BindBook> {
        Ok(body)
    }

    async fn remove_book(&self, _: Context<()>, isbn: String) -> HandlerResult<(), operations::RemoveBook> {
        assert!(isbn.starts_with('#') && isbn.len() == 11, "{isbn}");
        Ok(())
    }

    async fn lend_shelf(
        &self,
        _: Context<()>,
        shelf: i64,
        body: Loan,
    ) -> HandlerResult<Success<Loan>, operations::LendShelf> {
        match shelf {
            NOWHERE => Ok(Success::new(body)),
            FAILS => Ok(Success::new(body).location(format!("/loans/\n{CANARY}"))),
            98 => Err(Failure::new(codes::ShelfLent)),
            BUSY => Err(Failure::new(codes::SlowDown).retry_after(Duration::from_millis(6500))),
            _ => Ok(Success::new(body).location(format!("/loans/{shelf}"))),
        }
    }

    async fn remind_reader(
        &self,
        _: Context<()>,
        shelf: i64,
    ) -> HandlerResult<Success<()>, operations::RemindReader> {
        match shelf {
            98 => Err(Failure::at(codes::NoLoan, "Shelf")),
            _ => Ok(Success::new(()).retry_after(Duration::from_secs(60))),
        }
    }
}

/// What the handlers make of a request that was accepted.
pub(super) fn handled(expected: Expected, path: &str) -> Expected {
    let Expected::Success { operation } = &expected else {
        return expected;
    };
    let shelf = path
        .split('/')
        .nth(2)
        .and_then(|segment| segment.parse::<i64>().ok());
    let found = SHELVES
        .iter()
        .find(|(of, number, _)| operation == of && shelf == Some(*number));
    match found {
        Some((_, _, code)) => Expected::Failure(oracle::Failure {
            operation: Some(operation.clone()),
            code: (*code).to_owned(),
            fields: code
                .starts_with("NO_")
                .then(|| "Shelf".to_owned())
                .into_iter()
                .collect(),
            allow: Vec::new(),
        }),
        None => expected,
    }
}
