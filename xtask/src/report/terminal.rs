//! Width, wrapping and colours of a terminal.

use annotate_snippets::Renderer;

/// The width of a terminal.
pub(super) const WIDTH: usize = 80;

/// Whether a report is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// No colours: for files, pipes, and people who do not want them.
    Plain,
    /// Colours of a terminal.
    Coloured,
}

impl Palette {
    /// What renders excerpts of the document.
    pub(super) const fn renderer(self) -> Renderer {
        let renderer = match self {
            Self::Plain => Renderer::plain(),
            Self::Coloured => Renderer::styled(),
        };
        renderer.term_width(WIDTH)
    }
}

/// `1 problem`, `2 problems`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Wraps a text to the width of a terminal.
pub(super) fn wrap(text: &str, first: &str, rest: &str) -> String {
    let options = options(WIDTH).initial_indent(first).subsequent_indent(rest);
    textwrap::fill(text, options) + "\n"
}

/// The lines of a text behind so many columns.
pub(super) fn wrapped(text: &str, columns: usize) -> String {
    textwrap::fill(text, options(WIDTH.saturating_sub(columns)))
}

fn options<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}
