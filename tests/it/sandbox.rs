//! The sandbox, over real HTTP through the generated client: whether its rules hold.

mod addresses;
mod callers;
mod calls;
mod ledger;
mod library;
mod logins;
mod messages;
mod model;
mod numbers;
mod probe;
mod projects;
mod purchases;
mod reference;
mod session;
