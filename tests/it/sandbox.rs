//! The sandbox, over real HTTP through the generated client: whether its rules hold.

mod addresses;
mod callers;
mod calls;
mod ledger;
mod library;
mod logins;
mod messages;
mod numbers;
mod probe;
mod projects;
mod purchases;

use std::fmt::Debug;

use fonedynamics_client::{Client, Credentials, Error, Options, RetryPolicy};
use fonedynamics_sandbox::Sandbox;

/// The account of the tests.
const ACCOUNT: &str = Sandbox::ACCOUNT_SID;
/// A project of it with two numbers, an active address and two flows.
const SHOP: &str = "SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C";
/// Another project of it.
const CLINIC: &str = "SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L";
/// The account and the project of another tenant.
const OTHER_ACCOUNT: &str = "AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6";
const OTHER_PROJECT: &str = "S4GY8LTN0E5WVQ1BZR7KXJ2HPC6MDU93";
/// An identifier that nothing has.
const NOTHING: &str = "00000000000000000000000000000000";

/// A client of the account.
fn client(sandbox: &Sandbox) -> Client {
    client_as(sandbox, ACCOUNT, Sandbox::TOKEN)
}

fn client_as(sandbox: &Sandbox, user: &str, password: &str) -> Client {
    let options = Options::new(Credentials::basic(user, password)).retries(RetryPolicy::off());
    Client::connect(options.base_url(sandbox.base_url())).unwrap()
}

/// The code of a failure and the parameters that it names.
#[track_caller]
fn failure<T: Debug>(result: Result<T, Error>) -> (String, Vec<String>) {
    let error = result.unwrap_err();
    let fields = error.fields().into_iter().map(str::to_owned).collect();
    (error.code().unwrap().to_string(), fields)
}

/// What [`failure`] gives, to compare with.
fn coded(code: &str, field: &str) -> (String, Vec<String>) {
    (code.to_owned(), vec![field.to_owned()])
}

/// Whether two requests failed alike, to the byte, with this code.
#[track_caller]
fn assert_alike<T: Debug>(code: &str, missing: Result<T, Error>, foreign: Result<T, Error>) {
    let (missing, foreign) = (missing.unwrap_err(), foreign.unwrap_err());
    assert_eq!(missing.code().unwrap().as_str(), code);
    assert_eq!(missing.status(), foreign.status());
    assert_eq!(missing.body(), foreign.body());
}
