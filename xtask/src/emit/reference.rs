//! What people and other tools read: the published document, the same for generators of other languages,
//! the JSON Schema of the document for editors, and pages about the error codes and the operations. The server crate
//! carries the published document too.

mod document_schema;
pub(super) mod pages;
mod published;
mod sdk;

use serde_json::{Map, Value};

use crate::contract::Contract;
use crate::document::Document;
use crate::mark::MARK;
use crate::names;
use crate::tree::Tree;

pub(super) fn emit(document: &Document, contract: &Contract, tree: &mut Tree) {
    let published = published::document(document, contract);
    let sdk = sdk::document(&published, contract);
    let schema = document_schema::schema(contract);
    let published = text(&marked("x-generated", published));
    // In the crate's own folder, because only that is published with it.
    let server = names::crate_name(&contract.info.crate_prefix, "server");
    tree.insert(format!("{server}/openapi.json"), published.clone());
    tree.insert("reference/openapi.json", published);
    tree.insert("reference/openapi-sdk.json", text(&marked("x-generated", sdk)));
    tree.insert(
        "reference/document.schema.json",
        text(&marked("$comment", schema)),
    );
}

/// An object whose first member marks it as generated.
fn marked(key: &str, value: Value) -> Value {
    let mut members = Map::new();
    members.insert(key.to_owned(), MARK.into());
    if let Value::Object(rest) = value {
        members.extend(rest);
    }
    // Also where the document has such a member itself.
    members.insert(key.to_owned(), MARK.into());
    Value::Object(members)
}

fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
