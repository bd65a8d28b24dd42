//! `objects.rs`: the structs of progenitor, and what they import.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::contract::Contract;
use crate::emit::rust::{ident, items_file, parsed};
use crate::progenitor::Lifted;

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let items = &lifted.types;
    let used = identifiers(quote!(#(#items)*));
    let crate_types: Vec<_> = contract
        .enums()
        .map(|(schema, _)| schema.rust.clone())
        .filter(|name| used.contains(name))
        .map(|name| ident(&name))
        .collect();
    let comma_list = used.contains("CommaList").then(|| {
        quote!(
            use fonedynamics_contract::CommaList;
        )
    });
    let crate_types = (!crate_types.is_empty()).then(|| quote!(use crate::{#(#crate_types),*};));
    let imports = quote! {
        #comma_list
        use serde::{Deserialize, Serialize};
        #crate_types
    };
    items_file(
        "The objects and arrays of the document.",
        [parsed(imports), items.clone()].concat(),
    )
}

/// Every identifier in some tokens.
fn identifiers(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tree in tokens {
        match tree {
            TokenTree::Ident(name) => {
                found.insert(name.to_string());
            }
            TokenTree::Group(group) => found.append(&mut identifiers(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}
