//! Reviews of changes: which rules claim them, what they do to whom, and how they are reported.

mod command;
mod edits;
mod exchanges;
mod formats;
mod matrix;
mod programs;
mod proofs;
mod random;
mod wire;
