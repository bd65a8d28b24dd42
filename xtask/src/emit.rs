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

use crate::contract::Contract;
use crate::document::Document;
use crate::progenitor::Lifted;
use crate::tree::Tree;

/// Every file, complete.
#[must_use]
pub fn emit(document: &Document, contract: &Contract, lifted: &Lifted) -> Tree {
    let mut tree = sources(contract, lifted);
    manifests::emit(contract, &mut tree);
    reference::emit(document, contract, &mut tree);
    tree
}

/// The sources of the crates alone.
#[must_use]
pub fn sources(contract: &Contract, lifted: &Lifted) -> Tree {
    let mut tree = Tree::default();
    types::emit(contract, lifted, &mut tree);
    client::emit(contract, lifted, &mut tree);
    server::emit(contract, lifted, &mut tree);
    tree
}
