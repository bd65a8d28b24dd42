//! The sandbox as its users meet it: over HTTP, through the generated client.

mod callers;
mod library;
mod logins;
mod messages;
mod projects;
