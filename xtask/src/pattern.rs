//! Patterns: from the regular expressions of JSON Schema to those that a generated server runs.
//!
//! The two differ in what `.` and `\s` match and in what must be escaped in a class; the rest of what
//! both understand means the same. Refuses what only one of them understands.

/// What `.` does not match in JSON Schema.
const LINE_ENDS: &str = r"\n\r\x{2028}\x{2029}";
/// What `\s` matches in JSON Schema.
const SPACES: &str =
    r"\t\n\x0B\x0C\r\x{20}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

/// The same pattern in the form that `regex-lite` takes.
///
/// # Errors
///
/// Why the pattern is not a regular expression, or not one that a server can run in bounded time.
pub fn translate(pattern: &str) -> Result<String, String> {
    regress::Regex::with_flags(pattern, "u")
        .map_err(|error| format!("`{pattern}` is not a regular expression: {error}"))?;
    let translated =
        rewrite(pattern).map_err(|what| format!("`{pattern}` has {what}, which a server cannot check"))?;
    match regex_lite::Regex::new(&translated) {
        Ok(_) => Ok(translated),
        Err(error) => Err(format!(
            "`{pattern}` is a regular expression that a server cannot check: {error}"
        )),
    }
}

/// Whether a string matches a pattern that [`translate`] gave.
pub(crate) fn matches(translated: &str, text: &str) -> bool {
    regex_lite::Regex::new(translated).is_ok_and(|regex| regex.is_match(text))
}

/// Whether a pattern can only match a whole string: it begins with `^`, ends with `$`, and has no
/// alternatives that one of the two would not belong to.
#[must_use]
pub fn is_anchored(pattern: &str) -> bool {
    let mut characters = pattern.chars();
    let (mut depth, mut in_class, mut ends) = (0_usize, false, false);
    if characters.next() != Some('^') {
        return false;
    }
    while let Some(character) = characters.next() {
        ends = false;
        match character {
            '\\' => drop(characters.next()),
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return false,
            '$' => ends = depth == 0,
            _ => {}
        }
    }
    ends
}

/// The pattern in the other form, or what it has that the other form does not have.
fn rewrite(pattern: &str) -> Result<String, &'static str> {
    let mut translated = String::new();
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match (characters.next().unwrap_or('\\'), in_class) {
                ('s', true) => translated.push_str(SPACES),
                ('s', false) => translated.push_str(&format!("[{SPACES}]")),
                ('S', true) => return Err(r"`\S` between brackets"),
                ('S', false) => translated.push_str(&format!("[^{SPACES}]")),
                (other, _) => translated.extend(['\\', other]),
            },
            '.' if !in_class => translated.push_str(&format!("[^{LINE_ENDS}]")),
            '[' if !in_class => {
                in_class = true;
                translated.push('[');
                translated.extend(characters.next_if_eq(&'^'));
                match characters.peek() {
                    // To the one form this is the end of the class, and to the other its first character.
                    Some(']') => return Err("nothing between brackets"),
                    // In the one form a range may begin with it, in the other only if it is escaped.
                    Some('-') => translated.push('\\'),
                    _ => {}
                }
            }
            ']' => {
                in_class = false;
                translated.push(']');
            }
            // In the one form these are operators on classes, in the other they are literal.
            '[' | '&' | '~' if in_class => translated.extend(['\\', character]),
            '(' if !in_class => {
                translated.push('(');
                if let Some(mark) = characters.next_if_eq(&'?') {
                    translated.push(mark);
                    // Which characters are equal but for case differs between the two.
                    if characters.peek().is_some_and(|next| !":<=!".contains(*next)) {
                        return Err("a group with modifiers");
                    }
                }
            }
            other => translated.push(other),
        }
    }
    Ok(translated)
}

#[cfg(test)]
mod tests {
    use super::{is_anchored, matches, translate};

    #[test]
    fn translated_patterns_match_what_the_originals_match() {
        let patterns = [
            r"^[+][1-9][0-9]{1,14}$",
            r"^\S+@\S+$",
            r"a.c",
            r"^[\s\w]*$",
            r"^[^[&~]+$",
            r"^(?:GET|POST)?$",
            r"^\d{2}\/\d{2}$",
            r"\bone\b",
            r"^[\u0041-\u005A]$",
            r"^[--A]$",
            r"^[^--A]$",
            r"^[-a\-]*$",
            r"^[(?]$",
        ];
        let texts = [
            "",
            "+61255501234",
            "+0",
            "a@b",
            "a b@c",
            "abc",
            "a\nc",
            "a\u{2028}c",
            "a\rc",
            "\u{a0}x_",
            "[",
            "&",
            "~",
            "x",
            "GET",
            "POST ",
            "12/34",
            "١٢/34",
            "one",
            "bone",
            "an one.",
            "A",
            "ä",
            "\u{feff}",
            "a\u{85}b",
            "-",
            "0",
            "(",
        ];
        for pattern in patterns {
            let original = regress::Regex::with_flags(pattern, "u").unwrap();
            let translated = translate(pattern).unwrap();
            for text in texts {
                let expected = original.find(text).is_some();
                assert_eq!(
                    matches(&translated, text),
                    expected,
                    "{pattern} {translated} {text:?}"
                );
            }
        }
    }

    #[test]
    fn a_pattern_is_anchored_if_it_can_only_match_a_whole_string() {
        for pattern in ["^a$", "^(a|b)$", r"^[$|]\$$", "^$", r"^\(\|$", r"^[\]|]$"] {
            assert!(is_anchored(pattern), "{pattern}");
        }
        for pattern in ["", "a", "^a", "a$", "^a|b$", r"^a\$", "^(a$)", "^[a$]", "^a$|^b$"] {
            assert!(!is_anchored(pattern), "{pattern}");
        }
    }

    #[test]
    fn patterns_that_only_one_of_the_two_understands_are_refused() {
        for pattern in [
            "(", r"^(?=a)", r"(a)\1", r"^[\S]$", r"\p{Lu}", "(?i)a", "(?i:a)", r"\Aa", "[]", "[^]", "[]-a",
            "[^] [a]",
        ] {
            assert!(translate(pattern).is_err(), "{pattern}");
        }
    }
}
