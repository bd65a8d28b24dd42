//! Whether what the probe expects is what the document demands. The probe knows a response because it made the request
//! wrong; the oracle, because it reads the request. Neither shares code with the other or with the server's checks.

use fonedynamics_sandbox::Sandbox;
use fonedynamics_sandbox::probe::{Arguments, probe};
use serde_json::Value;

use super::oracle::{Expected, Oracle, RIGHT};
use super::request::{Content, Json, Request};
use crate::support::read;

#[tokio::test]
async fn probe_expects_what_the_oracle_does() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut arguments = Arguments::new(sandbox.base_url());
    arguments.rate = 1000;
    let report = probe(&arguments).await.unwrap().to_json();
    let rows = ["situations", "constraints"].map(|part| report[part].as_array().unwrap().clone());
    let oracle = Oracle::new(&read("openapi/fonedynamics.yaml"));
    let mut compared = 0;
    for row in rows.concat() {
        // The report shows no bytes that are not text, and only the beginning of what is long.
        let unreadable = ["body of 3 MiB", "invalid UTF-8 in JSON"];
        if row["request"].is_null() || unreadable.iter().any(|name| row["name"] == *name) {
            continue;
        }
        let Expected::Failure(failure) = oracle.judge(&request(&row["request"])) else {
            panic!("the document accepts {row:#}");
        };
        let mut fields = failure.fields;
        let mut expected: Vec<String> = serde_json::from_value(row["expected"]["fields"].clone()).unwrap();
        fields.sort();
        expected.sort();
        assert_eq!(row["expected"]["code"], failure.code, "{row:#}");
        assert_eq!(
            row["expected"]["status"],
            oracle.status_of(&failure.code),
            "{row:#}"
        );
        assert_eq!(expected, fields, "{row:#}");
        compared += 1;
    }
    assert!(compared > 350, "{compared}");
}

/// A request of the report, for the oracle.
fn request(shown: &Value) -> Request {
    let target = shown["target"].as_str().unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut headers = Vec::new();
    if shown["credentials"] == true {
        headers.push(("Authorization".to_owned(), RIGHT.to_vec()));
    }
    if let Some(media_type) = shown["content_type"].as_str() {
        headers.push(("Content-Type".to_owned(), media_type.into()));
    }
    Request {
        method: shown["method"].as_str().unwrap().to_owned(),
        path: path.to_owned(),
        query: pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        headers,
        content: match shown["body"].as_str() {
            None => Content::Nothing,
            Some(body) => match serde_json::from_str::<Value>(body) {
                Ok(value) => Content::Json(Json::from(&value)),
                Err(_) => Content::Bytes(body.into()),
            },
        },
    }
}
