//! All tests that see the workspace as a whole, as one binary. Holds modules only.

mod client;
mod generator;
mod repo;
mod review;
mod sandbox;
mod server;
mod support;
mod types;
