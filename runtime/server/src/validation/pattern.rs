//! The form of a string: a regular expression of the document, and how strings are matched with it.
//!
//! Knows no value's place and no code. What [`Runs`] cannot match exactly as a regular expression would is left to
//! `regex-lite`.

use std::sync::OnceLock;

use regex_lite::Regex;

/// The form of a string: a regular expression, compiled when it is first needed. Matching takes a time that
/// is linear in the string.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    pub(super) expected: Option<&'static str>,
    compiled: OnceLock<Compiled>,
}

impl Pattern {
    /// A form, in the syntax of the crate `regex-lite`. The generator refuses any other.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            expected: None,
            compiled: OnceLock::new(),
        }
    }

    /// What a string of this form is, as the end of the sentence "It must be …".
    #[must_use]
    pub const fn expecting(mut self, expected: &'static str) -> Self {
        self.expected = Some(expected);
        self
    }

    /// Whether a part of the string has the form; anchors tie it to the ends.
    pub(super) fn is_in(&self, string: &str) -> bool {
        match self.compiled.get_or_init(|| Compiled::of(self.source)) {
            Compiled::Alternatives(alternatives) => alternatives.iter().any(|runs| runs.are(string)),
            Compiled::Regex(regex) => regex.is_match(string),
            Compiled::Nothing => false,
        }
    }
}

#[derive(Debug)]
enum Compiled {
    Alternatives(Vec<Runs>),
    Regex(Regex),
    /// What is no regular expression.
    Nothing,
}

impl Compiled {
    fn of(source: &str) -> Self {
        match alternatives(source) {
            Some(alternatives) => Self::Alternatives(alternatives),
            None => Regex::new(source).map_or(Self::Nothing, Self::Regex),
        }
    }
}

/// A whole string as runs of characters, one behind the other. Most patterns of documents are no more than that, and a
/// regular expression engine takes some thousand instructions for the ten characters of a phone number.
#[derive(Debug)]
struct Runs(Vec<Run>);

/// Between `least` and `most` characters of a class.
#[derive(Debug)]
struct Run {
    /// One bit for each ASCII character.
    class: u128,
    least: usize,
    most: usize,
}

impl Runs {
    fn are(&self, string: &str) -> bool {
        let mut rest = string.as_bytes();
        for run in &self.0 {
            // To shift 64 bits takes half the time of 128.
            let [first, second] = [run.class as u64, (run.class >> 64) as u64];
            let is_in_class = |byte: &&u8| match **byte {
                byte @ 0..64 => first >> byte & 1 == 1,
                byte @ 64..128 => second >> (byte - 64) & 1 == 1,
                128.. => false,
            };
            let count = rest.iter().take(run.most).take_while(is_in_class).count();
            if count < run.least {
                return false;
            }
            rest = rest.get(count..).unwrap_or_default();
        }
        rest.is_empty()
    }

    /// Whether each run can take all that it finds: nothing of it could be meant for a later one.
    fn are_clear(&self) -> bool {
        let mut runs = self.0.iter();
        while let Some(run) = runs.next() {
            if run.least == run.most {
                continue;
            }
            for later in runs.clone() {
                if later.class & run.class != 0 {
                    return false;
                }
                if later.least > 0 {
                    break;
                }
            }
        }
        true
    }
}

/// The runs of `^…$` or of each alternative of `^(…|…)$`, if the pattern is one of these and nothing more.
fn alternatives(source: &str) -> Option<Vec<Runs>> {
    let inner = source.strip_prefix('^')?.strip_suffix('$')?;
    let group = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let mut rest = group.unwrap_or(inner).as_bytes();
    let mut alternatives = vec![Vec::new()];
    while let Some((first, behind)) = rest.split_first() {
        if *first == b'|' && group.is_some() {
            alternatives.push(Vec::new());
            rest = behind;
            continue;
        }
        let class;
        (class, rest) = read_class(rest)?;
        let ((least, most), behind) = read_count(rest)?;
        rest = behind;
        alternatives.last_mut()?.push(Run { class, least, most });
    }
    let alternatives: Vec<_> = alternatives.into_iter().map(Runs).collect();
    alternatives.iter().all(Runs::are_clear).then_some(alternatives)
}

/// One character, or the characters between brackets; and what is behind them.
fn read_class(text: &[u8]) -> Option<(u128, &[u8])> {
    let bit = |byte: u8| byte.is_ascii().then(|| 1_u128 << byte);
    match text {
        [b'\\', byte, rest @ ..] if byte.is_ascii_punctuation() => Some((bit(*byte)?, rest)),
        [b'[', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b']')?;
            let (mut members, rest) = (rest.get(..end)?, rest.get(end + 1..)?);
            // Escapes, negations and sets of sets.
            let is_special = |byte: &u8| b"\\^[&~".contains(byte);
            if members.is_empty()
                || members.iter().any(is_special)
                || members.windows(2).any(|two| two == b"--")
            {
                return None;
            }
            let mut class = 0;
            while let Some((first, behind)) = members.split_first() {
                let last = match behind {
                    [b'-', last, behind @ ..] => {
                        members = behind;
                        last
                    }
                    _ => {
                        members = behind;
                        first
                    }
                };
                for byte in *first..=*last {
                    class |= bit(byte)?;
                }
            }
            Some((class, rest))
        }
        [byte, rest @ ..] if !b"\\^$.|?*+()[]{}".contains(byte) => Some((bit(*byte)?, rest)),
        _ => None,
    }
}

/// How often it is there; and what is behind that.
fn read_count(text: &[u8]) -> Option<((usize, usize), &[u8])> {
    let (count, rest) = match text {
        [b'?', rest @ ..] => ((0, 1), rest),
        [b'*', rest @ ..] => ((0, usize::MAX), rest),
        [b'+', rest @ ..] => ((1, usize::MAX), rest),
        [b'{', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b'}')?;
            let count = str::from_utf8(rest.get(..end)?).ok()?;
            let count = match count.split_once(',') {
                Some((least, "")) => (least.parse().ok()?, usize::MAX),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
                None => (count.parse().ok()?, count.parse().ok()?),
            };
            (count, rest.get(end + 1..)?)
        }
        _ => ((1, 1), text),
    };
    Some((count, rest))
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::{Compiled, alternatives};

    /// Every string of at most four of these characters.
    fn strings() -> Vec<String> {
        let characters = ['a', 'b', 'B', '1', '+', '-', ' ', 'ü', '\n'];
        let mut strings = vec![String::new()];
        let mut begin = 0;
        for _ in 0..4 {
            let end = strings.len();
            for index in begin..end {
                strings.extend(characters.map(|character| format!("{}{character}", strings[index])));
            }
            begin = end;
        }
        strings
    }

    #[test]
    fn runs_match_what_the_regular_expression_matches() {
        let strings = strings();
        for source in [
            "^$",
            "^a$",
            "^ab1$",
            "^[+]?[a-z][0-9]{1,2}$",
            "^\\+[aB]{2}$",
            "^[A-Z]{2}$",
            "^([+][1-9]{1,3}|[A-Za-z0-9 ]{0,3})$",
            "^([Aa][Bb]|)$",
            "^[ab]*1?[+-]+$",
            "^[a-]{2,}$",
            "^[ab]{2}[ab]?$",
            "^b{0}$",
        ] {
            let (runs, regex) = (alternatives(source), Regex::new(source).unwrap());
            let runs = runs.unwrap_or_else(|| panic!("{source} is no runs"));
            for string in &strings {
                let are = runs.iter().any(|runs| runs.are(string));
                assert_eq!(are, regex.is_match(string), "{source} {string:?}");
            }
        }
    }

    #[test]
    fn everything_else_is_left_to_the_regular_expression() {
        for source in [
            "a",
            "^a",
            "a$",
            "^a|b$",
            "^(a)(b)$",
            "^(a|b)?$",
            "^(?:a|b)$",
            "^((a|b)|c)$",
            "^.$",
            "^\\d$",
            "^[^a]$",
            "^[\\d]$",
            "^[a&&b]$",
            "^ü$",
            "^[ü]$",
            "^a+?$",
            "^a++$",
            "^a*a$",
            "^a*1?a$",
            "^[ab]{0,2}[bc]?$",
            "^a$$",
        ] {
            assert!(alternatives(source).is_none(), "{source}");
        }
        assert!(matches!(Compiled::of("^(a|b)?$"), Compiled::Regex(_)));
        assert!(matches!(Compiled::of("^(a"), Compiled::Nothing));
    }
}
