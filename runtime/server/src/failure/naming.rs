//! The documented message of a code, with the names of the parameters at fault filled in. Decides on no code.

use std::borrow::Cow;

use fonedynamics_contract::{Envelope, FIELD_NAME};

/// The longest message, in bytes.
pub(crate) const MAXIMUM_MESSAGE: usize = 256;

/// What the document says with a code, or nothing but the code where it does not list it.
pub(super) fn documented_message<E: Envelope>(code: &E::Code, fields: &[String]) -> String {
    E::message_of(code).map_or_else(|| format!("{code}."), |message| naming(message, fields))
}

/// A documented message with the names of the parameters at fault filled in; without them where there are
/// none, or where they would make it too long.
fn naming(message: &str, fields: &[String]) -> String {
    let names = match fields {
        [name] if !name.contains(',') => Cow::Borrowed(name.as_str()),
        // One field can hold several names, joined with commas.
        _ => Cow::Owned(fields.join(",").replace(',', ", ")),
    };
    let named = filled(message, &names);
    if !names.is_empty() && named.len() <= MAXIMUM_MESSAGE {
        return named;
    }
    match message.strip_prefix(FIELD_NAME) {
        Some(rest) => format!("The parameter{rest}"),
        None => filled(message, "the parameter"),
    }
}

/// A message with a text in place of each placeholder. A search for a whole string takes longer than all the rest.
fn filled(message: &str, text: &str) -> String {
    let mut filled = String::with_capacity(message.len() + text.len());
    let mut rest = message;
    while let Some(brace) = rest.as_bytes().iter().position(|byte| *byte == b'{') {
        let (before, found) = rest.split_at(brace);
        let (placeholder, behind) = match found.strip_prefix(FIELD_NAME) {
            Some(behind) => (text, behind),
            None => found.split_at(1),
        };
        filled.push_str(before);
        filled.push_str(placeholder);
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::naming;

    #[test]
    fn every_placeholder_is_filled_and_other_braces_stay() {
        let fields = ["A,B".to_owned(), "C".to_owned()];
        let message = "{FieldName} or {x}: {FieldName}.";
        assert_eq!(naming(message, &fields), "A, B, C or {x}: A, B, C.");
        assert_eq!(naming(message, &[]), "The parameter or {x}: {FieldName}.");
        assert_eq!(naming("No {FieldName}.", &[]), "No the parameter.");
        assert_eq!(naming("No.", &fields), "No.");
    }
}
