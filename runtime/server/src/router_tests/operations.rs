//! Operations in the generated style, and a server that implements some of them.

use std::collections::BTreeMap;

use crate::codegen::{self, Arc, Context, Credentials, Method, Operation, Path, Refusal, Response, Value};

use super::contract::{Answer, Code, Cover, ErrorResponse, Failure, FindBooksQuery, NewBook};

type Violations = codegen::Violations<ErrorResponse>;

static ADD_BOOK: Operation = Operation {
    id: "addBook",
    method: Method::Post,
    path: "/shelves/{ShelfId}/books",
    success: 200,
    secured: true,
    codes: &["SHELF_NOT_FOUND", "STRANGER"],
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
    ) -> impl Future<Output = Answer<Value>> + Send {
        let _ = (shelf_id, body);
        async move { Err(context.not_offered()) }
    }

    fn find_books(
        &self,
        context: Context<Self::Caller>,
        isbn: String,
        query: FindBooksQuery,
        language: Option<String>,
    ) -> impl Future<Output = Answer<String>> + Send {
        let _ = (isbn, query, language);
        async move { Err(context.not_offered()) }
    }

    fn remove_book(&self, context: Context<()>, isbn: String) -> impl Future<Output = Answer<()>> + Send {
        let _ = isbn;
        async move { Err(context.not_offered()) }
    }
}

pub(super) fn routes<A: Api>(api: A) -> codegen::Routes<A, ErrorResponse> {
    codegen::Routes::new(api)
        .route(&ADD_BOOK, add_book::<A>)
        .route(&FIND_BOOKS, find_books::<A>)
        .route(&REMOVE_BOOK, remove_book::<A>)
}

async fn add_book<A: Api>(api: Arc<A>, incoming: codegen::Incoming) -> Result<Response, Failure> {
    let (context, mut input) = incoming
        .admit(|credentials, operation| api.authenticate(credentials, operation))
        .await?;
    let body = input.json_body("application/json").await?;
    let mut violations = Violations::new();
    let shelf_id = input.path::<String, _>("ShelfId", None, codegen::always, &mut violations);
    let body = codegen::decode::<NewBook, _>(&body, check_new_book, &mut violations);
    violations.finish()?;
    let answer = api.add_book(context, shelf_id?, body?).await?;
    if answer == "unserializable" {
        // A map whose keys are not text is what JSON cannot say.
        return codegen::json(&ADD_BOOK, &BTreeMap::from([(vec!["hunter2"], 1)]));
    }
    codegen::json(&ADD_BOOK, &answer)
}

async fn find_books<A: Api>(api: Arc<A>, incoming: codegen::Incoming) -> Result<Response, Failure> {
    let (context, input) = incoming
        .admit(|credentials, operation| api.authenticate(credentials, operation))
        .await?;
    let mut violations = Violations::new();
    let isbn = input.path_with_prefix::<String, _>(
        "Isbn",
        "+",
        Some(Code::Isbn),
        |isbn| isbn.len() > 2,
        &mut violations,
    );
    let author = input.query::<String, _>("Author", None, codegen::always, &mut violations);
    let since = input.required_query::<i64, _>("Since", None, codegen::always, &mut violations);
    let cover = input.query::<Cover, _>(
        "Cover",
        Some(Code::UnknownCover),
        Cover::is_known,
        &mut violations,
    );
    let language = input.header::<String, _>("Language", None, codegen::always, &mut violations);
    if let Ok(Some(author)) = &author {
        codegen::check::characters(
            author,
            &Path::root().member("Author"),
            None,
            ..=10,
            &mut violations,
        );
    }
    violations.finish()?;
    let query = FindBooksQuery {
        author: author?,
        since: since?,
        cover: cover?,
    };
    let answer = api.find_books(context, isbn?, query, language?).await?;
    codegen::json(&FIND_BOOKS, &answer)
}

async fn remove_book<A: Api>(api: Arc<A>, incoming: codegen::Incoming) -> Result<Response, Failure> {
    let (context, input) = incoming.open();
    let mut violations = Violations::new();
    let isbn = input.path_with_prefix::<String, _>("Isbn", "+", None, codegen::always, &mut violations);
    violations.finish()?;
    api.remove_book(context, isbn?).await?;
    codegen::no_content(&REMOVE_BOOK)
}

fn check_new_book(value: &Value, at: &Path<'_>, violations: &mut Violations) {
    let Some(members) = codegen::check::object(value, at, None, violations) else {
        return;
    };
    codegen::check::required(members, at, "Title", violations, |value, at, violations| {
        codegen::check::string_of_length(value, at, None, 2..=20, violations);
    });
    codegen::check::optional(members, at, "Cover", violations, |value, at, violations| {
        let is_known = |text: &str| Cover::from(text).is_known();
        codegen::check::known(value, at, Some(Code::UnknownCover), is_known, violations);
    });
    codegen::check::optional(members, at, "Volume", violations, |value, at, violations| {
        codegen::check::integer(value, at, None, violations);
    });
    codegen::check::optional(members, at, "Authors", violations, |value, at, violations| {
        codegen::check::array(value, at, None, violations, |item, at, violations| {
            let Some(members) = codegen::check::object(item, at, None, violations) else {
                return;
            };
            codegen::check::any_of(members, at, &["Name", "Key"], violations);
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

    async fn add_book(&self, context: Context<String>, shelf_id: String, body: NewBook) -> Answer<Value> {
        match shelf_id.as_str() {
            "panics" => panic!("hunter2"),
            "sleeps" => std::future::pending().await,
            "fails" => Err(Broken)?,
            "missing" => Err(Failure::new(Code::NotFound, "No such shelf.").field("ShelfId")),
            "challenges" => Err(Failure::new(Code::Unauthorized, "Say who you are.")),
            "undeclared" => Err(Failure::new(Code::Forbidden, "hunter2")),
            "unknown" => Err(Failure::new(
                Code::Unknown("SHELF_NOT_FOUND".to_owned()),
                "hunter2",
            )),
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
    ) -> Answer<String> {
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

    async fn remove_book(&self, _: Context<()>, isbn: String) -> Answer<()> {
        assert_eq!(isbn, "+6131234567");
        Ok(())
    }
}
