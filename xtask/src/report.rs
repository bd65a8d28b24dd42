//! What the program says to people: problems, drift, explanations.
//!
//! Texts for a terminal of 80 columns, as values. Prints nothing itself.

mod drift;
mod explain;
mod problems;
mod terminal;

pub use drift::{drift, written};
pub use explain::{code, codes, rule, rules};
pub use problems::{problems, problems_json};
pub use terminal::Palette;
