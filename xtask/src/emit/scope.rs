//! Which names the code of the types crate uses as they are, and which by their whole path.
//!
//! Emitters write what is not the document's by its whole path, `::std::option::Option`. Here that becomes what
//! a person would write: a name of the prelude, or an import. Where a type of the document has that name the
//! path stays, so that nothing of the document can stand for what generated code means.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens as _, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, Meta, Path, parse_quote};

use super::rust::parsed;
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
        Some(match names.iter().collect::<Vec<_>>().as_slice() {
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
    imports: BTreeMap<&'static str, BTreeSet<syn::Ident>>,
}

impl VisitMut for Scope {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let is_ours =
            path.leading_colon.is_some() || path.segments.first().is_some_and(|first| first.ident == "crate");
        let is_type = |segment: &syn::PathSegment| segment.ident.to_string().starts_with(char::is_uppercase);
        let Some(position) = path.segments.iter().position(is_type).filter(|_| is_ours) else {
            return;
        };
        let before = path
            .segments
            .iter()
            .take(position)
            .map(|segment| segment.ident.to_string());
        let module = before.collect::<Vec<_>>().join("::");
        path.leading_colon = None;
        let Some(name) = path.segments.get(position).map(|segment| segment.ident.clone()) else {
            return;
        };
        let of_document = module == "crate";
        if self.taken.contains(&name.to_string()) != of_document {
            return;
        }
        let is_conversion = module == "std::convert" && (name == "From" || name == "Into");
        if !is_conversion && !PRELUDE.contains(&module.as_str()) {
            let Some(module) = IMPORTED.iter().find(|known| **known == module) else {
                return;
            };
            self.imports.entry(module).or_default().insert(name);
        }
        path.segments = std::mem::take(&mut path.segments)
            .into_iter()
            .skip(position)
            .collect();
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let Meta::List(list) = &mut attribute.meta else {
            return;
        };
        if ["derive", "serde", "cfg_attr"]
            .iter()
            .any(|name| list.path.is_ident(name))
        {
            self.visit_parts(list);
        }
    }
}

impl Scope {
    fn visit_parts(&mut self, list: &mut syn::MetaList) {
        let parts = list.parse_args_with(Punctuated::<Meta, syn::Token![,]>::parse_terminated);
        let Ok(mut parts) = parts else { return };
        for part in &mut parts {
            match part {
                Meta::Path(path) => self.visit_path_mut(path),
                Meta::NameValue(pair) => self.visit_path_in_string(&mut pair.value),
                Meta::List(list) if list.path.is_ident("schemars") => self.visit_parts(list),
                Meta::List(_) => {}
            }
        }
        list.tokens = parts.into_token_stream();
    }

    /// `skip_serializing_if = "::std::option::Option::is_none"`
    fn visit_path_in_string(&mut self, value: &mut syn::Expr) {
        if let syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) = value
            && text.value().starts_with("::")
            && let Ok(mut path) = text.parse::<Path>()
        {
            self.visit_path_mut(&mut path);
            let short = path.to_token_stream().to_string().replace(' ', "");
            *value = parse_quote!(#short);
        }
    }
}
