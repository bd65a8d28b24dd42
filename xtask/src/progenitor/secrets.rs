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
    parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.#kind(#name) #(#fields)* .finish()
            }
        }
    }
}
