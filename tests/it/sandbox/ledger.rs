//! The ledger of the sandbox: complete, and right row by row, both through the generated client and as the commands
//! that it prints.

pub(super) mod commands;

use std::collections::{BTreeMap, BTreeSet};

use fonedynamics_client::reqwest::{self, Method};
use fonedynamics_client::types::ErrorCode;
use fonedynamics_client::{Client, Error};
use fonedynamics_sandbox::Sandbox;
use fonedynamics_sandbox::ledger::{Caller, Row, rows};
use fonedynamics_server::{Operation, operations};
use serde_json::Value;

use super::callers::{ACCOUNT, account, login};
use crate::support::credentials::USER;
use crate::support::http::http_client;
use crate::support::read;
use crate::support::recorder::Recorder;
use crate::support::served::Served;

/// How a request failed, as far as the ledger says it.
#[derive(Debug, PartialEq)]
struct Failed {
    status: u16,
    code: ErrorCode,
    fields: Vec<String>,
}

impl Failed {
    fn documented(row: &Row) -> Self {
        Self {
            status: row.status,
            code: row.code.clone(),
            fields: row.fields.clone(),
        }
    }

    /// A response that fails, or a batch whose only entry does. Every success but that is `None`.
    fn of(status: u16, body: &Value) -> Option<Self> {
        let failed = match (status, body.as_array().map(Vec::as_slice)) {
            (400.., None) => &body["ResponseStatus"],
            (200, Some([entry])) => entry,
            _ => return None,
        };
        let code = failed["ErrorCode"].as_str()?.into();
        let errors = failed["Errors"].as_array().into_iter().flatten();
        let name = |error: &Value| error["FieldName"].as_str().unwrap().to_owned();
        let fields = errors.map(name).collect();
        Some(Self { status, code, fields })
    }
}

fn operation(id: &str) -> &'static Operation {
    let mut all = operations::ALL.iter().copied();
    all.find(|operation| operation.id == id).unwrap()
}

/// Sends the request of a row by the generated client, which always has credentials.
async fn send(client: &Client, row: &Row) -> Option<Failed> {
    let method: Method = row.method.parse().unwrap();
    let call = client.request(method, &row.path);
    let call = match &row.body {
        Some(body) => call.json(body),
        None => call,
    };
    match call.send().await {
        Ok(response) => Failed::of(response.status().as_u16(), &response),
        Err(error) => {
            let Error::ErrorResponse(_) = error else {
                panic!("{}: {error}", row.path);
            };
            let body = serde_json::from_slice(error.body().unwrap()).unwrap();
            let failed = Failed::of(error.status().unwrap().as_u16(), &body);
            assert_eq!(error.code(), failed.as_ref().map(|failed| &failed.code));
            failed
        }
    }
}

async fn send_without_credentials(http: &reqwest::Client, base_url: &str, row: &Row) -> Option<Failed> {
    let url = format!("{base_url}{}", row.path);
    let method = row.method.parse().unwrap();
    let response = http.request(method, url).send().await.unwrap();
    let status = response.status().as_u16();
    Failed::of(status, &response.json().await.unwrap())
}

/// Everything that requests of the ledger could change.
async fn state(client: &Client) -> Vec<Value> {
    let account = format!("/v2/Accounts/{ACCOUNT}");
    let get = async |path: &str| {
        client
            .request(Method::GET, path)
            .send()
            .await
            .unwrap()
            .into_inner()
    };
    let mut state = vec![get("/v2/OnlineLogins").await];
    for list in ["Addresses", "Numbers"] {
        state.push(get(&format!("{account}/{list}")).await);
    }
    let projects = get("/v2/Properties").await;
    for project in projects["Projects"].as_array().unwrap() {
        let sid = project["PropertySid"].as_str().unwrap();
        let query = "Date_From=0&Date_To=4102444800";
        state.push(get(&format!("/v2/Properties/{sid}/Messages?{query}")).await);
    }
    state.push(projects);
    state
}

#[tokio::test]
async fn every_row_fails_exactly_as_it_says_in_any_order() {
    let sandbox = Sandbox::start().await.unwrap();
    let owner = account(&sandbox);
    let before = state(&owner).await;
    let http = http_client();
    let mut clients = BTreeMap::new();
    let mut rows = rows().unwrap();
    let seed = fastrand::u64(..);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut wrong = String::new();
    for _ in 0..2 {
        random.shuffle(&mut rows);
        for row in &rows {
            if row.scripted {
                sandbox.fail_next(operation(&row.operation), row.code.clone());
            }
            let failed = match row.caller.credentials() {
                None => send_without_credentials(&http, sandbox.base_url(), row).await,
                Some((user, password)) => {
                    let client = clients
                        .entry((user, password))
                        .or_insert_with(|| login(&sandbox, user, password));
                    send(client, row).await
                }
            };
            let documented = Failed::documented(row);
            if failed.as_ref() != Some(&documented) {
                let request = format!("{} {} {} {:?}", row.operation, row.method, row.path, row.body);
                wrong += &format!("{request}\n  documented: {documented:?}\n  response:   {failed:?}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "seed {seed}\n{wrong}");
    assert_eq!(state(&owner).await, before, "seed {seed}");
}

#[test]
fn every_documented_failure_of_every_operation_has_a_row() {
    let documented: BTreeSet<(&str, &str)> = operations::ALL
        .iter()
        .flat_map(|operation| operation.codes.iter().map(|code| (operation.id, *code)))
        .collect();
    let rows = rows().unwrap();
    let found: BTreeSet<_> = rows
        .iter()
        .map(|row| (row.operation.as_str(), row.code.as_str()))
        .collect();
    let difference: Vec<_> = documented.symmetric_difference(&found).collect();
    assert!(difference.is_empty(), "{difference:?}");
    let codes: BTreeSet<_> = rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(
        codes,
        ErrorCode::ALL
            .iter()
            .map(ErrorCode::as_str)
            .collect::<BTreeSet<_>>()
    );
}

#[test]
fn only_internal_failures_take_more_than_a_request() {
    for row in rows().unwrap() {
        let is_internal = row.code == ErrorCode::InternalServerError;
        assert_eq!(row.scripted, is_internal, "{row:?}");
        let has_no_credentials = row.caller == Caller::None;
        assert!(
            !has_no_credentials || row.code == ErrorCode::Unauthorized,
            "{row:?}"
        );
    }
}

#[test]
fn every_row_is_a_request_of_its_operation() {
    for row in rows().unwrap() {
        let operation = operation(&row.operation);
        let (path, _) = row.path.split_once('?').unwrap_or((&row.path, ""));
        let fits =
            |(of_row, of_template): (&str, &str)| of_row == of_template || of_template.starts_with('{');
        let is_alike = path.split('/').count() == operation.path.split('/').count();
        assert!(
            is_alike && path.split('/').zip(operation.path.split('/')).all(fits),
            "{row:?}"
        );
        assert_eq!(row.method, operation.method.as_str(), "{row:?}");
    }
}

/// Of a code that checks of requests raise too, a row is needed that only the handler refuses: a server without a state
/// accepts it.
#[tokio::test]
async fn every_code_that_the_document_says_a_handler_raises_has_a_row_that_nothing_else_refuses() {
    let document: Value = serde_json::from_str(&read("generated/reference/openapi.json")).unwrap();
    let served = Served::router(Recorder::default().router()).await;
    let client = served.client(USER);
    let rows = rows().unwrap();
    let mut found = BTreeSet::new();
    for row in rows
        .iter()
        .filter(|row| row.caller == Caller::Account && !row.scripted)
    {
        let failed = send(&client, row).await;
        if failed.is_none_or(|failed| failed.status < 400) {
            found.insert((row.operation.as_str(), row.code.as_str()));
        }
    }
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            for code in operation["x-raises"].as_array().unwrap() {
                let pair = (id, code.as_str().unwrap());
                assert!(found.contains(&pair), "{pair:?}");
            }
        }
    }
}
