//! The span of a call: what it says, and what it never says.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fonedynamics_client::Retries;
use fonedynamics_client::types::ListAddressesQuery;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::scripted::{PASSWORD, Scripted, whole};

/// Keeps the fields of the spans named `call`, and everything else as text.
#[derive(Clone, Default)]
struct Seen {
    calls: Arc<Mutex<Vec<BTreeMap<&'static str, String>>>>,
    events: Arc<Mutex<Vec<BTreeMap<&'static str, String>>>>,
    closed: Arc<Mutex<Vec<u64>>>,
}

struct Fields<'f>(&'f mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Seen {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("fonedynamics")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::from([("span", attributes.metadata().name().to_owned())]);
        attributes.record(&mut Fields(&mut fields));
        let mut calls = self.calls.lock().unwrap();
        calls.push(fields);
        Id::from_u64(u64::try_from(calls.len()).unwrap())
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut calls = self.calls.lock().unwrap();
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut calls[index]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        self.events.lock().unwrap().push(fields);
    }

    fn try_close(&self, span: Id) -> bool {
        self.closed.lock().unwrap().push(span.into_u64());
        true
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn span_names_the_call_and_its_outcome_and_nothing_that_is_secret() {
    const BODY: &str = r#"{"ResponseStatus":{"ErrorCode":"ADDRESS_NOT_FOUND","Message":"secret text"}}"#;
    let seen = Seen::default();
    let _guard = tracing::subscriber::set_default(seen.clone());
    let server = Scripted::answers(vec![whole("503 X", "secret page"), whole("400 X", BODY)]).await;
    let retries = Retries::default().base_delay(Duration::from_millis(1));
    let client = server.client_with(|options| options.retries(retries));
    let query = ListAddressesQuery {
        city: Some("secret city".to_owned()),
        ..ListAddressesQuery::default()
    };
    client.list_addresses("secret-account", &query).await.unwrap_err();
    let broken = Scripted::answers(vec![Vec::new()]).await;
    broken.client().get_address("secret-address").await.unwrap_err();

    let calls = seen.calls.lock().unwrap().clone();
    let expected = [
        [
            ("attempts", "2"),
            ("error_code", "ADDRESS_NOT_FOUND"),
            ("method", "GET"),
            ("operation", "listAddresses"),
            ("path", "/v2/Accounts/{AccountSid}/Addresses"),
            ("span", "call"),
            ("status", "400"),
        ]
        .as_slice(),
        &[
            ("attempts", "1"),
            ("method", "GET"),
            ("operation", "getAddress"),
            ("path", "/v2/Addresses/{AddressSid}"),
            ("span", "call"),
        ],
    ];
    let found: Vec<Vec<_>> = calls
        .iter()
        .map(|fields| {
            fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect()
        })
        .collect();
    assert_eq!(found, expected);
    let events = seen.events.lock().unwrap().clone();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["message"], "sending the request again");
    let everything = format!("{calls:?}{events:?}");
    for hidden in ["secret", PASSWORD, "QUMx"] {
        assert!(!everything.contains(hidden), "{everything}");
    }
}

#[tokio::test]
async fn span_ends_when_the_answer_was_read() {
    let seen = Seen::default();
    let _guard = tracing::subscriber::set_default(seen.clone());
    let server = Scripted::answers(vec![whole("200 OK", "{}")]).await;
    let answer = server.client().get_address("AD1").await.unwrap();
    assert_eq!(seen.calls.lock().unwrap().len(), 1);
    assert!(!seen.closed.lock().unwrap().is_empty());
    drop(answer);
}
