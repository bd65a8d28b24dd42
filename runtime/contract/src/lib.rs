//! What the client and the server know about an error contract without knowing its codes, and the few
//! pieces that every generated type is made of.
//!
//! Holds no error code, no generated type and no HTTP library: those belong to the crates that build on
//! this one.

mod envelope;
mod fault;
mod origin;
mod values;
mod violation;

pub use envelope::Envelope;
pub use fault::Fault;
pub use origin::Origin;
pub use values::comma_list::CommaList;
pub use values::phone_number::{MalformedPhoneNumber, PhoneNumber};
pub use values::tolerant::{null_as_default, open_text};
pub use values::unix_time::UnixTime;
pub use violation::Violation;
