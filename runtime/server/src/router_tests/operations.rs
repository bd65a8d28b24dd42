//! Operations in the generated style, and a server that implements some of them.

use std::collections::BTreeMap;

use crate::codegen::{
    self, Arc, Context, Credentials, Method, Operation, Path, Refusal, Response, Value, check,
};

use super::contract::{
    Answer, Code, Cover, ErrorResponse, Failure, FindBooksQuery, NewBook, NotAllowed, ShelfNotFound, Stranger,
};

type Violations = codegen::Violations<ErrorResponse>;

static ADD_BOOK: Operation = Operation {
    id: "addBook",
    method: Method::Post,
    path: "/shelves/{ShelfId}/books",
    success: 200,
    secured: true,
    codes: &["NOT_ALLOWED", "SHELF_NOT_FOUND", "STRANGER"],
};

static FIND_BOOKS: Operation = Operation {
    id: "findBooks",
    method: Method::Get,
    path: "/books/{Isbn}",
    success: 200,
    secured: true,
    codes: &[],
};

static REMOVE_BOOK: Operation = Operation {
    id: "removeBook",
    method: Method::Delete,
    path: "/books/{Isbn}",
    success: 204,
    secured: false,
    codes: &[],
};

pub(crate) enum AddBook {}

impl codegen::Endpoint for AddBook {
    const OPERATION: &'static Operation = &ADD_BOOK;
}

impl codegen::Lists<NotAllowed> for AddBook {}
impl codegen::Lists<ShelfNotFound> for AddBook {}
impl codegen::Lists<Stranger> for AddBook {}

pub(crate) enum FindBooks {}

impl codegen::Endpoint for FindBooks {
    const OPERATION: &'static Operation = &FIND_BOOKS;
}

pub(crate) enum RemoveBook {}

impl codegen::Endpoint for RemoveBook {
    const OPERATION: &'static Operation = &REMOVE_BOOK;
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
    ) -> impl Future<Output = Answer<Value, AddBook>> + Send {
        let _ = (shelf_id, body);
        async move { Err(context.not_offered()) }
    }

    fn find_books(
        &self,
        context: Context<Self::Caller>,
        isbn: String,
        query: FindBooksQuery,
        language: Option<String>,
    ) -> impl Future<Output = Answer<String, FindBooks>> + Send {
        let _ = (isbn, query, language);
        async move { Err(context.not_offered()) }
    }

    fn remove_book(
        &self,
        context: Context<()>,
        isbn: String,
    ) -> impl Future<Output = Answer<(), RemoveBook>> + Send {
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

async fn add_book<A: Api>(api: Arc<A>, incoming: codegen::Incoming) -> Answer<Response, AddBook> {
    let (context, mut input) = incoming
        .admit(|credentials, operation| api.authenticate(credentials, operation))
        .await?;
    let body = input.json_body("application/json").await?;
    let mut violations = Violations::new();
    let shelf_id = input.path("ShelfId", None, &mut violations, codegen::unconstrained);
    let body = codegen::decode(&body, &mut violations, check_new_book);
    violations.finish()?;
    let answer = api.add_book(context, shelf_id?, body?).await?;
    if answer == "unserializable" {
        // A map whose keys are not text is what JSON cannot say.
        return codegen::json(&BTreeMap::from([(vec!["hunter2"], 1)]));
    }
    codegen::json(&answer)
}

async fn find_books<A: Api>(api: Arc<A>, incoming: codegen::Incoming) -> Answer<Response, FindBooks> {
    let (context, input) = incoming
        .admit(|credentials, operation| api.authenticate(credentials, operation))
        .await?;
    let mut violations = Violations::new();
    let isbn = input.path_with_prefix(
        "Isbn",
        "+",
        Some(Code::Isbn),
        &mut violations,
        |text: &String, at, violations| check::length(text, 2.., at, Some(Code::Isbn), violations),
    );
    let author = input.query(
        "Author",
        None,
        &mut violations,
        |text: &String, at, violations| check::length(text, ..=10, at, None, violations),
    );
    let since = input.required_query("Since", None, &mut violations, codegen::unconstrained);
    let cover = input.query(
        "Cover",
        Some(Code::UnknownCover),
        &mut violations,
        |cover: &Cover, at, violations| {
            check::known(cover, Cover::is_known, at, Some(Code::UnknownCover), violations);
        },
    );
    let language = input.header("Language", None, &mut violations, codegen::unconstrained);
    violations.finish()?;
    let query = FindBooksQuery {
        author: author?,
        since: since?,
        cover: cover?,
    };
    let answer = api.find_books(context, isbn?, query, language?).await?;
    codegen::json(&answer)
}

async fn remove_book<A: Api>(api: Arc<A>, incoming: codegen::Incoming) -> Answer<Response, RemoveBook> {
    let (context, input) = incoming.open();
    let mut violations = Violations::new();
    let isbn = input.path_with_prefix("Isbn", "+", None, &mut violations, codegen::unconstrained);
    violations.finish()?;
    api.remove_book(context, isbn?).await?;
    codegen::no_content()
}

fn check_new_book(value: &Value, at: &Path<'_>, violations: &mut Violations) {
    let Some(members) = check::object(value, at, None, violations) else {
        return;
    };
    check::required(members, at, "Title", violations, |value, at, violations| {
        let Some(text) = check::text(value, at, None, violations) else {
            return;
        };
        check::length(text, 2..=20, at, None, violations);
    });
    check::optional(members, at, "Cover", violations, |value, at, violations| {
        let Some(text) = check::text(value, at, Some(Code::UnknownCover), violations) else {
            return;
        };
        let cover = Cover::from(text);
        check::known(&cover, Cover::is_known, at, Some(Code::UnknownCover), violations);
    });
    check::optional(members, at, "Volume", violations, |value, at, violations| {
        check::integer(value, at, None, violations);
    });
    check::optional(members, at, "Authors", violations, |value, at, violations| {
        let Some(items) = check::list(value, at, None, violations) else {
            return;
        };
        check::each(items, at, violations, |value, at, violations| {
            let Some(members) = check::object(value, at, None, violations) else {
                return;
            };
            check::any_of(members, at, &[&["Name"], &["Key"]], violations);
        });
    });
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
    ) -> Answer<Value, AddBook> {
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
            "missing" => Err(Failure::at(ShelfNotFound, "ShelfId")),
            "challenges" => Err(Failure::new(Stranger)),
            "undeclared" => Err(Failure::try_new(Code::Isbn)?.message("hunter2")),
            "unserializable" => Ok("unserializable".into()),
            _ => Ok(format!(
                "{} by {} at {shelf_id}, {}, {:?}, {:?}",
                context.operation().id,
                context.caller,
                body.title,
                body.cover,
                body.volume
            )
            .into()),
        }
    }

    async fn find_books(
        &self,
        context: Context<String>,
        isbn: String,
        query: FindBooksQuery,
        language: Option<String>,
    ) -> Answer<String, FindBooks> {
        let _ = context
            .headers()
            .get("Authorization")
            .ok_or_else(|| Failure::internal("no header"))?;
        let FindBooksQuery { author, since, cover } = query;
        Ok(format!("{isbn} {author:?} {since} {cover:?} {language:?}"))
    }
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

    async fn remove_book(&self, _: Context<()>, isbn: String) -> Answer<(), RemoveBook> {
        assert_eq!(isbn, "+6131234567");
        Ok(())
    }
}
