//! What members of bodies can say, from a client to the handler of the server and back: null, maps, dates and
//! secrets. The API is the archive.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::{Duration, SystemTime};

use archive_client::types::{AddReaderQuery, HomeChanges, NewReader, Nullable, Reader, ReaderChanges};
use archive_client::{Client, Credentials, Date, DateTime, Options};
use archive_server::{Api, Context, HandlerResult, Operation, Refusal, operations};
use tokio::net::TcpListener;

/// Responds with what arrived.
struct Echo;

impl Api for Echo {
    type Caller = ();

    async fn authenticate(
        &self,
        _: archive_server::BasicOrBearer,
        _: &'static Operation,
    ) -> Result<(), Refusal> {
        Ok(())
    }

    async fn add_reader(
        &self,
        _: Context<()>,
        query: AddReaderQuery,
        _: Option<String>,
        body: NewReader,
    ) -> HandlerResult<Reader, operations::AddReader> {
        let name = format!("{:?} {:?} {:?}", query.from, body.joined, body.pin);
        Ok(Reader::new(name, body.guardian, body.labels).nickname(body.nickname))
    }

    async fn change_reader(
        &self,
        _: Context<()>,
        reader: String,
        body: ReaderChanges,
    ) -> HandlerResult<Reader, operations::ChangeReader> {
        let name = format!("{reader} {:?} {:?}", body.genres, body.home);
        Ok(Reader::new(name, None, BTreeMap::<String, String>::new()).nickname(body.nickname))
    }
}

async fn client() -> Client {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(archive_server::serve(listener, archive_server::router(Echo)));
    let options = Options::new(Credentials::basic("AC1", "secret"));
    Client::connect(options.base_url(format!("http://{address}"))).unwrap()
}

fn reader() -> NewReader {
    NewReader::new("Anne", None, None, BTreeMap::<String, String>::new())
}

#[tokio::test]
async fn merge_patch_leaves_clears_and_sets() {
    let client = client().await;
    let mut changes = ReaderChanges::new("Jane");
    let found = client.change_reader("Anne", &changes).await.unwrap();
    assert_eq!(
        (found.name.as_str(), &found.nickname),
        ("Anne Absent Absent", &Nullable::Absent)
    );

    changes.nickname = Nullable::Null;
    changes.genres = Nullable::Null;
    changes = changes.home(HomeChanges::default().street(None).town("Bath"));
    let found = client.change_reader("Anne", &changes).await.unwrap();
    assert_eq!(found.nickname, Nullable::Null);
    let home = r#"Value(HomeChanges { street: Null, town: Value("Bath") })"#;
    assert_eq!(found.name, format!("Anne Null {home}"));

    changes.nickname = "An".into();
    let found = client.change_reader("Anne", &changes).await.unwrap();
    assert_eq!(found.into_inner().nickname.into_value().as_deref(), Some("An"));
}

#[tokio::test]
async fn maps_and_null_arrive_and_what_is_wrong_in_a_map_has_a_name() {
    let client = client().await;
    let mut body = reader();
    body.labels.insert("colour".to_owned(), "red".to_owned());
    let query = AddReaderQuery::default();
    let found = client.add_reader(&query, None, &body).await.unwrap();
    assert_eq!((&found.guardian, &found.labels), (&None, &body.labels));
    let raw = String::from_utf8_lossy(found.body()).into_owned();
    assert!(
        raw.contains(r#""Guardian":null"#) && !raw.contains("Nickname"),
        "{raw}"
    );

    body.labels.insert("shade".to_owned(), String::new());
    let error = client.add_reader(&query, None, &body).await.unwrap_err();
    assert_eq!(error.code().map(|code| code.as_str()), Some("VALUE_TOO_SHORT"));
    assert_eq!(error.fields(), ["Labels.shade"]);
    assert_eq!(
        error.message(),
        Some("Labels.shade must have at least 1 character.")
    );
}

#[tokio::test]
async fn times_of_the_system_are_sent_as_the_document_writes_them() {
    let client = client().await;
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    let mut body = reader().joined(DateTime::from(time));
    let mut query = AddReaderQuery::default().from(Date::new(2024, 2, 29).unwrap());
    let found = client.add_reader(&query, None, &body).await.unwrap();
    assert_eq!(
        found.name,
        r#"Some("2024-02-29") Some("2017-07-14T02:40:00Z") None"#
    );

    body.joined = Some("yesterday".to_owned());
    let error = client.add_reader(&query, None, &body).await.unwrap_err();
    assert_eq!(
        error.message(),
        Some("Joined must be a date and time in RFC 3339 form, such as 2026-01-31T09:30:00Z.")
    );
    query.from = Some("2026-02-29".to_owned());
    let error = client.add_reader(&query, None, &reader()).await.unwrap_err();
    assert_eq!(error.fields(), ["From"]);
}
