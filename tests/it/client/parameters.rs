//! Every kind of parameter, from a method of the client to the handler of the server. The API is the archive.

use std::net::Ipv4Addr;

use archive_client::types::{
    AddBookQuery, Author, BindBookQuery, Binding, Book, Books, Colour, CommaList, Genre, ListBooksQuery,
    Loan, NewBook,
};
use archive_client::{Client, Credentials, Error, Options};
use archive_server::{Api, BasicOrBearer, Context, HandlerResult, Operation, Refusal, operations};
use tokio::net::TcpListener;

use crate::support::log::Log;

/// Responds with a title that says which parameters arrived.
struct Echo;

impl Api for Echo {
    type Caller = ();

    async fn authenticate(&self, caller: BasicOrBearer, _: &'static Operation) -> Result<(), Refusal> {
        match caller {
            BasicOrBearer::Basic(caller) if caller.user() == "AC1" && caller.password_is("secret") => Ok(()),
            BasicOrBearer::Bearer(token) if token.is("c2VjcmV0") => Ok(()),
            _ => Err(Refusal::Unauthorized),
        }
    }

    async fn add_book(
        &self,
        _: Context<()>,
        shelf: i64,
        query: AddBookQuery,
        x_level: Option<i64>,
        x_origin: String,
        body: NewBook,
    ) -> HandlerResult<Book, operations::AddBook> {
        let title = format!("{shelf} {:?} {x_level:?} {x_origin} {}", query.dry, body.title);
        Ok(Book::new("", title))
    }

    async fn list_books(
        &self,
        _: Context<()>,
        query: ListBooksQuery,
    ) -> HandlerResult<Books, operations::ListBooks> {
        let title = format!(
            "{:?} {:?} {:?} {:?}",
            query.since, query.genre, query.shelves, query.price
        );
        Ok(Books::from_iter([Book::new("", title)]))
    }

    async fn lend_book(
        &self,
        _: Context<()>,
        readers: CommaList<String>,
        shelves: Option<CommaList<i64>>,
        body: Option<Loan>,
    ) -> HandlerResult<Book, operations::LendBook> {
        let title = format!("{readers:?} {shelves:?} {:?}", body.map(|loan| loan.weeks));
        Ok(Book::new("", title))
    }

    async fn bind_book(
        &self,
        _: Context<()>,
        number: i64,
        volume: i64,
        query: BindBookQuery,
        question: Option<String>,
        mut body: Binding,
    ) -> HandlerResult<Binding, operations::BindBook> {
        body.title = format!(
            "{number} {volume} {:?} {:?} {question:?}",
            query.is_dry, query.dry
        );
        Ok(body)
    }

    async fn remove_book(&self, _: Context<()>, isbn: String) -> HandlerResult<(), operations::RemoveBook> {
        assert_eq!(isbn, "#0141439580");
        Ok(())
    }
}

/// A client of the server that echoes.
async fn client(credentials: Credentials) -> Client {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(archive_server::serve(listener, archive_server::router(Echo)));
    let options = Options::new(credentials).base_url(format!("http://{address}"));
    Client::connect(options).unwrap()
}

#[tokio::test]
async fn parameters_of_every_kind_arrive() {
    let client = client(Credentials::basic("AC1", "secret")).await;

    let author = Author::new("Jane").email("jane@archive.example");
    let body = NewBook::new("Emma", "Novel", [author]);
    let dry = AddBookQuery::default().dry(true);
    let added = client.add_book(7, &dry, Some(3), "shop", &body).await.unwrap();
    assert_eq!(added.title, "7 Some(true) Some(3) shop Emma");
    let added = client
        .add_book(7, &AddBookQuery::default(), None, "shop", &body)
        .await
        .unwrap();
    assert_eq!(added.title, "7 None None shop Emma");

    let mut query = ListBooksQuery::new(1800)
        .genre("Novel")
        .shelves([1, 2])
        .price(9.5);
    let found = client.list_books(&query).await.unwrap();
    assert_eq!(
        found[0].title,
        "1800 Some(Novel) Some(CommaList([1, 2])) Some(9.5)"
    );
    query.genre = Some(Genre::from("Opera"));
    let error = client.list_books(&query).await.unwrap_err();
    assert_eq!(error.code().map(|code| code.as_str()), Some("UNKNOWN_GENRE"));
    assert_eq!(error.fields(), ["Genre"]);

    client.remove_book("#0141439580").await.unwrap();
}

#[tokio::test]
async fn lists_in_headers_arrive_and_so_does_that_there_is_no_body() {
    let client = client(Credentials::basic("AC1", "secret")).await;
    let readers = CommaList::from(["Emma".to_owned(), "Jän".to_owned()]);
    let lent = client.lend_book(&readers, None, None).await.unwrap();
    assert_eq!(lent.title, r#"CommaList(["Emma", "Jän"]) None None"#);
    let loan = Loan::default().weeks(3);
    let shelves = CommaList::from([1, 2]);
    let lent = client
        .lend_book(&readers, Some(&shelves), Some(&loan))
        .await
        .unwrap();
    assert_eq!(
        lent.title,
        r#"CommaList(["Emma", "Jän"]) Some(CommaList([1, 2])) Some(Some(3))"#
    );
    let error = client
        .lend_book(&CommaList::default(), None, None)
        .await
        .unwrap_err();
    assert_eq!(error.fields(), ["X-Readers"]);
    let two = CommaList::from(["Emma,Jane".to_owned()]);
    let error = client.lend_book(&two, None, None).await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
}

#[tokio::test]
async fn names_that_rust_has_another_for_stay_as_they_are_on_the_wire() {
    let client = client(Credentials::basic("AC1", "secret")).await;
    let json = r#"{"Title":"Emma","title":"E.","Cover":"Red"}"#;
    let binding: Binding = serde_json::from_str(json).unwrap();
    assert_eq!(binding.short_title.as_deref(), Some("E."));
    assert_eq!(binding.cover, Some(Colour::BrightRed));
    assert_eq!(serde_json::to_string(&binding).unwrap(), json);
    let query = BindBookQuery::default().is_dry(true).dry(false);
    let bound = client
        .bind_book(7, 2, &query, Some("Why?"), &binding)
        .await
        .unwrap();
    assert_eq!(bound.title, r#"7 2 Some(true) Some(false) Some("Why?")"#);
    assert_eq!(bound.short_title, binding.short_title);
    let error = client
        .bind_book(7, 2, &query, Some("What is it?"), &binding)
        .await;
    assert_eq!(error.unwrap_err().fields(), ["Query"]);
}

#[tokio::test]
async fn callers_are_known_by_a_password_or_by_a_token() {
    let log = Log::keep();
    let query = ListBooksQuery::new(1800);
    let known = client(Credentials::bearer("c2VjcmV0")).await;
    known.list_books(&query).await.unwrap();
    for credentials in [
        Credentials::bearer("hunter2"),
        Credentials::basic("AC1", "hunter2"),
    ] {
        let error = client(credentials).await.list_books(&query).await.unwrap_err();
        let challenges = error.headers().unwrap().get_all("www-authenticate").iter();
        assert_eq!(
            challenges.collect::<Vec<_>>(),
            ["Basic realm=\"Archive\"", "Bearer realm=\"Archive\""]
        );
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
    assert!(Client::from_token("hunter 2").is_err());
    let text = log.text();
    assert!(text.contains("UNKNOWN_CALLER"), "{text}");
    assert!(!text.contains("hunter2") && !text.contains("c2VjcmV0"), "{text}");
}
