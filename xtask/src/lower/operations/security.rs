//! The credentials of operations: those of any of the document's schemes, or none.

use std::collections::BTreeSet;

use crate::contract::{Credentials, Scheme};
use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::names;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The schemes that the root lists as alternatives, in the order of the document.
pub(in crate::lower) fn schemes(lowering: &mut Lowering<'_>) -> Vec<Scheme> {
    let mut schemes = Vec::new();
    for requirement in lowering.root.items_of("security") {
        match scheme_of(&lowering.root, &requirement) {
            Ok((name, scheme)) if schemes.contains(&scheme) => {
                let sentence = format!("`{name}` is of the same kind as a scheme before it");
                let problem = Problem::at(Rule::SecurityUnsupported, &requirement.at, sentence);
                lowering.add(problem.with_help("keep one scheme of each kind"));
            }
            Ok((_, scheme)) => schemes.push(scheme),
            Err(problem) => lowering.add(problem),
        }
    }
    if schemes.is_empty() {
        // No operation requires credentials, or there is a problem.
        schemes.push(Scheme::Basic);
    }
    schemes
}

/// The key of what the API calls the parts of its credentials.
pub(in crate::lower) const CREDENTIALS: &str = "x-credentials";

const PARTS: &str = "name the `user` and the `password` of HTTP Basic, or the `token` of HTTP Bearer";

/// What the API calls the parts of its credentials, as the arguments that take them.
pub(in crate::lower) fn credentials(lowering: &mut Lowering<'_>) -> Credentials {
    let root = lowering.root.clone();
    let mut credentials = Credentials::default();
    for (_, scheme) in declared(&root) {
        for (part, node) in scheme.members_of(CREDENTIALS) {
            let known = match (kind(&scheme), part) {
                (Some(Scheme::Basic), "user") => &mut credentials.user,
                (Some(Scheme::Basic), "password") => &mut credentials.password,
                (Some(Scheme::Bearer), "token") => &mut credentials.token,
                _ => {
                    let sentence = format!("`{part}` is no part of the credentials of this scheme");
                    let problem = Problem::at(Rule::SecurityUnsupported, &node.at, sentence);
                    lowering.add(problem.with_help(PARTS));
                    continue;
                }
            };
            let name = node.string().unwrap_or_default();
            *known = names::value_name(name);
            if name.is_empty() || !names::is_usable(known) {
                let sentence = format!("`{name}` cannot be the name of an argument");
                let problem = Problem::at_value(Rule::SecurityUnsupported, &node.at, sentence);
                lowering.add(problem.with_help(format!("write what the API calls the {part}, as one word")));
            }
        }
        let is_empty = scheme.has(CREDENTIALS) && scheme.members_of(CREDENTIALS).is_empty();
        if is_empty || credentials.user == credentials.password {
            let sentence = format!("`{CREDENTIALS}` does not tell the parts of these credentials apart");
            let problem = Problem::at(Rule::SecurityUnsupported, &scheme.at.child(CREDENTIALS), sentence);
            lowering.add(problem.with_help(PARTS));
            credentials = Credentials::default();
        }
    }
    credentials
}

/// The scheme of one alternative, and its name in the document.
fn scheme_of<'a>(root: &Node<'a>, requirement: &Node<'a>) -> Result<(&'a str, Scheme), Problem> {
    let refused = |sentence: &str| Problem::at(Rule::SecurityUnsupported, &requirement.at, sentence);
    let members = requirement.members();
    let (name, scopes) = match members.as_slice() {
        [only] => only,
        [] => {
            let help = "remove `{}`; an operation that needs no credentials says `security: []`";
            return Err(refused("credentials are optional here").with_help(help));
        }
        _ => {
            let help = "put each scheme into an entry of its own; a caller sends the credentials of one";
            return Err(refused("the credentials of several schemes are required at once").with_help(help));
        }
    };
    if !scopes.items().is_empty() {
        let problem = refused(&format!(
            "`{name}` has scopes, and only schemes of OAuth have them"
        ));
        return Err(problem.with_help(format!("write `{name}: []`")));
    }
    let scheme = declared(root).find(|(known, _)| known == name);
    match scheme.as_ref().and_then(|(_, scheme)| kind(scheme)) {
        Some(kind) => Ok((name, kind)),
        None => {
            let problem = refused(&format!("`{name}` is neither HTTP Basic nor HTTP Bearer"));
            Err(match scheme {
                Some((_, scheme)) => problem.with_related(Place::Key(scheme.at), "it is declared here"),
                None => problem,
            })
        }
    }
}

fn declared<'a>(root: &Node<'a>) -> impl Iterator<Item = (&'a str, Node<'a>)> {
    let components = root.get("components");
    let schemes = components.map(|components| components.members_of("securitySchemes"));
    schemes.unwrap_or_default().into_iter()
}

fn kind(scheme: &Node<'_>) -> Option<Scheme> {
    match (scheme.string_of("type")?, scheme.string_of("scheme")?) {
        // As they are registered, and as most documents write them.
        ("http", "basic" | "Basic") => Some(Scheme::Basic),
        ("http", "bearer" | "Bearer") => Some(Scheme::Bearer),
        _ => None,
    }
}

/// Whether an operation requires credentials: those that the root requires, or none at all.
pub(in crate::lower) fn is_required(lowering: &mut Lowering<'_>, operation: &Node<'_>) -> bool {
    let root = lowering.root.clone();
    let of_root = alternatives(&root);
    let Some(own) = operation.get("security") else {
        if of_root.is_empty() {
            let known = declared(&root).find(|(_, scheme)| kind(scheme).is_some());
            let help = match known {
                Some((name, _)) => format!("write `security: [{{ {name}: [] }}]` at the root"),
                None => Rule::SecurityUnsupported.help().to_owned(),
            };
            let sentence = "the document requires no credentials of its operations";
            let problem = Problem::at(Rule::SecurityUnsupported, &root.at.child("security"), sentence);
            lowering.add(problem.with_help(help));
        }
        return true;
    };
    let alternatives = alternatives(operation);
    // What is wrong with the root is a problem of the root.
    if !alternatives.is_empty() && alternatives != of_root {
        let sentence = "the operation takes other credentials than the document";
        let problem = Problem::at(Rule::SecurityUnsupported, &own.at, sentence);
        lowering.add(problem.with_help(
            "remove `security` here, because all operations take the same credentials, or write `security: []`",
        ));
    }
    !alternatives.is_empty()
}

/// The names of the schemes of each alternative.
fn alternatives<'a>(node: &Node<'a>) -> BTreeSet<Vec<&'a str>> {
    let names = |requirement: &Node<'a>| requirement.members().into_iter().map(|(name, _)| name).collect();
    node.items_of("security").iter().map(names).collect()
}
