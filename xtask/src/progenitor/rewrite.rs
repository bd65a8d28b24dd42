//! Small rewrites of syntax trees that both the types and the client need.
//!
//! Changes how code reads, never what it does.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Ident, Stmt};

use crate::names::COMMA_LIST;

/// Writes paths as a person would: `::std::option::Option` becomes `Option`, and the types crate is
/// called by its name in the crate of the code.
pub(super) struct Shorten {
    /// The identifier of the types crate.
    pub(super) types_crate: String,
    /// What replaces it: the crate itself, or a module elsewhere.
    pub(super) here: syn::Ident,
    /// How names of the prelude are written.
    pub(super) prelude: Prelude,
}

/// How names of the prelude are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Prelude {
    /// By their last name: nothing of the document is in scope.
    Short,
    /// By their whole path: whoever emits the code knows which types of the document are in scope.
    InFull,
}

/// What the prelude brings into scope.
const PRELUDE: &[[&str; 3]] = &[
    ["std", "option", "Option"],
    ["std", "string", "String"],
    ["std", "vec", "Vec"],
    ["std", "boxed", "Box"],
    ["std", "convert", "From"],
];

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_none() {
            return;
        }
        let segments = path.segments.iter();
        let names: Vec<String> = segments.map(|segment| segment.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if self.prelude == Prelude::InFull && names.first() == Some(&"std") {
            return;
        }
        if PRELUDE.iter().any(|known| known.as_slice() == names.as_slice()) {
            keep_last(path, None);
        } else if names.first() == Some(&self.types_crate.as_str()) && names.len() == 2
            || self.prelude == Prelude::Short && names == ["fonedynamics_contract", COMMA_LIST]
        {
            // The types crate exports the comma list too.
            keep_last(path, Some(self.here.clone()));
        } else if matches!(names.first(), Some(&("std" | "serde_json" | "reqwest"))) {
            path.leading_colon = None;
        }
    }
}

fn keep_last(path: &mut syn::Path, before: Option<syn::Ident>) {
    let Some(last) = path.segments.last().cloned() else {
        return;
    };
    path.leading_colon = None;
    path.segments.clear();
    if let Some(before) = before {
        path.segments.push(before.into());
    }
    path.segments.push(last);
}

/// The attributes without documentation and without `allow`.
pub(super) fn plain(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes
        .iter()
        .filter(|found| !is(found, "doc") && !is(found, "allow"))
        .cloned()
        .collect()
}

/// Whether an attribute has a name.
pub(super) fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().is_ident(name)
}

/// The name of a variable and its value.
pub(super) fn local(statement: &Stmt) -> Option<(&Ident, &Expr)> {
    let Stmt::Local(local) = statement else {
        return None;
    };
    let syn::Pat::Ident(pattern) = &local.pat else {
        return None;
    };
    Some((&pattern.ident, local.init.as_ref()?.expr.as_ref()))
}

pub(super) fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
