//! Who calls the sandbox, and what it is told. Asserts nothing of its own.

use std::fmt::Debug;

use fonedynamics_client::{Client, Credentials, Error, Options, RetryPolicy};
use fonedynamics_sandbox::Sandbox;

/// The account of the tests.
pub(super) const ACCOUNT: &str = Sandbox::ACCOUNT_SID;

/// The projects of the account that the sandbox begins with, in their order; messages are not enabled in the last.
pub(super) const PROJECTS: [&str; 3] = [
    "SKQ5XSERFUQEA2VFYU49DJ1KXHJCJP9C",
    "SBC7WQ0M4ZK1RD8XH5TN2YJ6VE9PGU3L",
    "S9VJ3HX6TPL0QW2ND7CRM5EYZ8KBG41F",
];

/// The first of them, with two numbers, an active address and two flows.
pub(super) const SHOP: &str = PROJECTS[0];

/// The second.
pub(super) const CLINIC: &str = PROJECTS[1];

/// An identifier that nothing has.
pub(super) const NOTHING: &str = "00000000000000000000000000000000";

/// The project of the other tenant.
pub(super) const OTHER_PROJECT: &str = "S4GY8LTN0E5WVQ1BZR7KXJ2HPC6MDU93";

/// The account of the other tenant.
pub(super) const OTHER_ACCOUNT: &str = "AGRZ2T7VQ1XWB9KD5MNS0C4YHFJ8LPE6";

/// The account with its token, which may do everything.
pub(super) fn account(sandbox: &Sandbox) -> Client {
    login(sandbox, ACCOUNT, Sandbox::TOKEN)
}

/// The other tenant's account.
pub(super) fn tenant(sandbox: &Sandbox) -> Client {
    login(sandbox, OTHER_ACCOUNT, "other-sandbox-token")
}

/// Somebody who signs in with a password.
pub(super) fn login(sandbox: &Sandbox, email: &str, password: &str) -> Client {
    let options = Options::new(Credentials::basic(email, password)).retries(RetryPolicy::off());
    Client::connect(options.base_url(sandbox.base_url())).unwrap()
}

/// What a failing response says: its code, and the fields that it names.
#[track_caller]
pub(super) fn failure<T: Debug>(result: Result<T, Error>) -> String {
    said(&result.unwrap_err())
}

#[track_caller]
fn said(error: &Error) -> String {
    let code = error.code().unwrap_or_else(|| panic!("{error}"));
    match error.fields()[..] {
        [] => code.to_string(),
        ref fields => format!("{code} at {}", fields.join(", ")),
    }
}

/// Whether two requests failed alike, to the byte, and as [`failure`] says it.
#[track_caller]
pub(super) fn assert_alike<T: Debug>(failure: &str, missing: Result<T, Error>, foreign: Result<T, Error>) {
    let (missing, foreign) = (missing.unwrap_err(), foreign.unwrap_err());
    assert_eq!(said(&missing), failure);
    assert_eq!(missing.status(), foreign.status());
    assert_eq!(missing.body(), foreign.body());
}
