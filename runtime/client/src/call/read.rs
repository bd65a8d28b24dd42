//! From a response that arrived to a value or an error. Sends nothing.

use fonedynamics_contract::Envelope;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::{Error, hides_an_error},
    response::{Received, ResponseValue, Typed, Unreadable},
};

/// Reads the body of a response whose status is a success. A byte order mark is skipped, and the media type does
/// not matter.
///
/// # Errors
///
/// [`Error::ErrorResponse`] if the body is an error envelope with a code all the same, and
/// [`Error::UnexpectedResponse`] if it is incomplete or cannot be read.
pub(super) fn read<T, E>(
    received: Received,
    parse: impl FnOnce(&[u8]) -> Result<Typed<T>, Unreadable>,
) -> Result<ResponseValue<T>, Error<E>>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    if received.cut.is_some() {
        return Err(Error::from_received(received, None));
    }
    let parsed = parse(received.content());
    // Looked for in the body only where the names of its members were not seen.
    let is_no_envelope = parsed.as_ref().is_ok_and(|typed| typed.is_no_envelope);
    if !is_no_envelope && hides_an_error::<E>(received.content()) {
        return Err(Error::from_received(received, None));
    }
    match parsed {
        Ok(typed) => Ok(ResponseValue::from_received(typed, received)),
        Err(unreadable) => Err(Error::from_received(received, Some(unreadable.into()))),
    }
}
