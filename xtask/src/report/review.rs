//! A review for a terminal, a pull request, a program or a browser: a file for each. Judges nothing.

mod html;
mod json;
mod markdown;
mod parts;
mod text;

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use parts::Reviewed;
pub use text::text;
