//! From a response that arrived to a value or an error. Sends nothing.

use fonedynamics_contract::Envelope;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::{Defect, Error, hides_an_error},
    response::{Received, ResponseValue},
};

/// Reads the body of a response whose status is a success. A byte order mark is skipped, and the media type does
/// not matter.
///
/// # Errors
///
/// [`Error::ErrorResponse`] if the body is an error envelope with a code all the same, and
/// [`Error::UnexpectedResponse`] if it is incomplete or cannot be parsed.
pub(super) fn read<T, E>(
    received: Received,
    parse: impl FnOnce(&[u8]) -> serde_json::Result<T>,
) -> Result<ResponseValue<T>, Error<E>>
where
    E: Envelope + Serialize + DeserializeOwned,
{
    if received.cut.is_some() {
        return Err(Error::from_received(received, None));
    }
    match parse(received.content()) {
        Ok(_) if hides_an_error::<E>(received.content()) => Err(Error::from_received(received, None)),
        Ok(value) => Ok(ResponseValue::from_received(value, received)),
        Err(error) => Err(Error::from_received(received, Some(Defect::from(error)))),
    }
}
