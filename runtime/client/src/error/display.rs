//! An error on one line. Shows neither the body nor anything else that the envelope has no room for.

use std::fmt::{self, Display};

use fonedynamics_contract::Envelope;

use super::{Error, names};
use crate::{ResponseValue, error::one_line::OneLine, error::unexpected_response::StatusLine};

/// Names of parameters that `Display` shows; the rest are counted.
const FIELDS_SHOWN: usize = 16;

impl<E: Envelope> Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorResponse(answer) => write_refusal(formatter, answer),
            Self::Unreadable(answer) => Display::fmt(answer, formatter),
            Self::Transport(failure) => Display::fmt(failure, formatter),
            Self::InvalidRequest(reason) => {
                write!(formatter, "the request cannot be built: {}", OneLine(reason))
            }
        }
    }
}

/// Writes `400 Bad Request: CODE: Message. (First, Second)`, leaving out what is missing.
fn write_refusal<E: Envelope>(formatter: &mut fmt::Formatter<'_>, answer: &ResponseValue<E>) -> fmt::Result {
    write!(formatter, "{}", StatusLine(answer.status()))?;
    match answer.code() {
        Some(code) => write!(formatter, ": {}", OneLine(&code.to_string()))?,
        None => formatter.write_str(": the answer carries no error code")?,
    }
    if let Some(message) = answer.message() {
        write!(formatter, ": {}", OneLine(message))?;
    }
    let fields: Vec<&str> = names(&**answer).collect();
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
