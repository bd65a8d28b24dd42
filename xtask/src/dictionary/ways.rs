//! How a code is raised, in words: a line for each value or for several that have to satisfy the same.

use std::ops::Bound;

use crate::contract::{Location, Range};
use crate::raising::{Check, Constraint, Way};

/// The kinds of ways in which a code is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A check of the request fails.
    Check,
    /// Something fails outside the handler.
    Fault,
    /// The handler decides it.
    Handler,
}

impl Kind {
    /// All of them, in order of evaluation.
    pub const ALL: [Self; 3] = [Self::Check, Self::Fault, Self::Handler];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Fault => "fault",
            Self::Handler => "handler",
        }
    }

    /// What it is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Check => "a check of the request, before the handler",
            Self::Fault => "a fault outside the handler",
            Self::Handler => "the handler, which knows the state",
        }
    }
}

impl Way<'_> {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Check(_) => Kind::Check,
            Self::Fault(_) => Kind::Fault,
            Self::Handler => Kind::Handler,
        }
    }
}

/// Ways of one kind in which a code is raised.
#[derive(Clone, Debug, PartialEq)]
pub enum Line<'c> {
    /// Values of the request have to satisfy the same.
    Check {
        /// Where they are; nothing for the body.
        location: Option<Location>,
        /// The names of the parameters, or the paths of the members. None for the whole body.
        names: Vec<String>,
        /// What each of them must be.
        words: String,
    },
    /// Faults, by their names in the document.
    Faults(Vec<&'c str>),
    /// The handler decides it.
    Handler,
}

impl Line<'_> {
    /// The kind of the ways.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Check { .. } => Kind::Check,
            Self::Faults(_) => Kind::Fault,
            Self::Handler => Kind::Handler,
        }
    }

    /// The line as Markdown, without an end.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Check {
                location,
                names,
                words,
            } => {
                let place = place(*location);
                let named = |names: &[String]| format!("{} in the {place}: {words}", quoted(names));
                match names.as_slice() {
                    [] => format!("the {place}: {words}"),
                    names => named(names),
                }
            }
            Self::Faults(names) => {
                let noun = if names.len() == 1 { "fault" } else { "faults" };
                format!("{noun} {}", quoted(names))
            }
            Self::Handler => Kind::Handler.meaning().to_owned(),
        }
    }
}

/// Where values are.
fn place(location: Option<Location>) -> &'static str {
    location.map_or("body", Location::name)
}

fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    names.join(", ")
}

/// A line for each kind of way: checks in order of evaluation, then faults, then the handler.
pub(super) fn lines<'c>(ways: &[Way<'c>]) -> Vec<Line<'c>> {
    let mut lines = checks(ways);
    let names = ways.iter().filter_map(|way| match way {
        Way::Fault(name) => Some(*name),
        Way::Check(_) | Way::Handler => None,
    });
    let names: Vec<_> = names.collect();
    if !names.is_empty() {
        lines.push(Line::Faults(names));
    }
    if ways.contains(&Way::Handler) {
        lines.push(Line::Handler);
    }
    lines
}

/// What is checked of the values of a request: for each set of constraints, the values that have to satisfy it.
fn checks<'c>(ways: &[Way<'_>]) -> Vec<Line<'c>> {
    let mut values: Vec<(Option<Location>, &str, Vec<String>)> = Vec::new();
    for way in ways {
        let Way::Check(check) = way else { continue };
        let same = |(location, name, _): &&mut (Option<Location>, &str, Vec<String>)| {
            (*location, *name) == (check.location, check.name.as_str())
        };
        let words = words(check);
        match values.iter_mut().find(same) {
            Some((_, _, known)) => known.push(words),
            None => values.push((check.location, &check.name, vec![words])),
        }
    }
    let mut grouped: Vec<(Option<Location>, Vec<String>, String)> = Vec::new();
    for (location, name, words) in values {
        let words = words.join(", ");
        // The whole body has no name.
        let names = if name.is_empty() {
            vec![]
        } else {
            vec![name.to_owned()]
        };
        let group = grouped.iter_mut().find(|(of, known_names, known)| {
            *of == location && *known == words && known_names.is_empty() == names.is_empty()
        });
        match group {
            Some((_, known, _)) => known.extend(names),
            None => grouped.push((location, names, words)),
        }
    }
    let lines = grouped.into_iter().map(|(location, names, words)| Line::Check {
        location,
        names,
        words,
    });
    lines.collect()
}

/// What a value must be that is checked.
pub(super) fn words(check: &Check<'_>) -> String {
    match &check.constraint {
        Constraint::Type("string") if check.location.is_some() => "a UTF-8 string".to_owned(),
        Constraint::Once if check.location.is_some() => "sent once".to_owned(),
        constraint => constraint.words(),
    }
}

impl Constraint<'_> {
    /// What a value must be, as Markdown.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Constraint::Present => "required".to_owned(),
            Constraint::AnyOf(alternatives) => format!("at least {}", one_of(alternatives)),
            Constraint::NotBoth(alternatives) => format!("at most {}", one_of(alternatives)),
            Constraint::Type(name) if name.starts_with(['a', 'i', 'o']) => format!("an {name}"),
            Constraint::Type(name) => format!("a {name}"),
            Constraint::Values(schema) => format!("a value of `{schema}`"),
            Constraint::AtLeast(number, unit) => format!("at least {number} {unit}"),
            Constraint::AtMost(number, unit) => format!("at most {number} {unit}"),
            Constraint::Format(expected) => (*expected).to_owned(),
            Constraint::Pattern(pattern) => format!("matches {}", code(pattern)),
            Constraint::Range(Range::Integer(least, most)) => range(least, most),
            Constraint::Range(Range::Number(least, most)) => range(least, most),
            Constraint::Unique => "no item twice".to_owned(),
            Constraint::Once => "no member twice".to_owned(),
        }
    }
}

/// The names of one alternative belong together.
fn one_of(alternatives: &[Vec<String>]) -> String {
    let alternatives: Vec<_> = alternatives
        .iter()
        .map(|names| {
            names
                .iter()
                .map(|name| code(name))
                .collect::<Vec<_>>()
                .join(" with ")
        })
        .collect();
    format!("one of {}", alternatives.join(", "))
}

/// Code in Markdown, between more backticks than it has in a row.
fn code(text: &str) -> String {
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    match longest {
        0 => format!("`{text}`"),
        _ => {
            let marks = "`".repeat(longest + 1);
            format!("{marks} {text} {marks}")
        }
    }
}

fn range<T: ToString>(least: &Bound<T>, most: &Bound<T>) -> String {
    if let (Bound::Included(least), Bound::Included(most)) = (least, most) {
        return format!("from {} to {}", least.to_string(), most.to_string());
    }
    let least = match least {
        Bound::Included(least) => Some(format!("{} or more", least.to_string())),
        Bound::Excluded(least) => Some(format!("more than {}", least.to_string())),
        Bound::Unbounded => None,
    };
    let most = match most {
        Bound::Included(most) => Some(format!("{} or less", most.to_string())),
        Bound::Excluded(most) => Some(format!("less than {}", most.to_string())),
        Bound::Unbounded => None,
    };
    let bounds: Vec<_> = least.into_iter().chain(most).collect();
    bounds.join(" and ")
}
