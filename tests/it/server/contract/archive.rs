//! A server of the invented API with every kind of constraint. Its handlers do what the number of the shelf
//! says; what reaches them has been checked.

use archive_server::types::{
    BindBookQuery, Binding, Book, Books, Code, CommaList, ListBooksQuery, Loan, NewBook,
};
use archive_server::{
    Api, BasicOrBearer, Context, Failure, HandlerResult, Operation, Refusal, codes, operations,
};

use super::cases::CANARY;
use super::oracle::{self, Expected};

/// What a handler does with a shelf, beside putting books on it.
pub(super) const SHELVES: [(i64, &str, &str); 4] = [
    (96, "BROKEN", "fails"),
    (97, "BROKEN", "panics"),
    (98, "NO_SHELF", "is not there"),
    (99, "SHELF_FULL", "is full"),
];

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
            96 => Err(std::io::Error::other(CANARY))?,
            97 => panic!("{CANARY} {origin}"),
            98 => Err(Failure::at(codes::NoShelf, "Shelf")),
            99 => Err(Failure::try_new(Code::ShelfFull)?),
            _ => Ok(Book {
                isbn: body.isbn.unwrap_or("0141439580".to_owned()),
                title: body.title,
                genre: Some(body.genre),
            }),
        }
    }

    async fn list_books(
        &self,
        _: Context<()>,
        _: ListBooksQuery,
    ) -> HandlerResult<Books, operations::ListBooks> {
        Ok(Books(vec![]))
    }

    async fn lend_book(
        &self,
        _: Context<()>,
        readers: CommaList<String>,
        _: Option<CommaList<i64>>,
        _: Option<Loan>,
    ) -> HandlerResult<Book, operations::LendBook> {
        assert!(readers.iter().all(|reader| reader == reader.trim()), "{readers}");
        Ok(Book {
            isbn: "0141439580".to_owned(),
            title: readers.to_string(),
            genre: None,
        })
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
        .find(|(number, _, _)| operation == "addBook" && shelf == Some(*number));
    match found {
        Some((number, code, _)) => Expected::Failure(oracle::Failure {
            operation: Some(operation.clone()),
            code: (*code).to_owned(),
            fields: (*number == 98).then(|| "Shelf".to_owned()).into_iter().collect(),
            allow: Vec::new(),
        }),
        None => expected,
    }
}
