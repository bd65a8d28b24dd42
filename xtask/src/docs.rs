//! From the document's prose to Rust documentation, the same for types, client and server.
//!
//! Changes no words: it escapes what rustdoc would read as code, links or tags.

use std::fmt::Write as _;

use crate::contract::{Contract, ErrorCode, Location, Operation};

/// The width of a line of documentation, without its comment marks.
const WIDTH: usize = 96;

/// The lines of a doc comment, each with its leading space.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    let lead = |line: &str| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    };
    wrapped(text).iter().map(|line| lead(line)).collect()
}

/// The lines of a text: prose escaped and wrapped, code as it is.
#[must_use]
pub fn wrapped(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut out = Vec::new();
    for line in text.trim_end().lines() {
        let line = line.trim_end();
        let fence = line.trim_start().strip_prefix("```");
        match fence {
            // Code of other languages must not become a test.
            Some("") if !fenced => out.push(format!("{line}text")),
            Some(_) => out.push(line.to_owned()),
            None if fenced => out.push(line.to_owned()),
            None => out.extend(wrap(&escape(line))),
        }
        fenced ^= fence.is_some();
    }
    out
}

/// Wraps one line; what follows the first line of a list's item stays under its text.
fn wrap(line: &str) -> Vec<String> {
    let text = line.trim_start();
    let indent = line.len() - text.len() + if text.starts_with("- ") { 2 } else { 0 };
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(WIDTH)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    textwrap::wrap(line, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// Escapes brackets and angle brackets outside of code; four leading spaces would begin a code block.
fn escape(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let line = if indent >= 4 { line.trim_start() } else { line };
    let mut code = false;
    let mut out = String::new();
    for character in line.chars() {
        if character == '`' {
            code = !code;
        }
        if !code && matches!(character, '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// What a client or a server is about.
#[must_use]
pub fn package_docs(contract: &Contract) -> String {
    let info = &contract.info;
    format!(
        "{}, version {}.\n\n{}",
        info.title, info.version, info.description
    )
}

/// An operation, for the client's method and the server's.
#[must_use]
pub fn operation_docs(operation: &Operation) -> String {
    let mut out = format!("{}\n\n{}\n\n", operation.summary, operation.description.trim());
    let _ = writeln!(out, "`{} {}`", operation.method, operation.path);
    let arguments: Vec<_> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location != Location::Query)
        .collect();
    if !arguments.is_empty() {
        out.push_str("\n# Arguments\n\n");
        for parameter in arguments {
            let _ = writeln!(
                out,
                "- `{}`: {}",
                parameter.rust,
                parameter.docs.replace('\n', " ")
            );
        }
    }
    out.push_str("\n# Errors\n\n");
    let codes: Vec<String> = operation.codes.iter().map(|code| format!("`{code}`")).collect();
    let _ = writeln!(out, "{}.", codes.join(", "));
    out
}

/// A variant of the error codes.
#[must_use]
pub fn error_code_docs(code: &ErrorCode) -> String {
    let mut out = format!(
        "{}\n\nAnswered with {}. Likely causes:\n\n",
        code.meaning, code.status
    );
    for cause in &code.causes {
        let _ = writeln!(out, "- {}", cause.replace('\n', " "));
    }
    let _ = write!(out, "\nWhat to do: {}", code.remedy);
    out
}
