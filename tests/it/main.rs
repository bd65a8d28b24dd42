//! All tests that see the workspace as a whole, as one binary. Holds modules only.

mod client;
mod command;
mod contract;
mod diagnostics;
mod dice;
mod edits;
mod fresh;
mod golden;
mod growth;
mod hostile;
mod invariants;
mod readme;
mod roundtrip;
mod schemas;
mod support;
mod tree;
mod wire;
mod workspace;
