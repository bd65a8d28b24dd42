//! What the program says to people: problems, drift, explanations.
//!
//! Texts for a terminal of 80 columns, as values. Prints nothing itself.

mod drift;
mod explain;
mod problems;

pub use drift::{drift, written};
pub use explain::{code, codes, rule, rules};
pub use problems::{problems, problems_json};

use anstyle::{AnsiColor, Style};

/// The width of a terminal.
const WIDTH: usize = 80;

/// Whether a report is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// No colours: for files, pipes, and people who do not want them.
    Plain,
    /// Colours of a terminal.
    Coloured,
}

impl Palette {
    fn error(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    fn help(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default().bold(), text)
    }

    fn frame(self, text: &str) -> String {
        self.paint(AnsiColor::Blue.on_default().bold(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("{style}{text}{style:#}"),
        }
    }
}

/// `1 problem`, `2 problems`.
fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Wraps a text to the width of a terminal.
fn wrap(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}
