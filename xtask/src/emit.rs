//! From the contract to every generated file.
//!
//! A folder for each crate, and in it a file for each file that it emits. Emitters trust the contract and
//! check nothing.

mod client;
mod manifests;
mod reference;
mod rust;
mod scope;
mod server;
mod types;

pub(crate) use scope::is_shortened;

use crate::contract::Contract;
use crate::document::Document;
use crate::progenitor::Lifted;
use crate::tree::Tree;

/// Every file but the pages for people.
#[must_use]
pub fn emit(document: &Document, contract: &Contract, lifted: Lifted) -> Tree {
    let mut tree = sources(contract, lifted);
    manifests::emit(contract, &mut tree);
    reference::emit(document, contract, &mut tree);
    tree
}

/// Adds the pages for people: about the error codes and the operations.
pub fn add_pages(document: &Document, contract: &Contract, tree: &mut Tree) {
    reference::pages::emit(document, contract, tree);
}

/// The sources of the crates alone.
#[must_use]
pub fn sources(contract: &Contract, mut lifted: Lifted) -> Tree {
    let mut tree = Tree::default();
    types::emit(contract, &mut lifted, &mut tree);
    client::emit(contract, &mut lifted, &mut tree);
    server::emit(contract, &lifted, &mut tree);
    tree
}
