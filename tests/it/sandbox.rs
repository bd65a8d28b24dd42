//! The sandbox as its users meet it: over HTTP, through the generated client.

mod library;
