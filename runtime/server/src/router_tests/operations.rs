//! Operations in the generated style, and a server that implements some of them.

use std::time::Duration;

use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, DATE, ETAG, UPGRADE};
use axum::http::{HeaderName, HeaderValue};
use serde::{Serialize, Serializer};

use crate::codegen::{self, Method, Operation, check};
use crate::request::request_id;
use crate::{Context, Credentials, Refusal};

use super::contract::{Code, Cover, ErrorResponse, Failure, FindBooksQuery, HandlerResult, NewBook, codes};

type Call<A> = codegen::Call<A, ErrorResponse>;
type Checked<'a> = codegen::Checked<'a, ErrorResponse>;

static ADD_BOOK: Operation = Operation {
    id: "addBook",
    method: Method::POST,
    path: "/shelves/{ShelfId}/books",
    success: 200,
    secured: true,
    codes: AddBook::CODES,
    fields: &[],
};

static FIND_BOOKS: Operation = Operation {
    id: "findBooks",
    method: Method::GET,
    path: "/books/{Isbn}",
    success: 200,
    secured: true,
    codes: FindBooks::CODES,
    fields: &["Isbn", "Author", "Since", "Cover", "Language"],
};

static REMOVE_BOOK: Operation = Operation {
    id: "removeBook",
    method: Method::DELETE,
    path: "/books/{Isbn}",
    success: 204,
    secured: false,
    codes: RemoveBook::CODES,
    fields: &["Isbn"],
};

pub(crate) enum AddBook {}
pub(crate) enum FindBooks {}
pub(crate) enum RemoveBook {}

codegen::endpoint!(AddBook, ADD_BOOK, [NotAllowed, ShelfNotFound, UnknownCaller]);
codegen::endpoint!(FindBooks, FIND_BOOKS, [ShelfNotFound]);
codegen::endpoint!(RemoveBook, REMOVE_BOOK, []);

/// A book, or what JSON cannot say.
pub(super) enum Added {
    Book(String),
    Unserializable,
}

impl Serialize for Added {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Book(book) => serializer.serialize_str(book),
            // A map whose keys are no strings.
            Self::Unserializable => serializer.collect_map([(vec!["hunter2"], 1)]),
        }
    }
}

pub(super) trait Api: Send + Sync + 'static {
    type Caller: Clone + Send + Sync + 'static;

    fn authenticate(
        &self,
        credentials: Credentials,
        operation: &'static Operation,
    ) -> impl Future<Output = Result<Self::Caller, Refusal>> + Send;

    fn add_book(
        &self,
        context: Context<Self::Caller>,
        shelf_id: String,
        body: NewBook,
    ) -> impl Future<Output = HandlerResult<Added, AddBook>> + Send {
        let _ = (shelf_id, body);
        async move { Err(context.not_offered()) }
    }

    fn find_books(
        &self,
        context: Context<Self::Caller>,
        isbn: String,
        query: FindBooksQuery,
        language: Option<String>,
    ) -> impl Future<Output = HandlerResult<String, FindBooks>> + Send {
        let _ = (isbn, query, language);
        async move { Err(context.not_offered()) }
    }

    fn remove_book(
        &self,
        context: Context<()>,
        isbn: String,
    ) -> impl Future<Output = HandlerResult<(), RemoveBook>> + Send {
        let _ = isbn;
        async move { Err(context.not_offered()) }
    }
}

pub(super) fn routes<A: Api>(api: A) -> codegen::Routes<A, ErrorResponse> {
    codegen::Routes::new(api)
        .route(add_book::<A>)
        .route(find_books::<A>)
        .route(remove_book::<A>)
}

async fn add_book<A: Api>(mut call: Call<A>) -> HandlerResult<Added, AddBook> {
    let mut input = call.admit(A::authenticate).await?;
    input.read_json("application/json").await?;
    let shelf_id = input.path("ShelfId", check::string);
    let body = input.body(check_new_book);
    let context = input.finish()?;
    A::add_book(&call.api, context, shelf_id?, body?).await
}

async fn find_books<A: Api>(mut call: Call<A>) -> HandlerResult<String, FindBooks> {
    let mut input = call.admit(A::authenticate).await?;
    let isbn = input.path_with_prefix("Isbn", "+", |value| value.raises(Code::Isbn).string().length(2..));
    let author = input.query("Author", |value| value.string().length(..=10));
    let since = input.required_query("Since", check::integer);
    let cover = input.query("Cover", check_cover);
    let language = input.header("Language", check::string);
    let context = input.finish()?;
    let query = FindBooksQuery {
        author,
        since: since?,
        cover,
    };
    A::find_books(&call.api, context, isbn?, query, language).await
}

async fn remove_book<A: Api>(mut call: Call<A>) -> HandlerResult<(), RemoveBook> {
    let mut input = call.open();
    let isbn = input.path_with_prefix("Isbn", "+", check::string);
    let context = input.finish()?;
    A::remove_book(&call.api, context, isbn?).await
}

fn check_cover(value: Checked<'_>) -> Checked<'_> {
    value.raises(Code::UnknownCover).among(Cover::ALL)
}

fn check_author(value: Checked<'_>) -> Checked<'_> {
    value.object().any_of(&[&["Name"], &["Key"]])
}

fn check_new_book(value: Checked<'_>) -> Checked<'_> {
    value
        .object()
        .required("Title", |value| value.string().length(2..=20))
        .optional("Cover", check_cover)
        .optional("Volume", check::integer)
        .optional("Authors", |value| value.array().each(check_author))
}

/// Does what the name of the shelf says.
pub(super) struct Server;

#[derive(Debug)]
pub(super) struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("hunter2 is what the database said")
    }
}

impl std::error::Error for Broken {}

/// Panics whenever it is asked anything.
#[derive(Debug)]
pub(crate) struct Mute;

impl std::fmt::Display for Mute {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("hunter2")
    }
}

impl std::error::Error for Mute {}

/// An error without end: it is its own cause.
#[derive(Debug)]
struct Endless;

impl std::fmt::Display for Endless {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("again")
    }
}

impl std::error::Error for Endless {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self)
    }
}

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("hunter2");
    }
}

impl Api for Server {
    type Caller = String;

    async fn authenticate(
        &self,
        credentials: Credentials,
        operation: &'static Operation,
    ) -> Result<String, Refusal> {
        assert!(operation.secured);
        if !credentials.password_is("open sesame") {
            return Err(Refusal::Unauthorized);
        }
        match credentials.user() {
            "guest" => Err(Refusal::Forbidden),
            "broken" => Err(Broken)?,
            user => Ok(user.to_owned()),
        }
    }

    async fn add_book(
        &self,
        context: Context<String>,
        shelf_id: String,
        body: NewBook,
    ) -> HandlerResult<Added, AddBook> {
        match shelf_id.as_str() {
            "panics" => panic!("hunter2"),
            "sleeps" => std::future::pending().await,
            "fails" => Err(Broken)?,
            "fails without a word" => Err(Mute)?,
            "fails without end" => Err(Endless)?,
            "panics with a bomb" => std::panic::panic_any(Bomb),
            "sleeps on a bomb" => {
                let _bomb = Bomb;
                std::future::pending().await
            }
            "missing" => Err(Failure::at(codes::ShelfNotFound, "ShelfId")),
            "challenges" => Err(Failure::new(codes::UnknownCaller)),
            "is cached" => {
                set(&context, CACHE_CONTROL, "max-age=60");
                set(&context, CONTENT_TYPE, "text/plain");
                for name in [CONTENT_ENCODING, DATE, UPGRADE, request_id::NAME] {
                    set(&context, name, "forged");
                }
                Ok(Added::Book("a book".to_owned()))
            }
            "is no more cached" => {
                set(&context, ETAG, "\"1\"");
                let value = HeaderValue::from_static;
                let failure = Failure::at(codes::ShelfNotFound, "ShelfId");
                Err(failure
                    .header(CACHE_CONTROL, value("no-store"))
                    .header(CONTENT_TYPE, value("text/plain"))
                    .header(CONTENT_ENCODING, value("forged"))
                    .header(UPGRADE, value("forged"))
                    .header(request_id::NAME, value("forged")))
            }
            "waits" => Err(Failure::internal("hunter2").retry_after(Duration::from_millis(1500))),
            "undeclared" => Err(Failure::try_new(Code::Isbn)?.message("hunter2")),
            "unserializable" => Ok(Added::Unserializable),
            _ => Ok(Added::Book(format!(
                "{} by {} at {shelf_id}, {}, {:?}, {:?}",
                context.operation().id,
                context.caller,
                body.title,
                body.cover,
                body.volume
            ))),
        }
    }

    async fn find_books(
        &self,
        context: Context<String>,
        isbn: String,
        query: FindBooksQuery,
        language: Option<String>,
    ) -> HandlerResult<String, FindBooks> {
        let _ = context
            .headers()
            .get("Authorization")
            .ok_or_else(|| Failure::internal("no header"))?;
        let FindBooksQuery { author, since, cover } = query;
        Ok(format!("{isbn} {author:?} {since} {cover:?} {language:?}"))
    }
}

fn set(context: &Context<String>, name: HeaderName, value: &'static str) {
    context.set_header(name, HeaderValue::from_static(value));
}

/// Implements nothing beyond what the compiler asks for, and lets anyone in.
pub(super) struct Empty;

impl Api for Empty {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Ok(())
    }
}

/// Removes books.
pub(super) struct Remover;

impl Api for Remover {
    type Caller = ();

    async fn authenticate(&self, _: Credentials, _: &'static Operation) -> Result<(), Refusal> {
        Err(Refusal::Unauthorized)
    }

    async fn remove_book(&self, _: Context<()>, isbn: String) -> HandlerResult<(), RemoveBook> {
        assert_eq!(isbn, "+6131234567");
        Ok(())
    }
}
