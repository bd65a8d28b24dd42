//! Width, wrapping and colours of a terminal.

use annotate_snippets::Renderer;

/// The width of a terminal.
pub(in crate::report) const WIDTH: usize = 80;

/// Whether a report is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// No colours: for files, pipes, and people who do not want them.
    Plain,
    /// Colours of a terminal.
    Coloured,
}

impl Palette {
    /// A word that stands out, in red if it is bad news.
    pub(in crate::report) fn paint(self, word: &str, is_bad: bool) -> String {
        match (self, is_bad) {
            (Self::Plain, _) => word.to_owned(),
            (Self::Coloured, true) => format!("\u{1b}[1;31m{word}\u{1b}[0m"),
            (Self::Coloured, false) => format!("\u{1b}[1m{word}\u{1b}[0m"),
        }
    }

    /// What renders excerpts of the document.
    pub(in crate::report) const fn renderer(self) -> Renderer {
        let renderer = match self {
            Self::Plain => Renderer::plain(),
            Self::Coloured => Renderer::styled(),
        };
        renderer.term_width(WIDTH)
    }
}

/// `1 problem`, `2 problems`.
pub(in crate::report) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Wraps a text to the width of a terminal.
pub(in crate::report) fn wrap(text: &str, first: &str, rest: &str) -> String {
    let options = options(WIDTH).initial_indent(first).subsequent_indent(rest);
    textwrap::fill(text, options) + "\n"
}

/// The lines of a text behind so many columns.
pub(in crate::report) fn wrapped(text: &str, columns: usize) -> String {
    textwrap::fill(text, options(WIDTH.saturating_sub(columns)))
}

fn options<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}
