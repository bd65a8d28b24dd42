//! The text of a document and the name it is known by. Does no I/O.

use super::json;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The most bytes that a document may have: what it takes to read them is memory that any machine has. How much is
/// generated of them depends on how many values they are, which have a limit of their own.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The text of a document.
pub struct Source {
    /// The path that messages show.
    pub name: String,
    /// The text: no byte order mark, lines end with a line feed, and no escape that only JSON has. What ends a line
    /// is what does so for editors and in YAML 1.2: a line feed, a carriage return, or both.
    pub text: String,
}

impl Source {
    /// Takes the bytes of a file.
    ///
    /// # Errors
    ///
    /// More than [`MAX_BYTES`], or not UTF-8. The source that comes with the problem holds what could be
    /// read, for the excerpt.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, (Self, Box<Problem>)> {
        let name = name.to_owned();
        if bytes.len() > MAX_BYTES {
            let sentence = format!("the document is larger than {MAX_BYTES} bytes");
            let problem = Problem::new(Rule::DocumentTooLarge, Place::Whole, sentence);
            return Err((
                Self {
                    name,
                    text: String::new(),
                },
                Box::new(problem),
            ));
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text
                    .strip_prefix('\u{feff}')
                    .unwrap_or(&text)
                    .replace("\r\n", "\n")
                    .replace('\r', "\n");
                let text = json::without_surrogates(text);
                Ok(Self { name, text })
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let before = text.get(..valid).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let place = Place::Position { line, column };
                let problem = Problem::new(Rule::NotUtf8, place, "this byte is not UTF-8 text");
                Err((Self { name, text }, Box::new(problem)))
            }
        }
    }
}
