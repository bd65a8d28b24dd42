//! How a code is raised, in words: a line for each value or for several that have to satisfy the same.

use std::ops::Bound;

use crate::contract::{Location, Range};
use crate::raising::{Check, Constraint, Way};
use crate::report::terminal::wrap;

/// The ways, one below the other, without a line feed at the end.
pub(super) fn lines(ways: &[Way<'_>], indent: &str) -> String {
    let mut out = Vec::new();
    for (location, names, words) in checks(ways) {
        let place = match location {
            None => "body",
            Some(Location::Path) => "path",
            Some(Location::Query) => "query",
            Some(Location::Header) => "header",
        };
        let names: Vec<_> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let line = if names.is_empty() {
            format!("the {place}: {words}")
        } else {
            format!("{} in the {place}: {words}", names.join(", "))
        };
        out.push(hung(&line, indent));
    }
    let names = ways.iter().filter_map(|way| match way {
        Way::Fault(name) => Some(*name),
        Way::Check(_) | Way::Handler => None,
    });
    let names: Vec<_> = names.collect();
    if !names.is_empty() {
        out.push(faults(&names, indent));
    }
    if ways.contains(&Way::Handler) {
        out.push(format!("{indent}the handler (`x-raises`)"));
    }
    out.join("\n")
}

/// The faults of these names, in a line.
pub(super) fn faults(names: &[&str], indent: &str) -> String {
    let noun = if names.len() == 1 { "fault" } else { "faults" };
    hung(&format!("{noun} {}", names.join(", ")), indent)
}

fn hung(line: &str, indent: &str) -> String {
    wrap(line, indent, &format!("{indent}  ")).trim_end().to_owned()
}

/// What is checked of the values of a request: for each set of constraints, the values that have to satisfy it.
fn checks(ways: &[Way<'_>]) -> Vec<(Option<Location>, Vec<String>, String)> {
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
        let group = grouped
            .iter_mut()
            .find(|(of, _, known)| *of == location && *known == words);
        match group {
            Some((_, names, _)) => names.push(name.to_owned()),
            None => grouped.push((location, vec![name.to_owned()], words)),
        }
    }
    grouped
}

fn words(check: &Check<'_>) -> String {
    match &check.constraint {
        Constraint::Present => "required".to_owned(),
        Constraint::AnyOf(alternatives) => format!("at least {}", one_of(alternatives)),
        Constraint::NotBoth(alternatives) => format!("at most {}", one_of(alternatives)),
        Constraint::Type("string") if check.location.is_some() => "a UTF-8 string".to_owned(),
        Constraint::Type(name) if name.starts_with(['a', 'i', 'o']) => format!("an {name}"),
        Constraint::Type(name) => format!("a {name}"),
        Constraint::Values(schema) => format!("a value of {schema}"),
        Constraint::AtLeast(number, unit) => format!("at least {number} {unit}"),
        Constraint::AtMost(number, unit) => format!("at most {number} {unit}"),
        Constraint::Format(expected) => (*expected).to_owned(),
        Constraint::Pattern(pattern) => format!("matches {pattern}"),
        Constraint::Range(Range::Integer(least, most)) => range(least, most),
        Constraint::Range(Range::Number(least, most)) => range(least, most),
        Constraint::Unique => "no item twice".to_owned(),
        Constraint::Once if check.location.is_some() => "sent once".to_owned(),
        Constraint::Once => "no member twice".to_owned(),
    }
}

/// The names of one alternative belong together.
fn one_of(alternatives: &[Vec<String>]) -> String {
    let alternatives: Vec<_> = alternatives.iter().map(|names| names.join(" with ")).collect();
    format!("one of {}", alternatives.join(", "))
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
