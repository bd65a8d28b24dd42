//! The generated types against the document: its examples, and its schemas.

mod roundtrip;
mod schemas;
