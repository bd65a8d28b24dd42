//! Requests drawn by the hundred thousand: each gets the response that the document says, whatever it is.
//!
//! `CASES=1000000 cargo test --release -p fonedynamics-tests --test it -- server::contract::property` draws a million
//! for each of the two servers. A failure is shown with the fewest disturbances that it needs, and its seed.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::to_bytes;
use axum::http::response::Parts;
use serde_json::Value;
use tower::ServiceExt as _;

use super::archive::{self, Archive};
use super::cases::{CANARY, Case};
use super::oracle::{Expected, Failure, Oracle};
use super::request::{Json, Request};
use super::schema::Judge;
use crate::support::read;
use crate::support::recorder::Recorder;

/// How many requests the ordinary run draws for each server.
const CASES: u64 = 20_000;

/// What is needed to judge one server's responses.
struct Contract {
    oracle: Oracle,
    /// The wrapper's member, and the members with the code, the text, the entries and the name.
    names: [&'static str; 5],
    router: Router,
    handled: fn(Expected, &str) -> Expected,
}

/// A response.
#[derive(Debug)]
struct Response {
    parts: Parts,
    /// `None` where the response to a `HEAD` rightly has none.
    body: Option<String>,
}

fn cases() -> u64 {
    std::env::var("CASES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(CASES)
}

impl Contract {
    /// What is wrong with the response to a request.
    async fn fault(&self, request: &Request) -> Result<Expected, String> {
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request.build())
            .await
            .unwrap()
            .into_parts();
        let body = to_bytes(body, usize::MAX)
            .await
            .map_err(|error| error.to_string())?;
        let body = String::from_utf8(body.to_vec()).map_err(|error| error.to_string())?;
        let response = Response {
            parts,
            body: (request.method != "HEAD" || !body.is_empty()).then_some(body),
        };
        let expected = (self.handled)(self.oracle.judge(request), &request.path);
        self.check(&expected, request, &response)
            .map_err(|wrong| format!("{wrong}\nexpected {expected:?}\n{request}\n< {response:?}"))?;
        Ok(expected)
    }

    fn check(&self, expected: &Expected, request: &Request, response: &Response) -> Result<(), String> {
        if request.method == "HEAD" && response.body.is_some() {
            return Err("there should be no body".to_owned());
        }
        if !response.parts.headers.contains_key("x-request-id") {
            return Err("the response has no request id".to_owned());
        }
        match expected {
            Expected::Success { operation } => self.check_success(operation, response),
            Expected::Failure(failure) => self.check_failure(failure, response),
        }
    }

    fn check_success(&self, id: &str, response: &Response) -> Result<(), String> {
        let (_, _, operation) = self.oracle.operation(id);
        let responses = operation["responses"].as_object().unwrap();
        let (status, documented) = responses
            .iter()
            .find(|(status, _)| status.starts_with('2'))
            .unwrap();
        if response.parts.status.as_str() != status {
            return Err(format!("the status should be {status}"));
        }
        self.check_headers(&documented["headers"], response)?;
        let Some(body) = &response.body else {
            return Ok(());
        };
        let schema = &documented["content"]["application/json"]["schema"];
        if schema.is_null() {
            return if body.is_empty() {
                Ok(())
            } else {
                Err("there should be no body".to_owned())
            };
        }
        let value: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let mut judge = Judge::new(&self.oracle.document);
        judge.json(&Json::from(&value), schema, "", None);
        match judge.broken.as_slice() {
            [] => Ok(()),
            broken => Err(format!("the response breaks its schema: {broken:?}")),
        }
    }

    /// Of `Location` and `Retry-After`, a response has those that are documented.
    fn check_headers(&self, documented: &Value, response: &Response) -> Result<(), String> {
        for (name, ty) in [("Location", "string"), ("Retry-After", "integer")] {
            let header = Judge::new(&self.oracle.document)
                .resolve(&documented[name])
                .clone();
            let value = response.parts.headers.get(name);
            let value = value.map(|value| value.to_str().unwrap());
            let fits = match value {
                None => header["required"] != true,
                Some(text) => {
                    let is_number = text.bytes().all(|digit| digit.is_ascii_digit());
                    header["schema"]["type"] == ty && (ty == "string" || is_number)
                }
            };
            if !fits {
                return Err(format!("the header {name} is {value:?}"));
            }
        }
        Ok(())
    }

    fn check_failure(&self, failure: &Failure, response: &Response) -> Result<(), String> {
        let Failure {
            operation,
            code,
            fields,
            allow,
        } = failure;
        let parts = &response.parts;
        // A name in a map is the caller's, and says where the value is.
        let shown = fields
            .iter()
            .fold(format!("{response:?}"), |shown, field| shown.replace(field, ""));
        if shown.contains(CANARY) {
            return Err("the response repeats what it was sent".to_owned());
        }
        let status = self.oracle.status_of(code);
        if parts.status.as_u16() != status {
            return Err(format!("the status should be {status}"));
        }
        if let Some(id) = operation {
            let (_, _, operation) = self.oracle.operation(id);
            let documented = &operation["responses"][status.to_string()];
            if documented.is_null() {
                return Err(format!("{id} does not document {status}"));
            }
            let documented = Judge::new(&self.oracle.document).resolve(documented);
            self.check_headers(&documented["headers"], response)?;
        }
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        if header("content-type") != Some("application/json") {
            return Err("the content type is wrong".to_owned());
        }
        let challenges: Vec<&str> = parts
            .headers
            .get_all("www-authenticate")
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(' ').next())
            .collect();
        let schemes = if status == 401 {
            self.oracle.schemes()
        } else {
            Vec::new()
        };
        if challenges != schemes {
            return Err("the challenge is wrong".to_owned());
        }
        let mut allowed: Vec<&str> = header("allow")
            .map(|text| text.split(',').collect())
            .unwrap_or_default();
        allowed.sort_unstable();
        let mut expected: Vec<&str> = allow.iter().map(String::as_str).collect();
        expected.sort_unstable();
        if allowed != expected {
            return Err(format!("the methods should be {expected:?}"));
        }
        if let Some(id) = operation
            && !self.listed(id).contains(&code.as_str())
        {
            return Err(format!("{id} does not list {code}"));
        }
        let Some(body) = &response.body else {
            return Ok(());
        };
        let [wrapper, code_name, text_name, entries_name, field_name] = self.names;
        let envelope: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let text = envelope[wrapper][text_name].as_str().unwrap_or_default();
        let is_plain = text.len() <= 256 && text.ends_with('.') && !text.contains(char::is_control);
        if !is_plain {
            return Err(format!("the message is not one short sentence: {text}"));
        }
        let quoted = |text: &str| Value::from(text).to_string();
        let entries: Vec<String> = fields
            .iter()
            .map(|field| format!("{{\"{field_name}\":{}}}", quoted(field)))
            .collect();
        let entries = if entries.is_empty() {
            String::new()
        } else {
            format!(",\"{entries_name}\":[{}]", entries.join(","))
        };
        let exact = format!(
            "{{\"{wrapper}\":{{\"{code_name}\":\"{code}\",\"{text_name}\":{}{entries}}}}}",
            quoted(text)
        );
        if *body == exact {
            Ok(())
        } else {
            Err(format!("the body should be {exact}"))
        }
    }

    fn listed(&self, id: &str) -> &'static [&'static str] {
        let of_archive = archive_server::operations::ALL.iter();
        let all = of_archive.chain(fonedynamics_server::operations::ALL);
        all.copied().find(|operation| operation.id == id).unwrap().codes
    }

    /// Takes disturbances away for as long as the response stays wrong.
    async fn shrunk(&self, mut case: Case) -> (Case, String) {
        let mut wrong = self.fault(&case.request(&self.oracle)).await.unwrap_err();
        'smaller: loop {
            for smaller in case.smaller() {
                if let Err(still) = self.fault(&smaller.request(&self.oracle)).await {
                    (case, wrong) = (smaller, still);
                    continue 'smaller;
                }
            }
            return (case, wrong);
        }
    }

    /// Draws requests, and counts the codes of the responses.
    async fn hold(&self) -> BTreeMap<String, u64> {
        super::hush();
        let mut seen = BTreeMap::new();
        for seed in 1..=cases() {
            let case = Case::draw(seed);
            match self.fault(&case.request(&self.oracle)).await {
                Ok(Expected::Success { .. }) => *seen.entry("success".to_owned()).or_default() += 1,
                Ok(Expected::Failure(failure)) => *seen.entry(failure.code).or_default() += 1,
                Err(_) => {
                    let (case, wrong) = self.shrunk(case).await;
                    panic!("{case:?}: {wrong}");
                }
            }
        }
        seen
    }
}

#[tokio::test]
async fn every_response_of_the_archive_is_the_one_that_the_document_says() {
    let contract = Contract {
        oracle: Oracle::new(&read("tests/fixtures/good/archive.yaml")),
        names: ["Status", "Code", "Text", "Items", "Name"],
        router: archive_server::router(Archive),
        handled: archive::handled,
    };
    let seen = contract.hold().await;
    // A code that was never provoked was not tested. `NO_BOOK` needs state
    // that this server has not, and `NO_HTTP` a socket.
    let codes = archive_server::types::Code::ALL.iter().map(ToString::to_string);
    let unseen: Vec<String> = codes.filter(|code| !seen.contains_key(code)).collect();
    assert_eq!(unseen, ["NO_BOOK", "NO_HTTP"], "{seen:?}");
    assert!(seen["success"] > cases() / 10, "{seen:?}");
}

#[tokio::test]
async fn every_response_of_the_real_server_is_the_one_that_the_document_says() {
    let contract = Contract {
        oracle: Oracle::new(&read("openapi/fonedynamics.yaml")),
        names: ["ResponseStatus", "ErrorCode", "Message", "Errors", "FieldName"],
        router: fonedynamics_server::router(Recorder::default()),
        handled: |expected, _| expected,
    };
    let seen = contract.hold().await;
    assert!(seen["success"] > cases() / 10, "{seen:?}");
}
