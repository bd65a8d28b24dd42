//! What happens between an old client and a new server, and between a new client and an old server: what is sent, what
//! handlers do, and which outcomes a verdict about the wire promises.
//!
//! Compiles nothing. All clients and servers are one program, which gets one line for each exchange
//! (`fixtures/review/exchange.rs`).

use fastrand::Rng;
use fonedynamics_sandbox::ledger::{Row, rows};
use serde_json::{Value, json};
use xtask::review::Verdict;

use crate::server::contract::cases::{self, Case};
use crate::server::contract::oracle::{Expected, Oracle};
use crate::server::contract::schema::Judge;
use crate::support::calls;

/// How many calls of each operation, and how many responses to one, are drawn beside the examples.
const DRAWN: usize = 3;
/// How many requests are drawn that no client need make.
const REQUESTS: u64 = 60;

/// A document whose crates are in the program.
pub(super) struct Side {
    /// What the names of its crates begin with.
    pub(super) name: String,
    pub(super) document: Value,
    /// What is published of it, where each operation has all of its codes.
    pub(super) published: Value,
}

/// Something that is sent.
struct Trial {
    /// A call with its arguments, or a request.
    sent: Value,
    /// The method and the path of its operation.
    key: String,
    kind: Kind,
}

enum Kind {
    /// A call, which is right.
    Call,
    /// A request, which may be right.
    Request { is_right: bool },
    /// A request of the ledger with what its handler raises, unless the request is refused before.
    Ledger { raises: Option<(String, Vec<String>)> },
}

/// A trial with what the handler does, if it is asked.
struct Exchange<'t> {
    trial: &'t Trial,
    /// Where in the trials it is.
    number: usize,
    /// `None` where the server has no such code.
    answer: Option<Value>,
    /// What a caller is to learn, where the server's document says so.
    expected: Option<Value>,
}

/// How an exchange ends, seen by a caller.
#[derive(PartialEq)]
enum End {
    Success,
    Failure,
    /// The server cannot raise the code any more.
    NotListed,
    /// The client cannot make the call any more.
    NotCalled,
}

impl Side {
    /// An operation, by its method and its path.
    fn operation<'d>(document: &'d Value, key: &str) -> Option<&'d Value> {
        let (method, path) = key.split_once(' ')?;
        document["paths"].get(path)?.get(method.to_lowercase())
    }

    /// What a handler can give back: the examples, and what the schema admits besides.
    fn successes(&self, key: &str) -> Vec<Value> {
        let responses =
            Self::operation(&self.document, key).map(|operation| operation["responses"].as_object());
        let mut successes = responses.flatten().into_iter().flatten();
        let Some((_, success)) = successes.find(|(status, _)| status.starts_with('2')) else {
            return vec![Value::Null];
        };
        let content = &success["content"]["application/json"];
        if content.is_null() {
            return vec![Value::Null];
        }
        let examples = content["examples"].as_object().into_iter().flatten();
        let mut values: Vec<_> = examples.map(|(_, example)| example["value"].clone()).collect();
        let (judge, mut rng) = (Judge::new(&self.document), Rng::with_seed(7));
        values.extend((0..DRAWN).map(|_| cases::value(&judge, &content["schema"], &mut rng)));
        values
    }

    /// What a handler raises, each with what a caller is to learn.
    fn failures(&self, key: &str) -> Vec<(Value, Value)> {
        let Some(operation) = Self::operation(&self.document, key) else {
            return Vec::new();
        };
        let judge = Judge::new(&self.document);
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let name = parameters.map(|node| judge.resolve(node)["name"].clone()).next();
        let codes = operation["x-raises"].as_array().into_iter().flatten();
        let table = codes_of(&self.document);
        codes
            .map(|code| {
                let entry = &table[code.as_str().unwrap()];
                let is_named = entry["message"].as_str().unwrap().contains("{FieldName}");
                let fields: Vec<_> = name.iter().filter(|_| is_named).collect();
                (
                    json!({ "raise": code, "fields": fields }),
                    json!({ "status": entry["status"], "code": code, "fields": fields }),
                )
            })
            .collect()
    }

    /// Whether an operation can respond with a code.
    fn lists(&self, key: &str, code: &str) -> bool {
        let codes =
            Self::operation(&self.published, key).and_then(|operation| operation["x-codes"].as_array());
        codes.is_some_and(|codes| codes.iter().any(|known| known == code))
    }

    /// The exchanges of some trials of a base with this server.
    fn exchanges<'t>(&self, base: &Side, trials: &'t [Trial]) -> Vec<Exchange<'t>> {
        let mut found = Vec::new();
        let mut seen = Vec::new();
        for (number, trial) in trials.iter().enumerate() {
            let key = trial.key.as_str();
            let successes = self.successes(key);
            let mut put = |answer: Value, expected: Option<Value>| {
                let code = answer["raise"].as_str();
                found.push(Exchange {
                    trial,
                    number,
                    answer: code.is_none_or(|code| self.lists(key, code)).then_some(answer),
                    expected,
                });
            };
            match &trial.kind {
                // Each response once, for one of the calls of an operation.
                Kind::Call if !seen.contains(&key) => {
                    seen.push(key);
                    for success in successes {
                        put(json!({ "respond": success }), None);
                    }
                    let old = base.failures(key);
                    let is_new =
                        |(new, _): &(Value, Value)| old.iter().all(|(old, _)| old["raise"] != new["raise"]);
                    let new: Vec<_> = self.failures(key).into_iter().filter(is_new).collect();
                    for (answer, expected) in old.into_iter().chain(new) {
                        put(answer, Some(expected));
                    }
                }
                Kind::Ledger {
                    raises: Some((code, fields)),
                } => put(json!({ "raise": code, "fields": fields }), None),
                _ => put(json!({ "respond": successes[0] }), None),
            }
        }
        found
    }
}

fn codes_of(document: &Value) -> &Value {
    let mut schemas = document["components"]["schemas"].as_object().unwrap().values();
    schemas.find_map(|schema| schema.get("x-error-codes")).unwrap()
}

impl Exchange<'_> {
    /// The line for the program. `None` where the server has no such code.
    fn line(&self, client: &str, server: &str) -> Option<String> {
        let mut line = self.trial.sent.clone();
        line["client"] = json!(client);
        line["server"] = json!(server);
        line["answer"] = self.answer.clone()?;
        Some(line.to_string())
    }

    /// What it was, for a report.
    fn shown(&self) -> String {
        format!("{} {} {:?}", self.trial.key, self.trial.sent, self.answer)
    }
}

fn end(outcome: Option<&Value>) -> End {
    match outcome {
        None => End::NotListed,
        Some(Value::Null) => End::NotCalled,
        Some(outcome) => match outcome["status"].as_u64() {
            Some(200..300) if outcome.get("code").is_none() => End::Success,
            _ => End::Failure,
        },
    }
}

/// Whether what was right is right, and what failed fails alike: what a verdict below `major` promises. Where nothing is
/// added, all that is decided is decided as before.
fn holds(verdict: Verdict, exchange: &Exchange<'_>, old: Option<&Value>, new: Option<&Value>) -> bool {
    if let (Some(expected), Some(new)) = (&exchange.expected, new) {
        return new.is_null() || new == expected;
    }
    let is_added = verdict == Verdict::Minor;
    let is_fixed = match exchange.trial.kind {
        Kind::Call => true,
        Kind::Request { is_right } => is_right,
        Kind::Ledger { .. } => false,
    };
    match (end(old), end(new)) {
        (_, End::NotCalled) => true,
        (_, End::NotListed) => is_added,
        (End::Success, End::Success) => {
            let (old, new) = (old.unwrap(), new.unwrap());
            let keeps = |header: &str| old[header] != true || new[header] == true;
            let fits = new["misfits"].as_array().is_none_or(Vec::is_empty);
            old["status"] == new["status"] && fits && keeps("location") && keeps("wait")
        }
        (End::Success, _) => is_added && !is_fixed,
        (_, End::Failure) if old == new => true,
        (_, End::Failure) => is_added && matches!(exchange.trial.kind, Kind::Request { .. }),
        (_, End::Success) => is_added,
    }
}

/// What is sent, and what came of it with the base on both sides.
pub(super) struct Trials<'b> {
    base: &'b Side,
    all: Vec<Trial>,
    before: Vec<Option<Value>>,
}

impl<'b> Trials<'b> {
    /// Makes them from the base, and carries them out with it.
    pub(super) fn new(base: &'b Side, ledger: &[Row], program: impl Fn(&[String]) -> Vec<String>) -> Self {
        let all = trials(base, ledger);
        let exchanges = base.exchanges(base, &all);
        let mut before = vec![None; all.len()];
        let outcomes = outcomes(&exchanges, base, base, program);
        for (exchange, outcome) in exchanges.iter().zip(outcomes).rev() {
            before[exchange.number] = outcome;
        }
        Self { base, all, before }
    }

    /// The exchanges between a client and a server that do not end as a verdict says.
    pub(super) fn broken(
        &self,
        verdict: Verdict,
        client: &Side,
        server: &Side,
        program: impl Fn(&[String]) -> Vec<String>,
    ) -> Vec<String> {
        let exchanges = server.exchanges(self.base, &self.all);
        let outcomes = outcomes(&exchanges, client, server, program);
        let broken = exchanges.iter().zip(outcomes).filter_map(|(exchange, new)| {
            let old = self.before[exchange.number].as_ref();
            let holds = holds(verdict, exchange, old, new.as_ref());
            (!holds).then(|| format!("{}\n    was {old:?}\n    is  {new:?}", exchange.shown()))
        });
        broken.collect()
    }
}

/// How exchanges end. `None` where the server has no such code.
fn outcomes(
    exchanges: &[Exchange<'_>],
    client: &Side,
    server: &Side,
    program: impl Fn(&[String]) -> Vec<String>,
) -> Vec<Option<Value>> {
    let lines = exchanges
        .iter()
        .map(|exchange| exchange.line(&client.name, &server.name));
    let lines: Vec<Option<String>> = lines.collect();
    let sent: Vec<String> = lines.iter().flatten().cloned().collect();
    let mut said = program(&sent).into_iter();
    let outcomes = lines.iter().map(|line| {
        line.as_ref()?;
        let mut outcome: Value = serde_json::from_str(&said.next().unwrap()).unwrap();
        // Which names there are, and not which is the first.
        if let Some(fields) = outcome.get_mut("fields").and_then(Value::as_array_mut) {
            fields.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
        }
        Some(outcome)
    });
    outcomes.collect()
}

/// What is sent, made from the base: right calls, requests right and wrong, and the ledger where it exists.
fn trials(base: &Side, ledger: &[Row]) -> Vec<Trial> {
    let oracle = Oracle::new(&base.document.to_string());
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
        let judge = Judge::new(&base.document);
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
    trials.extend(ledger.iter().map(|row| of_ledger(row, base)));
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
fn of_ledger(row: &Row, base: &Side) -> Trial {
    let is_fault = |name: &str| base.document["x-faults"][name] == row.code.as_str();
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
    let oracle = Oracle::new(&base.document.to_string());
    // An entry of a batch that fails is no failure of the request.
    let raises = (row.status >= 400).then(|| (row.code.as_str().to_owned(), row.fields.clone()));
    Trial {
        sent: json!({ "request": sent }),
        key: key(oracle.operation(&row.operation)),
        kind: Kind::Ledger { raises },
    }
}

/// The ledger of the real API.
pub(super) fn ledger() -> Vec<Row> {
    rows().unwrap()
}
