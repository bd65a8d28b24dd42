//! One paragraph of the document's prose in the Markdown of rustdoc.
//!
//! Code, links and addresses stay what they are; a bracket or a tag that is none of these is a character. What a
//! link leads to is an address, never an item of Rust.

/// The paragraph with everything escaped that rustdoc would take for something else.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Most of a text is letters that mean nothing. An address begins with an `h`.
        let plain = rest.find(|c| "`[]<>\\h".contains(c)).unwrap_or(rest.len());
        let (before, after) = rest.split_at(plain);
        out.push_str(before);
        rest = after;
        let Some(first) = rest.chars().next() else {
            return out;
        };
        let taken = code(rest, &mut out)
            .or_else(|| link(rest, &mut out))
            .or_else(|| address(rest, &mut out))
            .unwrap_or_else(|| character(rest, first, &mut out));
        rest = rest.get(taken..).unwrap_or_default();
    }
}

/// Code between backticks; as many of them end it as begin it. Without an end they are characters.
fn code(text: &str, out: &mut String) -> Option<usize> {
    let length = text.len() - text.trim_start_matches('`').len();
    if length == 0 {
        return None;
    }
    let mut at = length;
    while let Some(found) = text.get(at..)?.find('`') {
        let run = text.get(at + found..)?;
        let run_length = run.len() - run.trim_start_matches('`').len();
        at += found + run_length;
        if run_length == length {
            out.push_str(text.get(..at)?);
            return Some(at);
        }
    }
    out.push_str(&"\\`".repeat(length));
    Some(length)
}

/// `[text](https://…)`, with a title or without one.
fn link(text: &str, out: &mut String) -> Option<usize> {
    let (shown, target) = text.strip_prefix('[')?.split_once("](")?;
    let (target, _) = target.split_once(')')?;
    let (address, title) = target.split_once(' ').unwrap_or((target, "\"\""));
    let is_title = title.len() >= 2 && title.starts_with('"') && title.ends_with('"');
    let is_whole = shown.matches('`').count() % 2 == 0;
    let is_plain = is_whole && !shown.contains(['[', ']', '<']) && !address.contains(['<', '>', '(']);
    if !is_plain || !is_title || !is_address(address) {
        return None;
    }
    let length = "[](".len() + shown.len() + target.len() + ")".len();
    out.push_str(text.get(..length)?);
    Some(length)
}

/// An address by itself, or one between angle brackets.
fn address(text: &str, out: &mut String) -> Option<usize> {
    let (inner, brackets) = match text.strip_prefix('<') {
        Some(inner) => (inner.split_once('>')?.0, "<>".len()),
        None => {
            let end = text.find(|c: char| c.is_whitespace() || "<>\"`[]{}|\\^".contains(c));
            let whole = text.get(..end.unwrap_or(text.len()))?;
            let is_open = |text: &str| text.ends_with(')') && !text.contains('(');
            let mut inner = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
            while is_open(inner) {
                inner = inner.trim_end_matches([')', '.', ',', ';', ':', '!', '?']);
            }
            (inner, 0)
        }
    };
    if !is_address(inner) {
        return None;
    }
    out.push('<');
    out.push_str(inner);
    out.push('>');
    Some(inner.len() + brackets)
}

fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(char::is_alphanumeric)) && !text.contains(char::is_whitespace)
}

/// Any other character, escaped if it means something, and one that is escaped already as it is.
fn character(text: &str, first: char, out: &mut String) -> usize {
    let escaped = text.strip_prefix('\\').and_then(|rest| rest.chars().next());
    match escaped.filter(char::is_ascii_punctuation) {
        Some(next) => {
            out.push('\\');
            out.push(next);
            2
        }
        None => {
            if "[]<>".contains(first) {
                out.push('\\');
            }
            out.push(first);
            first.len_utf8()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_rustdoc_would_take_for_something_else_is_escaped() {
        for (text, expected) in [
            ("a [link], <b>tag</b>", r"a \[link\], \<b\>tag\</b\>"),
            ("`[code]` and ``a ` [b]``", "`[code]` and ``a ` [b]``"),
            ("`unclosed [x]", r"\`unclosed \[x\]"),
            (r"\[escaped\] \a", r"\[escaped\] \a"),
            ("at https://a.example/b_c.", "at <https://a.example/b_c>."),
            ("(https://a.example/b)", "(<https://a.example/b>)"),
            ("https://a.example/b_(c)", "<https://a.example/b_(c)>"),
            ("<https://a.example>", "<https://a.example>"),
            ("[text](https://a.example)", "[text](https://a.example)"),
            (
                "[text](https://a.example \"A title\")",
                "[text](https://a.example \"A title\")",
            ),
            ("[`code`](https://a.example)", "[`code`](https://a.example)"),
            ("[text](Self::method)", r"\[text\](Self::method)"),
            ("[a] [b](https://a.example)", r"\[a\] [b](https://a.example)"),
            ("seehttps://a.example", "see<https://a.example>"),
            ("https://", "https://"),
            ("größe [ä]", r"größe \[ä\]"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
