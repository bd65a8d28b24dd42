//! Values that the document describes by a format, in Rust. Knows no member of any schema.

mod comma_list;
mod date;
mod date_time;
mod nullable;
mod phone_number;
mod tolerant;
mod unix_time;

pub use comma_list::{CommaList, MalformedList};
pub use date::{Date, MalformedDateTime};
pub use date_time::DateTime;
pub use nullable::Nullable;
pub use phone_number::{MalformedPhoneNumber, PhoneNumber};
pub use tolerant::open_string;
pub use unix_time::UnixTime;
