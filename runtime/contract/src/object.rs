//! How generated objects are read and written, member by member. Knows no member.
//!
//! serde could derive the same, but what it derives for each type takes the compiler five times as long and three times
//! as much memory.

mod reading;
mod writing;

pub use reading::{Members, Object, read_object};
pub use writing::ObjectWriter;
