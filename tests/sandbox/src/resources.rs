//! What each operation does to the state: one module for each resource, one function for each operation. Knows nothing
//! of HTTP; requests have been checked against the document before.

pub(crate) mod addresses;
pub(crate) mod calls;
pub(crate) mod filter;
pub(crate) mod flows;
pub(crate) mod identifier;
pub(crate) mod invalid;
pub(crate) mod logins;
pub(crate) mod messages;
pub(crate) mod numbers;
pub(crate) mod page;
pub(crate) mod projects;
