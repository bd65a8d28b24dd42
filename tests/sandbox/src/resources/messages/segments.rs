//! How many segments a text takes. Knows nothing of messages but their text.

/// The characters of the GSM 03.38 alphabet, of which one segment holds 160.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                   abcdefghijklmnopqrstuvwxyzäöñüà";

/// Those of its extension, which take the room of two.
const GSM_EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// The number of segments of a text, at least one. A text with any other character than those of GSM is sent as UTF-16,
/// of which a segment holds 70 units. Of a text that needs several segments, each holds 153 characters or 67 units.
pub(super) fn segments(text: &str) -> usize {
    let room_of = |character: char| match character {
        _ if GSM.contains(character) => Some(1),
        _ if GSM_EXTENSION.contains(character) => Some(2),
        _ => None,
    };
    let (length, whole, part) = match text.chars().map(room_of).sum::<Option<usize>>() {
        Some(length) => (length, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if length <= whole { 1 } else { length.div_ceil(part) }
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn text_of_gsm_characters_has_160_in_one_segment_and_153_in_each_of_several() {
        let counts = [0, 1, 160, 161, 306, 307].map(|length| segments(&"ä".repeat(length)));
        assert_eq!(counts, [1, 1, 1, 2, 2, 3]);
    }

    #[test]
    fn extension_characters_count_twice() {
        let counts = [80, 81, 153, 154].map(|length| segments(&"€".repeat(length)));
        assert_eq!(counts, [1, 2, 2, 3]);
    }

    #[test]
    fn any_other_character_makes_it_70_and_67_units_of_utf_16() {
        let counts = [70, 71, 134, 135].map(|length| segments(&"ł".repeat(length)));
        assert_eq!(counts, [1, 2, 2, 3]);
        let counts = [35, 36, 67, 68].map(|length| segments(&"🙂".repeat(length)));
        assert_eq!(counts, [1, 2, 2, 3]);
    }
}
