//! The position of each value in the text, from one pass over parser events.
//!
//! The pass is iterative and bounded, and it runs before anything builds a tree: it keeps out the inputs
//! on which tree builders hang or run out of stack. It builds no values.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::source::Source;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The most levels of nesting that a document may have.
const MAX_DEPTH: usize = 64;

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
        let mut builder = Builder::default();
        for event in Parser::new_from_str(&source.text) {
            let step = match event {
                Ok((event, marks)) => builder.take(event, Span::of(marks)),
                Err(error) => {
                    let (line, column) = (error.marker().line(), error.marker().col() + 1);
                    let sentence = format!("this is not YAML: {}", error.info());
                    let place = Place::Position { line, column };
                    builder
                        .problems
                        .push(Problem::new(Rule::NotYaml, place, sentence));
                    Step::Stop
                }
            };
            if matches!(step, Step::Stop) {
                break;
            }
        }
        if builder.problems.is_empty() && builder.index.places.is_empty() {
            let sentence = "the document is empty";
            builder
                .problems
                .push(Problem::new(Rule::NotYaml, Place::Whole, sentence));
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

/// A mapping or sequence that is still open.
struct Open {
    pointer: Pointer,
    kind: Kind,
}

enum Kind {
    /// A mapping: the key that waits for its value.
    Mapping(Option<(String, Span)>),
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
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Step {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return self.refuse(Rule::NotYaml, span, "a second YAML document begins here");
                }
            }
            Event::Alias(_) => return self.refuse(Rule::AnchorOrAlias, span, "this is a YAML alias"),
            Event::Scalar(text, style, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return self.refuse(Rule::AnchorOrAlias, span, "this value has a YAML anchor or tag");
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

    fn refuse(&mut self, rule: Rule, span: Span, sentence: &str) -> Step {
        let place = Place::Position {
            line: span.line,
            column: span.column,
        };
        self.problems.push(Problem::new(rule, place, sentence.to_owned()));
        Step::Stop
    }

    fn enter(&mut self, anchor: usize, tagged: bool, kind: Kind, span: Span) -> Step {
        if anchor != 0 || tagged {
            return self.refuse(Rule::AnchorOrAlias, span, "this value has a YAML anchor or tag");
        }
        if self.open.len() >= MAX_DEPTH {
            let sentence = format!("the document nests deeper than {MAX_DEPTH} levels");
            return self.refuse(Rule::NestedTooDeep, span, &sentence);
        }
        if matches!(
            self.open.last(),
            Some(Open {
                kind: Kind::Mapping(None),
                ..
            })
        ) {
            return self.refuse(Rule::NotYaml, span, "this key of a mapping is not a scalar");
        }
        let pointer = self.place(span);
        self.open.push(Open { pointer, kind });
        Step::Continue
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Step {
        let Some(Open {
            pointer,
            kind: Kind::Mapping(waiting @ None),
        }) = self.open.last_mut()
        else {
            self.place(span);
            return Step::Continue;
        };
        if text == "<<" && style == ScalarStyle::Plain {
            return self.refuse(Rule::AnchorOrAlias, span, "this is a YAML merge key");
        }
        let first = self
            .index
            .places
            .get(&pointer.child(text))
            .and_then(|places| places.key);
        *waiting = Some((text.to_owned(), span));
        if let Some(first) = first {
            let sentence = format!(
                "the key `{text}` is repeated; it is on line {} already",
                first.line
            );
            let place = Place::Position {
                line: span.line,
                column: span.column,
            };
            self.problems
                .push(Problem::new(Rule::DuplicateKey, place, sentence));
        }
        Step::Continue
    }

    /// Gives the next value its pointer and notes its place.
    fn place(&mut self, span: Span) -> Pointer {
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
                Some((key, key_span)) => (pointer.child(&key), Some(key_span)),
                None => (pointer.clone(), None),
            },
        };
        self.index
            .places
            .insert(pointer.clone(), Places { key, value: span });
        pointer
    }
}
