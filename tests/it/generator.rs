//! The generator: what it makes of documents, what it reports about them, and what it writes.

mod command;
mod compiles;
mod diagnostics;
mod document_schema;
pub(crate) mod edits;
mod explain;
mod fresh;
mod golden;
mod hostile;
mod keys;
mod pages;
mod published;
mod reference;
mod reviewer_edits;
mod tree;
