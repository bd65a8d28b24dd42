//! Problems, drift and explanations as text for a terminal of 80 columns.
//!
//! Returns strings; prints nothing itself.

mod drift;
mod explain;
mod problems;
mod terminal;

pub use drift::{drift, written};
pub use explain::{named, overview, rule};
pub use problems::{problems, problems_json};
pub use terminal::Palette;
