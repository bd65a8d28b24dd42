//! From the document's prose to Rust documentation, the same for types, client and server.
//!
//! Changes no words: it escapes what rustdoc would read as code, links or tags.

mod inline;

use std::fmt::Write as _;

use proc_macro2::Span;
use syn::token::Bracket;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, MetaNameValue, Token};

use crate::contract::{Contract, ErrorCode, Location, MERGE_PATCH, Operation, Parameter};
use crate::dictionary::label;
use crate::names;

/// The width of a line of documentation, without its comment marks.
const WIDTH: usize = 96;

/// The `#[doc = "…"]` of a description, one for each line.
#[must_use]
pub fn attributes(text: &str) -> Vec<Attribute> {
    of_lines(wrapped(text).iter().map(String::as_str))
}

/// The `#[doc = "…"]` of lines that are wrapped already.
pub fn of_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> Vec<Attribute> {
    let lines = lines.into_iter().map(led);
    lines.map(|line| made(&line)).collect()
}

/// The `#[doc = "…"]` of a description for code that is quoted, with all lines in one, which [`each_line`] takes apart:
/// a parser would have most of its work with documentation. Nothing for a description without text.
#[must_use]
pub fn attribute(text: &str) -> Option<Attribute> {
    let lines: Vec<_> = wrapped(text).iter().map(|line| led(line)).collect();
    (!lines.is_empty()).then(|| made(&lines.join("\n")))
}

/// A line as it stands in a comment.
fn led(line: &str) -> String {
    match line.trim_end() {
        "" => String::new(),
        line => format!(" {line}"),
    }
}

/// Takes each `#[doc = "…"]` of several lines apart, into one for each line.
pub fn each_line(attributes: &mut Vec<Attribute>) {
    let mut apart = Vec::with_capacity(attributes.len());
    for attribute in attributes.drain(..) {
        match text(&attribute).filter(|text| text.contains('\n')) {
            Some(text) => apart.extend(text.split('\n').map(made)),
            None => apart.push(attribute),
        }
    }
    *attributes = apart;
}

/// The text of a `#[doc = "…"]`.
fn text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(MetaNameValue {
            path,
            value: Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }),
            ..
        }) if path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// `#[doc = "…"]`, made without a parser.
fn made(text: &str) -> Attribute {
    // A raw string needs no escapes, of which each character would be looked at here and again when it is printed.
    let raw = format!("r##\"{text}\"##").parse().map(Lit::new);
    let lit = raw.unwrap_or_else(|_| Lit::Str(LitStr::new(text, Span::call_site())));
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: <Token![=]>::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit,
            }),
        }),
    }
}

/// The lines of a description: prose escaped and wrapped, code as it is.
#[must_use]
pub fn wrapped(text: &str) -> Vec<String> {
    let mut open: Option<Fence<'_>> = None;
    let mut out = Vec::new();
    let mut paragraph = String::new();
    let text = printable(text);
    for line in text.trim_end().lines() {
        let line = line.trim_end();
        let fence = Fence::of(line);
        match (&open, fence) {
            (Some(opening), fence) => {
                out.push(line.to_owned());
                if fence.is_some_and(|fence| fence.closes(opening)) {
                    open = None;
                }
            }
            (None, Some(fence)) => {
                flush(&mut paragraph, &mut out);
                // Code of other languages must not become a test.
                out.push(format!("{}{}text", fence.before, fence.marks));
                open = Some(fence);
            }
            (None, None) if line.is_empty() => {
                flush(&mut paragraph, &mut out);
                out.push(String::new());
            }
            (None, None) if begins_block(line) => {
                flush(&mut paragraph, &mut out);
                paragraph = line.to_owned();
            }
            (None, None) if paragraph.is_empty() => paragraph = line.trim_start().to_owned(),
            (None, None) => {
                paragraph.push(' ');
                paragraph.push_str(line.trim_start());
            }
        }
    }
    flush(&mut paragraph, &mut out);
    // Code without an end would take in whatever follows the description.
    out.extend(open.map(|fence| format!("{}{}", fence.indent(), fence.marks)));
    out
}

/// A line that begins or ends a block of code.
struct Fence<'l> {
    /// The indentation, and the mark of the item of a list that the block is in.
    before: &'l str,
    /// Three or more backticks or tildes.
    marks: &'l str,
    /// The language.
    after: &'l str,
}

impl<'l> Fence<'l> {
    fn of(line: &'l str) -> Option<Self> {
        let content = line.trim_start();
        let content = content.strip_prefix("- ").unwrap_or(content).trim_start();
        let mark = content.chars().next().filter(|mark| "`~".contains(*mark))?;
        let after = content.trim_start_matches(mark);
        let marks = content.strip_suffix(after)?;
        let is_code = mark == '`' && after.contains('`');
        (marks.len() >= 3 && !is_code).then_some(Self {
            before: line.strip_suffix(content)?,
            marks,
            after,
        })
    }

    fn closes(&self, opening: &Self) -> bool {
        self.after.is_empty() && self.marks.starts_with(opening.marks) && self.before.trim().is_empty()
    }

    fn indent(&self) -> String {
        " ".repeat(self.before.len())
    }
}

/// Control characters, and those that turn the direction of writing, would change how the code reads.
fn printable(text: &str) -> String {
    let is_hidden = |character: char| {
        (character.is_control() && character != '\n')
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|character| if is_hidden(character) { ' ' } else { character })
        .collect()
}

fn flush(paragraph: &mut String, out: &mut Vec<String>) {
    if !paragraph.is_empty() {
        out.extend(wrap(&inline::escaped(paragraph)));
        paragraph.clear();
    }
}

/// Whether a line begins an item, a heading or a row instead of going on with the paragraph.
fn begins_block(line: &str) -> bool {
    let text = line.trim_start();
    let numbered = text
        .split_once(". ")
        .is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    numbered
        || ["- ", "* ", "#", "|", ">"]
            .iter()
            .any(|mark| text.starts_with(mark))
}

/// Wraps one line; the further lines of a list item are indented like its first.
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
    let call = format!(
        "{} `{} {}`",
        operation.summary.trim(),
        operation.method,
        operation.path
    );
    let text = format!("{call}\n\n{}", operation.description.trim());
    let mut out = with_name(&text, &operation.id, operation.source()) + "\n";
    let arguments = arguments(operation);
    if !arguments.is_empty() {
        out.push('\n');
        for (name, docs) in arguments {
            let _ = writeln!(out, "- `{name}`: {docs}");
        }
    }
    if !operation.success.headers.is_empty() {
        out.push_str("\n# Response headers\n\n");
        for header in &operation.success.headers {
            let (name, method) = (header.name.as_str(), header.name.rust());
            let presence = if header.required {
                "every response"
            } else {
                "some responses"
            };
            let docs = header.docs.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "- `{name}`, in {presence}, as `{method}`: {docs}");
        }
    }
    out.push_str("\n# Errors\n\n");
    let codes: Vec<String> = operation.codes.iter().map(|code| format!("`{code}`")).collect();
    let _ = writeln!(out, "{}.", codes.join(", "));
    if !operation.waits.is_empty() {
        let statuses: Vec<_> = operation.waits.iter().map(u16::to_string).collect();
        let _ = writeln!(
            out,
            "\nWith the status {}, `retry_after` may say how long to wait.",
            statuses.join(" or ")
        );
    }
    out
}

/// A text, with the name that something has in the document if Rust names are not made of it.
#[must_use]
pub fn with_name(text: &str, name: &str, source: &str) -> String {
    if name == source {
        return text.to_owned();
    }
    format!("{}\n\nIts name in the document is `{name}`.", text.trim_end())
}

/// The arguments of an operation, in the order of its method, and what each of them is.
/// What the types of arguments do not say: a query and a body have types of their own.
fn arguments(operation: &Operation) -> Vec<(&str, String)> {
    let of = |location: Location| {
        let parameters = operation.parameters.iter();
        parameters.filter(move |parameter| parameter.location == location)
    };
    let described = |parameter: &'_ Parameter| {
        let docs = with_name(&parameter.docs, &parameter.name, parameter.source());
        let docs = docs.split_whitespace().collect::<Vec<_>>().join(" ");
        match &parameter.omit_prefix {
            Some(prefix) => format!("{docs} In Rust it keeps its `{prefix}`, which is omitted on the wire."),
            None => docs,
        }
    };
    let mut found = Vec::new();
    for parameter in of(Location::Path) {
        found.push((parameter.rust.as_str(), described(parameter)));
    }
    for parameter in of(Location::Header) {
        found.push((parameter.rust.as_str(), described(parameter)));
    }
    let body = operation.body.as_ref();
    if body.is_some_and(|body| body.media_type == MERGE_PATCH) {
        let docs = "The members to change. A member that is absent keeps its value, and one that is null is removed.";
        found.push(("body", docs.to_owned()));
    }
    found
}

/// A variant of the error codes.
#[must_use]
pub fn error_code_docs(code: &ErrorCode) -> String {
    let mut out = format!(
        "{}\n\nStatus {}. {}: `{}`\n\n{}:\n\n",
        code.meaning,
        code.status,
        label::MESSAGE,
        code.message,
        label::CAUSES
    );
    for cause in &code.causes {
        let _ = writeln!(out, "- {}", cause.replace('\n', " "));
    }
    let _ = write!(out, "\n{}: {}", label::REMEDY, code.remedy);
    out = with_name(
        &out,
        &code.code,
        names::source(&code.code, &code.variant, names::type_name),
    );
    if let Some(reason) = &code.inferred {
        let _ = write!(out, "\n\n{}: {}", label::INFERRED, reason.trim());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{attribute, each_line, text};

    #[test]
    fn a_description_is_one_attribute_and_then_one_for_each_line() {
        let said = "The quoted \"##\" and \\ `r#type`.\n\nA *second* paragraph.";
        let mut attributes = Vec::from_iter(attribute(said));
        let whole = " The quoted \"##\" and \\ `r#type`.\n\n A *second* paragraph.";
        let texts = |attributes: &[syn::Attribute]| attributes.iter().filter_map(text).collect::<Vec<_>>();
        assert_eq!(texts(&attributes), [whole]);
        each_line(&mut attributes);
        assert_eq!(texts(&attributes), whole.split('\n').collect::<Vec<_>>());
        assert!(attribute("").is_none());
    }
}
