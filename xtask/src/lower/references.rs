//! Checks that every `$ref` points to a component of this document, and never back to itself, and that a
//! component has a name that a `$ref` holds as it is.
//!
//! Runs first, and notes the references that lead nowhere, so that everything after it may follow the others.

use crate::document::{Node, Position};
use crate::lower::lowering::Lowering;
use crate::names::nearest;
use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(lowering: &mut Lowering<'_>) {
    let root = lowering.root.clone();
    check_names(lowering, &root);
    visit(lowering, &root);
}

/// The names of components have the form that OpenAPI gives them, so a `$ref` needs no escapes.
fn check_names(lowering: &mut Lowering<'_>, root: &Node<'_>) {
    let is_plain = |name: &str| {
        let mut characters = name.chars();
        characters.all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) && !name.is_empty()
    };
    for (kind, components) in root.members_of("components") {
        if kind.starts_with("x-") {
            continue;
        }
        for (name, component) in components.members() {
            if !is_plain(name) && !name.starts_with("x-") {
                let sentence = format!("`{name}` cannot be the name of a component");
                let problem = Problem::at(Rule::NameReserved, &component.at, sentence);
                lowering.add(
                    problem.with_help("use letters of ASCII, digits, and the characters `.`, `-` and `_`"),
                );
            }
        }
    }
}

fn visit<'a>(lowering: &mut Lowering<'a>, node: &Node<'a>) {
    // In values of the API, and of other tools, `$ref` would mean nothing.
    if node.position.is_opaque() {
        return;
    }
    if let Some(reference) = node.string_of("$ref") {
        let at = node.at.child("$ref");
        let followed = follow(lowering, reference).and_then(|()| check_kind(reference, node.position));
        if let Err((sentence, help)) = followed {
            let problem = Problem::at_value(Rule::DanglingReference, &at, sentence);
            lowering.unsound.insert(node.at.clone());
            lowering.add(match help {
                Some(help) => problem.with_help(help),
                None => problem,
            });
        }
    }
    for (_, child) in node.members() {
        visit(lowering, &child);
    }
    for child in node.items() {
        visit(lowering, &child);
    }
}

/// How many references may follow one another. Nothing needs more, and each of them is followed many times.
const LONGEST_CHAIN: usize = 16;

/// What is wrong with a reference, and a help where that of the rule does not fit.
type Wrong = (String, Option<String>);

fn follow(lowering: &Lowering<'_>, reference: &str) -> Result<(), Wrong> {
    let mut seen = Vec::new();
    let mut next = reference;
    loop {
        let Some(pointer) = Pointer::of_reference(next) else {
            return Err((format!("`{next}` points outside this document"), None));
        };
        let Some(target) = lowering.root.find(&pointer) else {
            let siblings = lowering.root.find(&pointer.parent());
            let siblings = siblings.map(|node| node.members()).unwrap_or_default();
            let likely = nearest(&pointer.last(), siblings.iter().map(|(name, _)| *name));
            let help =
                likely.map(|name| format!("did you mean `#{}`?", pointer.parent().child(name).as_str()));
            return Err((format!("`{next}` points to nothing"), help));
        };
        if !next.starts_with("#/components/") {
            let sentence = format!("`{next}` points to something that is not a component");
            return Err((sentence, None));
        }
        if seen.contains(&pointer) {
            let help = "write one of the components in the cycle out, instead of a `$ref`".to_owned();
            return Err((format!("`{reference}` is circular"), Some(help)));
        }
        seen.push(pointer);
        if seen.len() > LONGEST_CHAIN {
            let sentence = format!("`{reference}` leads through more than {LONGEST_CHAIN} references");
            return Err((sentence, Some("refer to the component at the end".to_owned())));
        }
        match target.string_of("$ref") {
            Some(further) => next = further,
            None => return Ok(()),
        }
    }
}

/// A reference points to a component of the kind that belongs in its place, and not to a part of one.
fn check_kind(reference: &str, position: Position) -> Result<(), Wrong> {
    if position == Position::PathItem {
        let sentence = "a path cannot be a reference".to_owned();
        return Err((sentence, Some("write its operations here".to_owned())));
    }
    let kind = position.components().unwrap_or("schemas");
    match reference.strip_prefix(&format!("#/components/{kind}/")) {
        Some(name) if !name.contains('/') => Ok(()),
        _ => Err((
            format!("`{reference}` is not one of `components/{kind}`, which belongs here"),
            Some(format!("write `#/components/{kind}/…`")),
        )),
    }
}
