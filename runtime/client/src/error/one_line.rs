//! Strings from a server, on one line of a message. Changes nothing that is kept.

use std::fmt::{self, Display, Write as _};

/// The most characters of a string that are shown.
const LONGEST: usize = 512;

/// Writes a string on one line: control characters and those that change the direction of writing become
/// spaces, and a long string is cut.
///
/// What a server sends ends up in logs, where a line break could pass for another entry, and a change of
/// direction for other words.
pub(super) struct OneLine<'a>(pub(super) &'a str);

impl Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.trim().chars();
        for character in characters.by_ref().take(LONGEST) {
            formatter.write_char(if breaks(character) { ' ' } else { character })?;
        }
        if characters.next().is_some() {
            formatter.write_char('…')?;
        }
        Ok(())
    }
}

/// Whether a viewer may show what follows on another line or in another order.
fn breaks(character: char) -> bool {
    // Some viewers break lines at U+2028 and U+2029; up to U+202E and from U+2066 on are marks of direction.
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::OneLine;

    #[test]
    fn line_breaks_and_escapes_become_spaces() {
        assert_eq!(OneLine(" a\r\nb\u{1b}[31m\u{2028}c ").to_string(), "a  b [31m c");
    }

    #[test]
    fn marks_of_direction_become_spaces() {
        assert_eq!(OneLine("a\u{202e}b\u{2066}c\u{2069}d").to_string(), "a b c d");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let text = OneLine(&"é".repeat(600)).to_string();
        assert_eq!(text.chars().count(), 513);
        assert!(text.ends_with("é…"));
    }
}
