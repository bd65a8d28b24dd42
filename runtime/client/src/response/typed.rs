//! From the body of a success to its type. A value that does not fit costs only itself.
//!
//! Decides nothing by a status, and knows no error.

mod draft;
mod watched;

use serde::de::DeserializeOwned;

use super::{misfit::Misfit, tree};
use draft::Draft;

/// What a body can be. Lists have two forms, a page that holds the items and the array of the items alone, because
/// it is not always public which of the two a server sends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// Any value.
    Any,
    /// An object.
    Object,
    /// An object in which this member has the items, or the array of the items.
    Page(&'static str),
    /// An array, or an object with one array in it.
    Array,
}

/// A value, and what had to be left out of it or repaired.
#[derive(Debug)]
pub(crate) struct Typed<T> {
    pub(crate) value: T,
    pub(crate) misfits: Vec<Misfit>,
    /// How many items of a list were left out.
    pub(crate) missing_items: usize,
    /// Whether it is sure that the body is no object with a member of the envelope, in any case.
    pub(crate) is_no_envelope: bool,
}

impl<T> Typed<T> {
    /// A value of which nothing had to be left out.
    pub(crate) fn whole(value: T) -> Self {
        Self {
            value,
            misfits: Vec::new(),
            missing_items: 0,
            is_no_envelope: false,
        }
    }
}

/// Why a body cannot be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) error: serde_json::Error,
    /// The JSON Pointer of the required member that does not fit, where that is why.
    pub(crate) required: Option<String>,
}

/// Reads a body of JSON without a byte order mark. If all of it fits, it is read once and nothing else is done. The
/// envelope has these `names` outermost.
///
/// # Errors
///
/// It is not JSON, or without a value that does not fit it would not be of the type at all.
pub(crate) fn read<T: DeserializeOwned>(
    body: &[u8],
    form: Form,
    names: &[&str],
) -> Result<Typed<T>, Unreadable> {
    let array = body.trim_ascii_start().starts_with(b"[");
    let fits = match form {
        Form::Any => true,
        // An array would be read as the fields of an object in their order.
        Form::Object | Form::Page(_) => !array,
        Form::Array => array,
    };
    if fits && let Ok((value, is_no_envelope)) = watched::read(body, names) {
        return Ok(Typed {
            is_no_envelope,
            ..Typed::whole(value)
        });
    }
    if fits && let Ok(value) = serde_json::from_slice(body) {
        return Ok(Typed::whole(value));
    }
    let text = String::from_utf8_lossy(body);
    let raw = serde_json::from_str(&text)?;
    let (value, misfits) = tree::read(raw)?;
    Draft::new(value.unwrap_or_default(), form)?.fit(raw, misfits)
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self {
            error,
            required: None,
        }
    }
}

#[cfg(test)]
mod tests;
