//! The documented message of a code, with the names of the parameters at fault filled in. Knows no code.

use fonedynamics_contract::FIELD_NAME;

use crate::failure::MAXIMUM_MESSAGE;

/// A documented message with the names of the parameters at fault filled in; without them where there are
/// none, or where they would make it too long.
pub(super) fn naming(message: &str, fields: &[String]) -> String {
    // One field can hold several names, joined with commas.
    let mut names = String::new();
    for name in fields.iter().flat_map(|field| field.split(',')) {
        let separator = if names.is_empty() { "" } else { ", " };
        names.extend([separator, name]);
    }
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
    let (brace, rest) = FIELD_NAME.split_at(1);
    let mut filled = String::with_capacity(message.len() + text.len());
    let mut parts = message.split('{');
    filled.extend(parts.next());
    for part in parts {
        match part.strip_prefix(rest) {
            Some(behind) => filled.extend([text, behind]),
            None => filled.extend([brace, part]),
        }
    }
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
