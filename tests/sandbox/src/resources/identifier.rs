//! New identifiers in the forms of the API: opaque, of 32 capital letters and digits, or a UUID.

use std::iter::repeat_with;

/// An identifier of 32 capital letters and digits that begins as those of its kind do.
pub(crate) fn sid(prefix: &str) -> String {
    let digit = || fastrand::choice(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789").map_or('0', |&byte| byte.into());
    prefix.chars().chain(repeat_with(digit)).take(32).collect()
}

/// A random UUID (version 4), in lower case with hyphens.
pub(crate) fn uuid() -> String {
    let random = fastrand::u128(..);
    let random = random & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{random:032x}");
    let ends = [0, 8, 12, 16, 20, 32];
    let groups: Vec<_> = ends
        .windows(2)
        .filter_map(|ends| match ends {
            [from, to] => digits.get(*from..*to),
            _ => None,
        })
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::{sid, uuid};

    #[test]
    fn identifiers_have_the_forms_of_the_api() {
        let sid = sid("MG");
        assert!(sid.len() == 32 && sid.starts_with("MG"), "{sid}");
        assert!(
            sid.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            "{sid}"
        );
        let uuid = uuid();
        let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
        assert!(uuid.get(14..15) == Some("4"), "{uuid}");
        assert!("89ab".contains(uuid.get(19..20).unwrap()), "{uuid}");
    }
}
