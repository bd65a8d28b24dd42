//! Problems, drift, explanations and reviews as text: for a terminal of 80 columns, and reviews for others too.
//!
//! Returns strings; prints nothing itself.

mod drift;
mod explain;
mod problems;
pub mod review;
mod terminal;

pub use drift::{drift, written};
pub use explain::{named, overview, rule};
pub use problems::{problems, problems_json};
pub use terminal::Palette;
