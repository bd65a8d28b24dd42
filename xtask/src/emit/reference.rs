//! What people and other tools read: the published document, the same for generators of other languages,
//! and the JSON Schema of the document for editors.

mod document_schema;
mod published;
mod sdk;

use serde_json::Value;

use crate::contract::Contract;
use crate::document::Document;
use crate::tree::Tree;

pub(super) fn emit(document: &Document, contract: &Contract, tree: &mut Tree) {
    let published = published::document(document, contract);
    let sdk = sdk::document(&published, contract);
    for (path, value) in [
        ("reference/openapi.json", &published),
        ("reference/openapi-sdk.json", &sdk),
        (
            "reference/document.schema.json",
            &document_schema::schema(contract),
        ),
    ] {
        tree.insert(path, text(value));
    }
}

fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
