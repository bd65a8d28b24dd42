//! Whether a generated server keeps the contract: held against an oracle that reads the document itself.
//!
//! The oracle shares no code with the generator or the runtimes: it interprets the document's text, request
//! by request.

mod archive;
mod cases;
mod disturbances;
mod oracle;
mod property;
mod request;
mod schema;
