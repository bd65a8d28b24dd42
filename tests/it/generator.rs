//! The generator: what it makes of documents, what it reports about them, and what it writes.

mod command;
mod diagnostics;
mod document_schema;
mod edits;
mod fresh;
mod golden;
mod growth;
mod hostile;
mod pages;
mod published;
mod tree;
