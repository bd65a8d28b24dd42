//! The sandbox, over real HTTP through the generated client: whether its rules hold.

mod addresses;
mod calls;
mod ledger;
mod library;
mod logins;
mod messages;
mod numbers;
mod projects;
mod purchases;
mod session;

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

/// A client of the other tenant.
fn tenant(sandbox: &Sandbox) -> Client {
    client_as(sandbox, OTHER_ACCOUNT, "other-sandbox-token")
}

fn client_as(sandbox: &Sandbox, user: &str, password: &str) -> Client {
    let options = Options::new(Credentials::basic(user, password)).retries(RetryPolicy::off());
    Client::connect(options.base_url(sandbox.base_url())).unwrap()
}

/// What a failure says: its code, and the parameters that it names.
#[track_caller]
fn failure<T: Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    let code = error.code().unwrap_or_else(|| panic!("{error}"));
    match error.fields()[..] {
        [] => code.to_string(),
        ref fields => coded(code.as_str(), &fields.join(", ")),
    }
}

/// What [`failure`] gives, to compare with.
fn coded(code: &str, fields: &str) -> String {
    format!("{code} at {fields}")
}

/// Whether two requests failed alike, to the byte, with this code.
#[track_caller]
fn assert_alike<T: Debug>(code: &str, missing: Result<T, Error>, foreign: Result<T, Error>) {
    let (missing, foreign) = (missing.unwrap_err(), foreign.unwrap_err());
    assert_eq!(missing.code().unwrap().as_str(), code);
    assert_eq!(missing.status(), foreign.status());
    assert_eq!(missing.body(), foreign.body());
}
