//! What values of the document's formats are in Rust. Knows no member of any schema.

pub(crate) mod comma_list;
pub(crate) mod phone_number;
pub(crate) mod tolerant;
pub(crate) mod unix_time;
