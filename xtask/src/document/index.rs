//! The position of each value in the text, from one pass over parser events.
//!
//! The pass is iterative and bounded, and it runs before anything builds a tree: it keeps out the inputs
//! on which tree builders hang or run out of stack. It builds no values.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::keywords;
use super::plain;
use super::source::Source;
use super::syntax;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The most levels of nesting that a document may have.
const MAX_DEPTH: usize = 64;

/// The most values that a document may have. All that is made of one takes some 5 KiB at the most.
const MAX_VALUES: usize = 1_000_000;

/// The help for a string that has to be quoted.
const QUOTE: &str = "put it between quotes";

/// A part of one line. Lines and columns count from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// How many characters, at least one.
    pub width: usize,
}

impl Span {
    fn of(marks: Marks) -> Self {
        let one_line = marks.start.line() == marks.end.line();
        let width = if one_line {
            marks.end.col().saturating_sub(marks.start.col()).max(1)
        } else {
            1
        };
        Self {
            line: marks.start.line(),
            column: marks.start.col() + 1,
            width,
        }
    }
}

/// The places of a value: of the key that names it, and of the value itself.
#[derive(Clone, Copy)]
struct Places {
    key: Option<Span>,
    value: Span,
}

/// The places of all values.
#[derive(Default)]
pub struct Index {
    places: BTreeMap<Pointer, Places>,
}

impl Index {
    /// Reads the text's events. The index holds what was read up to the first problem that stops it.
    pub fn build(source: &Source) -> (Self, Vec<Problem>) {
        let conflicts = syntax::conflicts(&source.text);
        if !conflicts.is_empty() {
            return (Self::default(), conflicts);
        }
        let mut builder = Builder::default();
        for event in Parser::new_from_str(&source.text) {
            let step = match event {
                Ok((event, marks)) => builder.take(event, Span::of(marks)),
                Err(error) => {
                    builder.problems.push(syntax::problem(&source.text, &error));
                    Step::Stop
                }
            };
            if matches!(step, Step::Stop) {
                break;
            }
        }
        if builder.problems.is_empty() && builder.index.places.is_empty() {
            let problem = Problem::new(Rule::NotYaml, Place::Whole, "the document is empty");
            let help = "write an OpenAPI 3.0 document; `openapi: 3.0.3` is its first line";
            builder.problems.push(problem.with_help(help));
        }
        (builder.index, builder.problems)
    }

    /// The position of a value's key, or of the value if it has none. For a value that does not exist, the
    /// position of the nearest ancestor that does.
    pub fn key(&self, pointer: &Pointer) -> Option<Span> {
        self.nearest(pointer)
            .map(|places| places.key.unwrap_or(places.value))
    }

    /// The position of a value itself.
    pub fn value(&self, pointer: &Pointer) -> Option<Span> {
        self.nearest(pointer).map(|places| places.value)
    }

    fn nearest(&self, pointer: &Pointer) -> Option<Places> {
        let mut pointer = pointer.clone();
        loop {
            if let Some(places) = self.places.get(&pointer) {
                return Some(*places);
            }
            if pointer.as_str().is_empty() {
                return None;
            }
            pointer = pointer.parent();
        }
    }
}

fn position(span: Span) -> Place {
    Place::Position {
        line: span.line,
        column: span.column,
    }
}

/// A mapping or sequence that is still open.
struct Open {
    pointer: Pointer,
    kind: Kind,
}

enum Kind {
    /// A mapping: the key that waits for its value, as the pointer to that value.
    Mapping(Option<(Pointer, Span)>),
    /// A sequence: the number of the next item.
    Sequence(usize),
}

enum Step {
    Continue,
    Stop,
}

#[derive(Default)]
struct Builder {
    index: Index,
    open: Vec<Open>,
    problems: Vec<Problem>,
    documents: usize,
    values: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Step {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let sentence = "a second YAML document begins here";
                    return self.refuse(Rule::NotYaml, span, sentence, Some("remove the line `---`"));
                }
            }
            Event::Alias(_) => {
                return self.refuse(Rule::AnchorOrAlias, span, "this is a YAML alias", None);
            }
            Event::Scalar(text, style, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return self.refuse_mark(anchor, span);
                }
                return self.scalar(&text, style, span);
            }
            Event::SequenceStart(anchor, tag) => {
                return self.enter(anchor, tag.is_some(), Kind::Sequence(0), span);
            }
            Event::MappingStart(anchor, tag) => {
                return self.enter(anchor, tag.is_some(), Kind::Mapping(None), span);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Step::Continue
    }

    fn refuse(&mut self, rule: Rule, span: Span, sentence: &str, help: Option<&'static str>) -> Step {
        let problem = Problem::new(rule, position(span), sentence.to_owned());
        self.problems.push(match help {
            Some(help) => problem.with_help(help),
            None => problem,
        });
        Step::Stop
    }

    fn refuse_mark(&mut self, anchor: usize, span: Span) -> Step {
        let (sentence, help) = if anchor == 0 {
            let help = "remove the tag, and quote a value that has to be a string";
            ("this value has a YAML tag", Some(help))
        } else {
            ("this value has a YAML anchor", None)
        };
        self.refuse(Rule::AnchorOrAlias, span, sentence, help)
    }

    fn refuse_number(&mut self, span: Span) -> Step {
        let sentence = format!("the document has more than {MAX_VALUES} values");
        self.refuse(Rule::DocumentTooLarge, span, &sentence, None)
    }

    fn enter(&mut self, anchor: usize, tagged: bool, kind: Kind, span: Span) -> Step {
        if anchor != 0 || tagged {
            return self.refuse_mark(anchor, span);
        }
        if self.open.len() >= MAX_DEPTH {
            let sentence = format!("the document nests deeper than {MAX_DEPTH} levels");
            return self.refuse(Rule::NestedTooDeep, span, &sentence, None);
        }
        if matches!(
            self.open.last(),
            Some(Open {
                kind: Kind::Mapping(None),
                ..
            })
        ) {
            let help = "write a string as the key; quote a key that begins with `{` or `[`";
            return self.refuse(
                Rule::NotYaml,
                span,
                "this key of a mapping is not a scalar",
                Some(help),
            );
        }
        match self.place(span) {
            Some(pointer) => self.open.push(Open { pointer, kind }),
            None => return self.refuse_number(span),
        }
        Step::Continue
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Step {
        let Some(Open {
            pointer,
            kind: Kind::Mapping(waiting @ None),
        }) = self.open.last_mut()
        else {
            let Some(holder) = self.place(span) else {
                return self.refuse_number(span);
            };
            if style == ScalarStyle::Plain {
                let help = match text.to_ascii_lowercase().as_str() {
                    "yes" | "on" if keywords::is_boolean(&holder.last()) => "write `true`",
                    "no" | "off" if keywords::is_boolean(&holder.last()) => "write `false`",
                    _ => QUOTE,
                };
                self.report_unquoted(text, plain::misread(text), span, help);
            }
            return Step::Continue;
        };
        if text == "<<" && style == ScalarStyle::Plain {
            return self.refuse(Rule::AnchorOrAlias, span, "this is a YAML merge key", None);
        }
        let child = pointer.child(text);
        let first = self.index.places.get(&child).and_then(|places| places.key);
        *waiting = Some((child, span));
        if style == ScalarStyle::Plain {
            self.report_unquoted(text, plain::misread_key(text), span, QUOTE);
        }
        if let Some(first) = first {
            let sentence = format!("the key `{text}` is repeated");
            let problem = Problem::new(Rule::DuplicateKey, position(span), sentence);
            let note = format!("`{text}` is first used here");
            self.problems.push(problem.with_related(position(first), note));
        }
        Step::Continue
    }

    fn report_unquoted(&mut self, text: &str, taken_for: Option<&str>, span: Span, help: &'static str) {
        let Some(taken_for) = taken_for else {
            return;
        };
        let sentence = format!("`{text}` without quotes is {taken_for} to many readers of YAML");
        let place = Place::Position {
            line: span.line,
            column: span.column,
        };
        self.problems
            .push(Problem::new(Rule::UnquotedString, place, sentence).with_help(help));
    }

    /// Gives the next value its pointer and notes its place, if there may be one more.
    fn place(&mut self, span: Span) -> Option<Pointer> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return None;
        }
        let (pointer, key) = match self.open.last_mut() {
            None => (Pointer::default(), None),
            Some(Open {
                pointer,
                kind: Kind::Sequence(next),
            }) => {
                let child = pointer.child(&next.to_string());
                *next += 1;
                (child, None)
            }
            Some(Open {
                pointer,
                kind: Kind::Mapping(waiting),
            }) => match waiting.take() {
                Some((child, key_span)) => (child, Some(key_span)),
                None => (pointer.clone(), None),
            },
        };
        self.index
            .places
            .insert(pointer.clone(), Places { key, value: span });
        Some(pointer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Builder, MAX_VALUES};
    use crate::rule::Rule;
    use saphyr_parser::Parser;

    #[test]
    fn a_value_more_than_the_limit_is_refused() {
        for (room, refused) in [(3, None), (2, Some(Rule::DocumentTooLarge))] {
            let mut builder = Builder {
                values: MAX_VALUES - room,
                ..Builder::default()
            };
            for event in Parser::new_from_str("a: [b]") {
                let (event, marks) = event.unwrap();
                if matches!(builder.take(event, super::Span::of(marks)), super::Step::Stop) {
                    break;
                }
            }
            let problem = builder.problems.first().map(|problem| problem.rule);
            assert_eq!(problem, refused);
        }
    }
}
