//! What the model knows: rows in the form in which responses show them, in the order in which they were stored.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use fonedynamics_client::reqwest;
use fonedynamics_sandbox::Sandbox;
use serde_json::Value;

use super::access::Caller;
use super::messages::{Lease, Message};
use super::numbers::Number;
use super::request::Request;
use super::response::{Failure, Object, Response};

/// The accounts, with their tokens.
pub(super) const ACCOUNTS: [(&str, &str); 2] = [
    (Sandbox::ACCOUNT_SID, Sandbox::TOKEN),
    ("AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6", "other-sandbox-token"),
];

/// A project with a flow by which the time is known at which a sandbox began, and how old the flow was then.
const DATED: (&str, i64) = ("SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L", 86_400);

/// A login, and what no response shows of it.
#[derive(Clone, Debug)]
pub(super) struct Login {
    pub(super) account: String,
    pub(super) password: Option<String>,
    pub(super) shown: Object,
}

/// Everything.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// By how many seconds the clock was moved.
    ahead: i64,
    /// Every identifier that was given.
    pub(super) identifiers: BTreeSet<String>,
    pub(super) tokens_of_accounts: BTreeMap<&'static str, &'static str>,
    pub(super) projects: Vec<Object>,
    pub(super) logins: Vec<Login>,
    pub(super) addresses: Vec<Object>,
    pub(super) flows: Vec<Object>,
    /// Those of projects first, in the order in which the projects got them.
    pub(super) numbers: Vec<Number>,
    /// Also those that are still to come.
    pub(super) calls: Vec<Object>,
    /// The tokens of lists of calls, and when each was given.
    pub(super) tokens_of_calls: BTreeMap<String, i64>,
    pub(super) messages: Vec<Message>,
    pub(super) leases: Vec<Lease>,
}

/// What a sandbox begins with, as its responses show it.
#[derive(Debug)]
pub(super) struct Seeded {
    /// When the sandbox began that these responses are of.
    began: i64,
    projects: Vec<Value>,
    logins: Vec<(String, Value)>,
    addresses: Vec<Value>,
    flows: Vec<Value>,
    numbers: Vec<Value>,
    calls: Vec<Value>,
    messages: Vec<Value>,
}

/// The time of the system, in Unix seconds.
#[expect(clippy::disallowed_methods, reason = "the sandbox goes by this clock")]
pub(super) fn system_time() -> i64 {
    let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(time.as_secs()).unwrap()
}

/// Whether a member is this string.
pub(super) fn is(object: &Object, name: &str, value: &str) -> bool {
    object.get(name).and_then(Value::as_str) == Some(value)
}

/// The entries of a list.
async fn read(
    http: &reqwest::Client,
    sandbox: &Sandbox,
    (user, token): (&str, &str),
    path: &str,
    member: &str,
) -> Vec<Value> {
    let request = http.get(format!("{}{path}", sandbox.base_url()));
    let response = request.basic_auth(user, Some(token)).send().await.unwrap();
    let body: Value = response.json().await.unwrap();
    let items = body[member].as_array();
    items.unwrap_or_else(|| panic!("{path}: {body}")).clone()
}

async fn began(http: &reqwest::Client, sandbox: &Sandbox) -> i64 {
    let (project, age) = DATED;
    let path = format!("/v2/Properties/{project}/Flows");
    let flows = read(http, sandbox, ACCOUNTS[0], &path, "Flows").await;
    flows[0]["LastUpdated"].as_i64().unwrap() + age
}

impl Seeded {
    /// Reads everything by the operations, with a clock by which all calls have begun.
    pub(super) async fn read(http: &reqwest::Client) -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.advance(Duration::from_secs(365 * 86_400));
        let mut seeded = Self {
            began: began(http, &sandbox).await,
            projects: Vec::new(),
            logins: Vec::new(),
            addresses: Vec::new(),
            flows: Vec::new(),
            numbers: Vec::new(),
            calls: Vec::new(),
            messages: Vec::new(),
        };
        for owner in ACCOUNTS {
            let (account, _) = owner;
            let get = async |path: &str, member: &str| read(http, &sandbox, owner, path, member).await;
            let of_account = format!("/v2/Accounts/{account}");
            let logins = get("/v2/OnlineLogins", "OnlineLogins").await;
            seeded
                .logins
                .extend(logins.into_iter().map(|login| (account.to_owned(), login)));
            seeded
                .addresses
                .extend(get(&format!("{of_account}/Addresses"), "Addresses").await);
            seeded
                .numbers
                .extend(get(&format!("{of_account}/Numbers"), "Numbers").await);
            seeded
                .calls
                .extend(get(&format!("{of_account}/Calls"), "Calls").await);
            let projects = get("/v2/Properties", "Projects").await;
            for project in &projects {
                let sid = project["PropertySid"].as_str().unwrap();
                let of_project = format!("/v2/Properties/{sid}");
                seeded
                    .flows
                    .extend(get(&format!("{of_project}/Flows"), "Flows").await);
                let messages = format!("{of_project}/Messages?Date_From=0&Date_To=4102444800");
                seeded.messages.extend(get(&messages, "Messages").await);
            }
            seeded.projects.extend(projects);
        }
        seeded
    }
}

/// A row with its points in time moved; every large number is one.
fn moved(row: &Value, by: i64) -> Object {
    let mut row = row.as_object().unwrap().clone();
    for value in row.values_mut() {
        if let Some(time) = value.as_i64().filter(|time| *time > 1_000_000_000) {
            *value = (time + by).into();
        }
    }
    row
}

impl World {
    /// What the model knows of a sandbox that has just begun.
    pub(super) async fn new(http: &reqwest::Client, seeded: &Seeded, sandbox: &Sandbox) -> Self {
        let by = began(http, sandbox).await - seeded.began;
        let rows = |rows: &[Value]| rows.iter().map(|row| moved(row, by)).collect::<Vec<_>>();
        let login = |(account, row): &(String, Value)| {
            let first_name = row["Email"].as_str().unwrap().split('@').next().unwrap();
            Login {
                account: account.clone(),
                password: Some(format!("{first_name}-password")),
                shown: moved(row, by),
            }
        };
        let mut calls = rows(&seeded.calls);
        calls.sort_by_key(|call| call["DateStart"].as_i64());
        Self {
            ahead: 0,
            identifiers: BTreeSet::new(),
            tokens_of_accounts: BTreeMap::from(ACCOUNTS),
            projects: rows(&seeded.projects),
            logins: seeded.logins.iter().map(login).collect(),
            addresses: rows(&seeded.addresses),
            flows: rows(&seeded.flows),
            numbers: Number::all(rows(&seeded.numbers)),
            calls,
            tokens_of_calls: BTreeMap::new(),
            messages: rows(&seeded.messages).into_iter().map(Message::settled).collect(),
            leases: Vec::new(),
        }
    }

    /// Moves the clock ahead.
    pub(super) fn advance(&mut self, seconds: u64) {
        self.ahead += i64::try_from(seconds).unwrap();
    }

    /// The time by which a sandbox lives when the system says that it is `time`.
    pub(super) fn now(&self, time: i64) -> i64 {
        time + self.ahead
    }

    /// The identifier that the sandbox gave to something new, if it has the form of one and is new.
    pub(super) fn new_identifier(&mut self, given: &Value, prefix: &str) -> Value {
        let is_identifier = given.as_str().is_some_and(|sid| {
            let is_opaque = |sid: &str| {
                sid.bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            };
            let is_right = match prefix {
                "UUID" => sid.len() == 36 && sid.split('-').count() == 5,
                _ => sid.len() == 32 && sid.starts_with(prefix) && is_opaque(sid),
            };
            is_right && self.identifiers.insert(sid.to_owned())
        });
        match is_identifier {
            true => given.clone(),
            false => "(a new identifier)".into(),
        }
    }

    /// What the response to a request will be, at a time of the system. `given` is the body of the real one, out of
    /// which come only identifiers that the sandbox chose.
    pub(super) fn respond(&mut self, request: &Request, time: i64, given: &Value) -> Response {
        let now = self.now(time);
        self.settle(now);
        let outcome = self
            .admit(request)
            .and_then(|caller| self.call(request, &caller, now, given));
        Response::foretold(outcome)
    }

    fn call(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        given: &Value,
    ) -> Result<Value, Failure> {
        match request.operation.id {
            "getCall" => self.get_call(request, caller, now),
            "listPropertyCalls" => self.list_property_calls(request, caller, now, given),
            "listAccountCalls" => self.list_account_calls(request, caller, now, given),
            "getNumber" => self.get_number(request, caller),
            "configureNumber" => self.configure_number(request, caller),
            "listPropertyNumbers" => self.list_property_numbers(request, caller),
            "purchaseNumber" => self.purchase_number(request, caller),
            "listAccountNumbers" => self.list_account_numbers(request, caller),
            "listFlows" => self.list_flows(request, caller),
            "listAddresses" => self.list_addresses(request, caller),
            "addAddress" => self.add_address(request, caller, given),
            "getAddress" => self.get_address(request, caller),
            "removeAddress" => self.remove_address(request, caller),
            "listProjects" => Ok(self.list_projects(request, caller)),
            "createProject" => self.create_project(request, caller, given),
            "getProject" => self.get_project(request, caller),
            "updateProject" => self.update_project(request, caller),
            "listOnlineLogins" => Ok(self.list_logins(request, caller)),
            "getOnlineLogin" => self.get_login(request, caller),
            "updateOnlineLogin" => self.update_login(request, caller),
            "createOnlineLogin" => self.create_login(request, caller, now, given),
            "sendMessage" => self.send_message(request, caller, now, given),
            "findMessages" => self.find_messages(request, caller, now),
            "sendMessageBatch" => self.send_batch(request, caller, now, given),
            "getMessage" => self.get_message(request, caller, now),
            other => panic!("{other} is not in the model"),
        }
    }
}
