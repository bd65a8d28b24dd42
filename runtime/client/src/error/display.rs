//! An error on one line. Shows neither the body nor headers.

use std::fmt::{self, Display};

use fonedynamics_contract::Envelope;

use super::{Error, names, one_line::OneLine, unexpected_response::StatusLine};
use crate::response::ResponseValue;

/// Names of parameters that `Display` shows; the rest are counted.
const FIELDS_SHOWN: usize = 16;

impl<E: Envelope> Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorResponse(response) => write_envelope(formatter, response),
            Self::UnexpectedResponse(response) => Display::fmt(response, formatter),
            Self::Transport(error) => Display::fmt(error, formatter),
            Self::InvalidRequest(reason) => {
                write!(formatter, "the request cannot be built: {}", OneLine(reason))
            }
        }
    }
}

/// Writes `400 Bad Request: CODE: Message. (First, Second)`, leaving out what is missing.
fn write_envelope<E: Envelope>(
    formatter: &mut fmt::Formatter<'_>,
    response: &ResponseValue<E>,
) -> fmt::Result {
    write!(formatter, "{}", StatusLine(response.status()))?;
    match response.code() {
        Some(code) => write!(formatter, ": {}", OneLine(&code.to_string()))?,
        None => formatter.write_str(": the response has no error code")?,
    }
    if let Some(message) = response.message() {
        write!(formatter, ": {}", OneLine(message))?;
    }
    let fields: Vec<&str> = names(&**response).collect();
    if fields.is_empty() {
        return Ok(());
    }
    for (index, name) in fields.iter().take(FIELDS_SHOWN).enumerate() {
        let lead = if index == 0 { " (" } else { ", " };
        write!(formatter, "{lead}{}", OneLine(name))?;
    }
    match fields.len().saturating_sub(FIELDS_SHOWN) {
        0 => formatter.write_str(")"),
        more => write!(formatter, " and {more} more)"),
    }
}
