//! Which names the code of the types crate uses as they are, and which by their whole path.
//!
//! Emitters write what is not the document's by its whole path, `::std::option::Option`. Here that becomes what
//! a person would write: a name of the prelude, or an import. Where a type of the document has that name the
//! path stays, so that nothing of the document can stand for what generated code means.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, Meta, Path};

use super::rust::{ident, parsed};
use crate::contract::Contract;

/// The modules whose types are in the prelude.
const PRELUDE: &[&str] = &[
    "std::boxed",
    "std::cmp",
    "std::default",
    "std::iter",
    "std::option",
    "std::result",
    "std::string",
    "std::vec",
];

/// The modules whose types are imported, in the order of the imports.
const IMPORTED: &[&str] = &[
    "std::collections",
    "std::convert",
    "std::str",
    "fonedynamics_contract",
    "serde",
    "crate",
    "crate::unrecognized",
];

/// Whether a name of a module, `std::option`, is written without the module, unless a type of the document has it.
pub(crate) fn is_shortened(module: &str) -> bool {
    PRELUDE.contains(&module) || IMPORTED.contains(&module)
}

/// Shortens the paths of some items, and puts the imports that they need in front.
pub(super) fn shortened(contract: &Contract, mut items: Vec<Item>) -> Vec<Item> {
    let schemas = contract.schemas.iter().map(|schema| schema.rust.clone());
    let queries = contract
        .operations
        .iter()
        .filter_map(|operation| operation.query_struct());
    let mut scope = Scope {
        taken: schemas.chain(queries).collect(),
        imports: BTreeMap::new(),
    };
    items.iter_mut().for_each(|item| scope.visit_item_mut(item));
    let imports = IMPORTED.iter().filter_map(|module| {
        let names = scope.imports.get(module)?;
        let module: Path = syn::parse_str(module).ok()?;
        let names = names.iter().map(|name| ident(name));
        Some(match names.collect::<Vec<_>>().as_slice() {
            [name] => quote!(use #module::#name;),
            names => quote!(use #module::{#(#names),*};),
        })
    });
    let mut shortened = parsed(imports.collect());
    shortened.extend(items);
    shortened
}

struct Scope {
    /// The types of the document.
    taken: BTreeSet<String>,
    /// The names to import, by their modules.
    imports: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Scope {
    /// How many of the names of a path can be left out: those of the module, if its type is in scope or can be imported.
    /// `None` for a path without a type.
    fn omitted(&mut self, names: &[impl AsRef<str>]) -> Option<usize> {
        let mut all = names.iter().map(AsRef::as_ref);
        let position = all.position(|name| name.starts_with(char::is_uppercase))?;
        let (module, rest) = names.split_at_checked(position)?;
        let module = module.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("::");
        let name = rest.first()?.as_ref();
        let of_document = module == "crate";
        if self.taken.contains(name) != of_document {
            return Some(0);
        }
        let is_conversion = module == "std::convert" && (name == "From" || name == "Into");
        if !is_conversion && !PRELUDE.contains(&module.as_str()) {
            let Some(module) = IMPORTED.iter().find(|known| **known == module) else {
                return Some(0);
            };
            let imported = self.imports.entry(module).or_default();
            if !imported.contains(name) {
                imported.insert(name.to_owned());
            }
        }
        Some(position)
    }

    /// The texts of `schemars(skip_serializing_if = "::std::option::Option::is_none")`.
    fn shorten_strings(&mut self, tokens: TokenStream) -> TokenStream {
        let parts = tokens.into_iter().map(|part| match part {
            TokenTree::Literal(text) => self.shorten_string(text).into(),
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), self.shorten_strings(group.stream())).into()
            }
            other => other,
        });
        parts.collect()
    }

    fn shorten_string(&mut self, literal: Literal) -> Literal {
        let text = literal.to_string();
        let path = text.strip_prefix("\"::").and_then(|rest| rest.strip_suffix('"'));
        let Some(path) = path else { return literal };
        let names: Vec<_> = path.split("::").collect();
        match self.omitted(&names).and_then(|omitted| names.get(omitted..)) {
            Some(names) => Literal::string(&names.join("::")),
            None => literal,
        }
    }
}

impl VisitMut for Scope {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let is_ours =
            path.leading_colon.is_some() || path.segments.first().is_some_and(|first| first.ident == "crate");
        if !is_ours {
            return;
        }
        let segments = path.segments.iter();
        let names: Vec<_> = segments.map(|segment| segment.ident.to_string()).collect();
        let Some(omitted) = self.omitted(&names) else {
            return;
        };
        path.leading_colon = None;
        if omitted > 0 {
            path.segments = std::mem::take(&mut path.segments)
                .into_iter()
                .skip(omitted)
                .collect();
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let Meta::List(list) = &mut attribute.meta else {
            return;
        };
        if list.path.is_ident("cfg_attr") {
            list.tokens = self.shorten_strings(std::mem::take(&mut list.tokens));
        } else if list.path.is_ident("derive")
            && let Ok(mut traits) = list.parse_args_with(Punctuated::<Path, syn::Token![,]>::parse_terminated)
        {
            traits.iter_mut().for_each(|path| self.visit_path_mut(path));
            list.tokens = traits.into_token_stream();
        }
    }
}
