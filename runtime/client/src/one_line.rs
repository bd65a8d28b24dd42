//! Foreign text on one line of a message. Changes nothing that is kept.

use std::fmt::{self, Display, Write as _};

/// Characters after which a text is cut.
const LONGEST: usize = 512;

/// Writes a text on one line: control characters become spaces, and a long text is cut.
///
/// What a server sends ends up in logs, where a line break could pass for another entry.
pub(crate) struct OneLine<'text>(pub(crate) &'text str);

impl Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.trim().chars();
        for character in characters.by_ref().take(LONGEST) {
            // U+2028 and U+2029 are no control characters, yet some viewers break lines at them.
            let breaks = character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
            formatter.write_char(if breaks { ' ' } else { character })?;
        }
        if characters.next().is_some() {
            formatter.write_char('…')?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::OneLine;

    #[test]
    fn line_breaks_and_escapes_become_spaces() {
        assert_eq!(OneLine(" a\r\nb\u{1b}[31m\u{2028}c ").to_string(), "a  b [31m c");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let text = OneLine(&"é".repeat(600)).to_string();
        assert_eq!(text.chars().count(), 513);
        assert!(text.ends_with("é…"));
    }
}
