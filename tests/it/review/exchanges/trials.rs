//! What is sent in exchanges: right calls, requests right and wrong, and the ledger where it exists.

use fastrand::Rng;
use fonedynamics_sandbox::ledger::Row;
use serde_json::{Value, json};

use crate::server::contract::cases::{self, Case};
use crate::server::contract::oracle::{Expected, Oracle};
use crate::server::contract::schema::Judge;
use crate::support::calls;

/// How many calls of each operation, and how many responses to one, are drawn beside the examples.
pub(super) const DRAWN: usize = 3;
/// How many requests are drawn that no client need make.
const REQUESTS: u64 = 300;

/// Something that is sent.
pub(super) struct Trial {
    /// A call with its arguments, or a request.
    pub(super) sent: Value,
    /// The method and the path of its operation.
    pub(super) key: String,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// A call, which is right.
    Call,
    /// A request, which may be right.
    Request { is_right: bool },
    /// A request of the ledger and how it fails: by its handler, unless it is refused before.
    Ledger { failure: Option<Value> },
}

/// What is sent, made from the base: right calls, requests right and wrong, and the ledger where it exists.
pub(super) fn trials(document: &Value, ledger: &[Row]) -> Vec<Trial> {
    let oracle = Oracle::new(&document.to_string());
    let mut trials = Vec::new();
    if !ledger.is_empty() {
        trials.extend(calls::all().iter().map(vector));
    }
    let mut rng = Rng::with_seed(11);
    for (path, method, operation) in oracle.operations() {
        let key = key((path, method, operation));
        let content = operation["requestBody"]["content"].as_object();
        let content = content.and_then(|content| content.values().next());
        let examples = content
            .into_iter()
            .flat_map(|content| content["examples"].as_object());
        let mut bodies: Vec<_> = examples
            .flatten()
            .map(|(_, example)| example["value"].clone())
            .collect();
        let judge = Judge::new(document);
        for _ in 0..DRAWN {
            bodies.push(content.map_or(Value::Null, |content| {
                cases::value(&judge, &content["schema"], &mut rng)
            }));
        }
        for body in bodies {
            let mut arguments = json!({ "body": body });
            for parameter in oracle.parameters(path, operation) {
                if parameter["required"] != true && rng.bool() {
                    continue;
                }
                let value = cases::value(&judge, &parameter["schema"], &mut rng);
                arguments[parameter["name"].as_str().unwrap()] = match &value {
                    Value::Array(_) => json!(cases::as_text(&value)),
                    Value::String(text) if text.is_empty() => json!("x"),
                    _ => value,
                };
            }
            let sent = json!({ "call": key, "arguments": arguments });
            trials.push(Trial {
                sent,
                key: key.clone(),
                kind: Kind::Call,
            });
        }
    }
    for seed in 1..=REQUESTS {
        let case = Case::draw(seed);
        let request = case.request(&oracle);
        let Some(sent) = request.to_json() else { continue };
        let key = match oracle.judge(&request) {
            Expected::Success { operation } => key(oracle.operation(&operation)),
            Expected::Failure(_) => String::new(),
        };
        let kind = Kind::Request {
            is_right: case.disturbances.is_empty(),
        };
        trials.push(Trial {
            sent: json!({ "request": sent }),
            key,
            kind,
        });
    }
    trials.extend(ledger.iter().map(|row| of_ledger(row, document)));
    trials
}

/// The method and the path of an operation.
fn key((path, method, _): (&str, &str, &Value)) -> String {
    format!("{} {path}", method.to_uppercase())
}

/// A round-trip vector: a call of the real API with the arguments that its handler gets.
fn vector(call: &calls::Call) -> Trial {
    let operation = call.operation;
    let key = format!("{} {}", operation.method, operation.path);
    let mut given = call.arguments.iter();
    let names = operation
        .path
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap());
    let mut arguments = json!({});
    for name in names {
        arguments[name] = given.next().unwrap().clone();
    }
    let mut rest: Vec<_> = given.cloned().collect();
    let body = call.body.and_then(|_| rest.pop()).unwrap_or_default();
    for (name, value) in rest.iter().flat_map(|query| query.as_object().unwrap()) {
        arguments[name] = value.clone();
    }
    arguments["body"] = body;
    Trial {
        sent: json!({ "call": key, "arguments": arguments }),
        key,
        kind: Kind::Call,
    }
}

/// The callers of the ledger are those of the sandbox; here they are the three that every server of the program knows.
fn of_ledger(row: &Row, document: &Value) -> Trial {
    let is_fault = |name: &str| document["x-faults"][name] == row.code.as_str();
    let caller = match (
        row.caller.credentials(),
        is_fault("credentials"),
        is_fault("forbidden"),
    ) {
        (None, ..) => None,
        (_, true, _) => Some("Basic QUMxOndyb25n"),
        (_, _, true) => Some("Basic QUMyOnNlY3JldA=="),
        _ => Some("Basic QUMxOnNlY3JldA=="),
    };
    let mut headers: Vec<_> = caller
        .map(|caller| ["Authorization", caller])
        .into_iter()
        .collect();
    let media_type = match row.method.as_str() {
        "PATCH" => "application/merge-patch+json",
        _ => "application/json",
    };
    if row.body.is_some() {
        headers.push(["Content-Type", media_type]);
    }
    let body = row.body.as_ref().map(|body| body.get()).unwrap_or_default();
    let sent = json!({ "method": row.method, "target": row.path, "headers": headers, "body": body });
    let oracle = Oracle::new(&document.to_string());
    // An entry of a batch that fails is no failure of the request.
    // Clients take names apart that are one entry.
    let mut fields: Vec<_> = row.fields.iter().flat_map(|names| names.split(',')).collect();
    fields.sort_unstable();
    let failure = json!({ "status": row.status, "code": row.code.as_str(), "fields": fields });
    Trial {
        sent: json!({ "request": sent }),
        key: key(oracle.operation(&row.operation)),
        kind: Kind::Ledger {
            failure: (row.status >= 400).then_some(failure),
        },
    }
}
