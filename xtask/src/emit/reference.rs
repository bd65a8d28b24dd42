//! What people and other tools read: the published document.

use crate::document::Document;
use crate::tree::Tree;

/// The document as JSON, for tools that do not read YAML. Our `x-` keys stay: tools ignore them.
pub(super) fn emit(document: &Document, tree: &mut Tree) {
    let json = serde_json::to_string_pretty(&document.value).unwrap_or_default();
    tree.insert("reference/openapi.json", json + "\n");
}
