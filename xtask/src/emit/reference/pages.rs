//! The pages for people: the error codes, in HTML and in Markdown, and the operations.
//!
//! Each is a function from the contract to a text, in the order of the page. The words are those of the document and
//! of the dictionary.

mod errors;
mod html;
mod inferred;
mod json;
mod markdown;
mod operations;
mod page;

use crate::contract::Contract;
use crate::dictionary::Dictionary;
use crate::document::Document;
use crate::tree::Tree;

pub(in crate::emit) fn emit(document: &Document, contract: &Contract, tree: &mut Tree) {
    let dictionary = Dictionary::of(contract);
    let entries: Vec<_> = dictionary.entries().collect();
    let inferred = inferred::all(document);
    let errors = errors::page(contract, &dictionary, &entries, &inferred);
    let markdown = markdown::page(contract, &dictionary, &entries, &inferred);
    let operations = operations::page(document, contract, &dictionary);
    for (file, text) in [
        ("errors.html", errors),
        ("errors.md", markdown),
        ("operations.html", operations),
    ] {
        tree.insert(format!("reference/{file}"), text);
    }
}
