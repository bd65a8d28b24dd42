//! What a document in JSON may say and YAML would not read. Changes no other text.

use serde::de::IgnoredAny;

/// Writes the characters that JSON escapes in two halves, `\ud83d\udc4d`, as one escape, which YAML has as well.
pub(super) fn without_surrogates(text: String) -> String {
    // Outside of JSON a backslash may be nothing but a backslash.
    if !text.trim_start().starts_with('{') || serde_json::from_str::<IgnoredAny>(&text).is_err() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let taken = match pair(escape) {
            Some(character) => {
                out.push_str(&format!("\\U{:08X}", u32::from(character)));
                12
            }
            // In JSON what follows a backslash is ASCII.
            None => {
                out.push_str(escape.get(..2).unwrap_or_default());
                2
            }
        };
        rest = escape.get(taken..).unwrap_or_default();
    }
    out + rest
}

/// The character that a text begins with in two halves.
fn pair(text: &str) -> Option<char> {
    let half = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut characters = char::decode_utf16([half(0)?, half(6)?]);
    let first = characters.next()?.ok()?;
    characters.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::without_surrogates;

    #[test]
    fn two_halves_of_a_character_become_one_escape_in_json_alone() {
        let json = r#"{"a": "\\ud83d\\udc4d \ud83d\udc4d \\\ud83d\udc4d \u00e4\u00e4 ä"}"#;
        let read: serde_json::Value = serde_json::from_str(json).unwrap();
        let text = without_surrogates(json.to_owned());
        assert_eq!(text.matches(r"\U0001F44D").count(), 2, "{text}");
        assert_eq!(serde_yaml::from_str::<serde_json::Value>(&text).unwrap(), read);
        let yaml = r"a: '\ud83d\udc4d'";
        assert_eq!(without_surrogates(yaml.to_owned()), yaml);
    }
}
