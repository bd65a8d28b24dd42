//! How types with secrets are shown: with `***` in place of each.
//!
//! Knows the fields that are secret, and not why.

use quote::quote;
use syn::{Item, ItemStruct, parse_quote};

/// The `Debug` of a struct, of which some fields are secret: those whose names are given, or all of one
/// without names.
pub(super) fn debug(item: &ItemStruct, is_secret: impl Fn(&syn::Ident) -> bool) -> Item {
    let ident = &item.ident;
    let name = ident.to_string();
    let fields = item.fields.iter().map(|field| match &field.ident {
        Some(field) => {
            let name = field.to_string();
            let name = name.trim_start_matches("r#");
            if is_secret(field) {
                quote!(.field(#name, &format_args!("***")))
            } else {
                quote!(.field(#name, &self.#field))
            }
        }
        None => quote!(.field(&format_args!("***"))),
    });
    let kind = match &item.fields {
        syn::Fields::Named(_) => quote!(debug_struct),
        syn::Fields::Unnamed(_) | syn::Fields::Unit => quote!(debug_tuple),
    };
    let shows_deprecated = item.fields.iter().any(|field| {
        let is_shown = field.ident.as_ref().is_some_and(|name| !is_secret(name));
        is_shown
            && field
                .attrs
                .iter()
                .any(|attribute| attribute.path().is_ident("deprecated"))
    });
    let expect = shows_deprecated
        .then(|| quote!(#[expect(deprecated, reason = "it is shown for as long as the document has it")]));
    parse_quote! {
        impl ::std::fmt::Debug for #ident {
            #expect
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.#kind(#name) #(#fields)* .finish()
            }
        }
    }
}
