//! Strings without quotes that some readers of YAML take for something else.
//!
//! This document is YAML 1.2, and many tools read it as YAML 1.1. Says nothing about quoted strings.

/// The booleans of YAML 1.1 that are strings in YAML 1.2.
const BOOLEANS: [&str; 4] = ["yes", "no", "on", "off"];

/// The words that are no strings in YAML 1.2.
const NO_STRINGS: [&str; 5] = ["", "~", "null", "true", "false"];

/// What YAML 1.1 takes a plain scalar for that is a string in YAML 1.2.
pub(super) fn misread(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let is_one_case = text == lower || text == lower.to_ascii_uppercase() || is_capitalized(text);
    if BOOLEANS.contains(&lower.as_str()) && is_one_case {
        return Some("a boolean");
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let all = |text: &str, more: char| text.chars().all(|c| c.is_ascii_digit() || c == more);
    let is_octal = digits.len() > 1 && digits.starts_with('0');
    if all(digits, '_') && (is_octal || digits.contains('_')) {
        return Some("a number");
    }
    let in_base_60 = |part: &str| part.len() <= 2 && part.parse::<u8>().is_ok_and(|part| part < 60);
    if all(digits, ':') && digits.contains(':') && digits.split(':').skip(1).all(in_base_60) {
        return Some("a number in base 60");
    }
    let date = match digits.split_once(['T', 't', ' ']) {
        Some((date, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => date,
        _ => digits,
    };
    let parts: Vec<_> = date.split('-').map(str::len).collect();
    (all(date, '-') && matches!(parts.as_slice(), [4, 1..=2, 1..=2])).then_some("a date")
}

/// What YAML takes the plain key of a mapping for, if that is no string.
pub(super) fn misread_key(text: &str) -> Option<&'static str> {
    // What is no string begins like a number, or is one of a few words: most keys need not be read as YAML.
    let is_like_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    if !is_like_number && !NO_STRINGS.contains(&text.to_ascii_lowercase().as_str()) {
        return misread(text);
    }
    match serde_yaml::from_str(text) {
        Ok(serde_yaml::Value::Number(_)) => Some("a number"),
        Ok(serde_yaml::Value::Bool(_)) => Some("a boolean"),
        Ok(serde_yaml::Value::Null) => Some("null"),
        _ => misread(text),
    }
}

fn is_capitalized(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_ascii_uppercase())
        && characters.all(|other| other.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{misread, misread_key};

    #[test]
    fn what_yaml_1_1_takes_for_something_else_is_found() {
        for (text, found) in [
            ("Off", "a boolean"),
            ("yes", "a boolean"),
            ("NO", "a boolean"),
            ("0800", "a number"),
            ("1_000", "a number"),
            ("12:30", "a number in base 60"),
            ("2024-01-31", "a date"),
            ("2024-01-31T10:00:00Z", "a date"),
        ] {
            assert_eq!(misread(text), Some(found), "{text}");
        }
        for text in [
            "oFF",
            "n",
            "No.",
            "1.0.0",
            "0",
            "200",
            "5T04K",
            "12:75",
            "a:1",
            "1-2-3",
            "+61255501234",
            "",
        ] {
            assert_eq!(misread(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_that_is_no_string_is_found() {
        for (text, found) in [
            ("200", "a number"),
            ("true", "a boolean"),
            ("~", "null"),
            ("on", "a boolean"),
        ] {
            assert_eq!(misread_key(text), Some(found), "{text}");
        }
        for text in ["get", "/v2/Calls/{CallSid}", "x-raises", "2nd"] {
            assert_eq!(misread_key(text), None, "{text}");
        }
    }
}
