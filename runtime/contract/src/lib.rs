//! What the client and the server know about an error contract without knowing its codes, and the few
//! pieces that every generated type is made of.
//!
//! Holds no error code, no generated type and no HTTP library: those belong to the crates that build on
//! this one.

mod comma_list;
mod envelope;
mod fault;
mod origin;
mod phone_number;
mod tolerance;
mod unix_time;
mod violation;

pub use comma_list::CommaList;
pub use envelope::Envelope;
pub use fault::Fault;
pub use origin::Origin;
pub use phone_number::{MalformedPhoneNumber, PhoneNumber};
pub use tolerance::{null_as_default, open_text};
pub use unix_time::UnixTime;
pub use violation::Violation;
