//! What the client and the server know about an error contract without knowing its codes, and the value
//! types that generated code and its users share.
//!
//! Holds no error code, no generated type and no HTTP library: those belong to the crates that build on
//! this one.

mod envelope;
mod failed_entry;
mod fault;
mod object;
mod origin;
mod values;
mod violation;

pub use envelope::{Envelope, FIELD_NAME};
pub use failed_entry::FailedEntry;
pub use fault::Fault;
pub use object::{Members, Object, ObjectWriter, read_object};
pub use origin::Origin;
pub use values::{
    CommaList, Date, DateTime, MalformedDateTime, MalformedList, MalformedPhoneNumber, Nullable, PhoneNumber,
    UnixTime, open_string,
};
pub use violation::Violation;
