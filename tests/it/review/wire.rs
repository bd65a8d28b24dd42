//! Whether verdicts about the wire are true: what old clients send and receive once a server follows the changed
//! document.
//!
//! What a server makes of a request is said by the oracle, against which the servers themselves are held
//! (`server::contract`). What a client makes of a response is tried with the client.

use serde_json::Value;
use xtask::review::{Review, Verdict, compare};

use fonedynamics_client::Error;
use fonedynamics_client::reqwest::StatusCode;
use fonedynamics_client::reqwest::header::HeaderMap;

use super::matrix::{ARCHIVE, Edited, REAL};
use crate::server::contract::cases::Case;
use crate::server::contract::oracle::{Expected, Oracle};
use crate::support::calls;
use crate::support::scripted::{Scripted, whole};

/// How many requests are drawn for each edit. `CASES=5000` draws more.
fn cases() -> u64 {
    let wanted = std::env::var("CASES").ok().and_then(|number| number.parse().ok());
    wanted.unwrap_or(100)
}

/// The edits after which something can be generated, each with the document and its review.
fn edited(of: &'static Edited) -> impl Iterator<Item = (&'static str, &'static Value, Review)> {
    let sound = of.edits.iter().filter(|(_, _, head)| head.problems().is_empty());
    sound.map(|(edit, edited, head)| (edit.title.as_str(), edited, compare(&of.base, head, Vec::new())))
}

/// Whether an old request is still responded to as the verdict says. Where nothing is added, all that is decided is
/// decided as before; otherwise what was right is right. A request that says more than the document names, which is
/// ignored until the document names it, is not right.
fn holds(verdict: Verdict, is_right: bool, old: &Expected, new: &Expected) -> bool {
    match (old, new) {
        (Expected::Success { .. }, Expected::Success { .. }) => true,
        (Expected::Failure(old), Expected::Failure(new)) if old.code == new.code => true,
        (Expected::Success { .. }, Expected::Failure(_)) => verdict == Verdict::Minor && !is_right,
        (Expected::Failure(_), _) => verdict == Verdict::Minor,
    }
}

/// Holds random requests against both documents, and counts those that meet a change which breaks.
#[track_caller]
fn requests_hold(of: &'static Edited) -> usize {
    let mut refuted = 0;
    let old = Oracle::new(&of.original.to_string());
    for (title, edited, review) in edited(of) {
        let new = Oracle::new(&edited.to_string());
        let verdict = review.verdicts.wire;
        for seed in 1..=cases() {
            let case = Case::draw(seed);
            let is_right = case.disturbances.is_empty();
            let request = case.request(&old);
            let (before, after) = (old.judge(&request), new.judge(&request));
            if verdict == Verdict::Major {
                refuted += usize::from(!holds(Verdict::Minor, is_right, &before, &after));
            } else {
                assert!(
                    holds(verdict, is_right, &before, &after),
                    "{title}: the verdict is {verdict:?}, and {request:?} was {before:?} and is {after:?}"
                );
            }
        }
    }
    refuted
}

#[test]
fn old_requests_are_responded_to_as_verdicts_say() {
    let refuted = requests_hold(&REAL) + requests_hold(&ARCHIVE);
    assert!(
        refuted > 10,
        "hardly a request meets a change that breaks: {refuted}"
    );
}

/// The examples of failing responses, each with its status.
fn failures(document: &Value) -> Vec<(u16, &str, &Value)> {
    let table = &document["components"]["schemas"]["ErrorCode"]["x-error-codes"];
    let responses = document["components"]["responses"].as_object().unwrap().values();
    let examples = responses.flat_map(|response| {
        let examples = response["content"]["application/json"]["examples"].as_object();
        examples.into_iter().flatten()
    });
    examples
        .map(|(code, example)| {
            let status = table[code]["status"].as_u64().unwrap();
            (u16::try_from(status).unwrap(), code.as_str(), &example["value"])
        })
        .collect()
}

/// The status and the first example of the success of an operation, or of its schema.
fn success<'d>(document: &'d Value, id: &str) -> Option<(&'d str, Option<&'d Value>)> {
    let paths = document["paths"].as_object().unwrap().values();
    let operations: Vec<_> = paths
        .flat_map(|item| item.as_object().unwrap().values())
        .collect();
    let content = |operation: &'d Value| {
        let responses = operation["responses"].as_object().into_iter().flatten();
        let success = responses.into_iter().find(|(status, _)| status.starts_with('2'));
        success.map(|(status, response)| (status.as_str(), &response["content"]["application/json"]))
    };
    let of = operations
        .iter()
        .find(|operation| operation["operationId"] == id)?;
    let (status, body) = content(of)?;
    let alike = operations.iter().filter_map(|operation| content(operation));
    let with_example = alike
        .map(|(_, other)| other)
        .filter(|other| other["schema"] == body["schema"])
        .find_map(|other| other["examples"].as_object()?.values().next());
    Some((
        status,
        with_example
            .map(|example| &example["value"])
            .filter(|_| !body.is_null()),
    ))
}

#[tokio::test]
async fn an_old_client_reads_new_responses_where_verdicts_say_so() {
    for (title, edited, review) in edited(&REAL) {
        if review.verdicts.wire == Verdict::Major {
            continue;
        }
        for (status, code, body) in failures(edited) {
            let status = StatusCode::from_u16(status).unwrap();
            let error = Error::from_parts(status, HeaderMap::new(), body.to_string());
            assert_eq!(
                error.code().map(ToString::to_string).as_deref(),
                Some(code),
                "{title}"
            );
            assert_eq!(error.status(), Some(status), "{title}");
        }
        for call in calls::all() {
            let Some((status, body)) = success(edited, call.operation.id) else {
                continue;
            };
            let body = body.map(ToString::to_string).unwrap_or_default();
            let response = whole(&format!("{status} OK\nContent-Type: application/json"), body);
            let scripted = Scripted::responses(vec![response]).await;
            let outcome = call.run(&scripted.client()).await;
            let response = outcome.unwrap_or_else(|error| panic!("{title}: {}: {error}", call.operation.id));
            assert!(response.misfits().is_empty(), "{title}: {}", call.operation.id);
        }
    }
}
