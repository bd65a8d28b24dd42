//! A review for a terminal, a pull request, a program or a browser: a file for each. Judges nothing.

mod parts;
mod text;

pub use parts::Reviewed;
pub use text::text;
