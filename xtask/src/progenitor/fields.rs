//! What fields of structs say: their attributes of serde, and what their types are. Changes no type.

use proc_macro2::{Ident, Span, TokenTree};
use quote::quote;
use syn::{Attribute, Lit, MacroDelimiter, Meta, MetaList, parse_quote};

use super::rewrite::is;

/// How a member is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// It has to be there, and cannot be null.
    Required,
    /// Null is absent.
    Optional,
    /// Null and absent differ.
    Nullable,
    /// Where it is null or absent, it has its default.
    OrDefault,
}

/// When a member is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Always, if only as null.
    Always,
    /// If it has a value.
    Optional,
    /// Unless it is left out.
    Nullable,
    /// Unless it is an empty array or map.
    UnlessEmpty,
    /// If it has a value, which has to be finite.
    Number,
}

/// A part of a field's `#[serde(…)]`: `default`, or `rename = "Title"`.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) value: Option<String>,
}

impl Part {
    pub(super) fn word(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: None,
        }
    }

    pub(super) fn with(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        }
    }
}

/// The parts of a field's `#[serde(…)]`. Of the two forms that there are, tokens say as much as a parser.
pub(super) fn serde_parts(field: &syn::Field) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let lists = field.attrs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("serde") => Some(list),
        _ => None,
    });
    for token in lists.flat_map(|list| list.tokens.clone()) {
        match token {
            TokenTree::Ident(name) => parts.push(Part::word(&name.to_string())),
            TokenTree::Literal(value) => {
                if let (Some(part), Lit::Str(text)) = (parts.last_mut(), Lit::new(value)) {
                    part.value = Some(text.value());
                }
            }
            TokenTree::Punct(_) | TokenTree::Group(_) => {}
        }
    }
    parts
}

/// What JSON Schemas say of a field: as it is read and written.
pub(super) fn set_serde_parts(field: &mut syn::Field, parts: &[Part]) {
    field.attrs.retain(|attribute| !is(attribute, "serde"));
    let parts: Vec<_> = parts
        .iter()
        .filter(|part| part.name != "serialize_with")
        .collect();
    if parts.is_empty() {
        return;
    }
    let parts = parts.into_iter().map(|Part { name, value }| {
        let name = Ident::new(name, Span::call_site());
        match value {
            Some(value) => quote!(#name = #value),
            None => quote!(#name),
        }
    });
    field.attrs.push(Attribute {
        pound_token: <syn::Token![#]>::default(),
        style: syn::AttrStyle::Outer,
        bracket_token: syn::token::Bracket::default(),
        meta: Meta::List(MetaList {
            path: Ident::new("cfg_attr", Span::call_site()).into(),
            delimiter: MacroDelimiter::Paren(syn::token::Paren::default()),
            tokens: quote!(feature = "schemars", schemars(#(#parts),*)),
        }),
    });
}

/// The name on the wire: the rename, or the field's own name. `parts` are those of its `#[serde(…)]`.
pub(super) fn wire_name(field: &syn::Field, parts: &[Part]) -> Option<String> {
    if parts.iter().any(|part| part.name == "flatten") {
        return None;
    }
    let rename = parts.iter().find(|part| part.name == "rename");
    let rename = rename.and_then(|part| part.value.clone());
    rename.or_else(|| field.ident.as_ref().map(ToString::to_string))
}

/// Whether a type is one of the standard library or of values of any type, of this name.
pub(super) fn is_named(ty: &syn::Type, name: &str) -> bool {
    let syn::Type::Path(path) = ty else {
        return false;
    };
    let segments = &path.path.segments;
    let first = segments.first().map(|first| &first.ident);
    first.is_some_and(|first| first == "std" || first == "serde_json")
        && segments.last().is_some_and(|last| last.ident == name)
}

/// The type of the value, whether there is one or not.
pub(super) fn within_option(ty: &syn::Type) -> syn::Type {
    let syn::Type::Path(path) = ty else {
        return ty.clone();
    };
    let arguments = path.path.segments.last().map(|last| &last.arguments);
    let Some(syn::PathArguments::AngleBracketed(arguments)) = arguments else {
        return ty.clone();
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(value)) if is_named(ty, "Option") => value.clone(),
        // A value that holds itself.
        Some(syn::GenericArgument::Type(boxed)) if is_named(ty, "Box") => {
            let value = within_option(boxed);
            parse_quote!(::std::boxed::Box<#value>)
        }
        _ => ty.clone(),
    }
}

/// How a member of a type is read, where it has these parts of `#[serde(…)]`.
pub(super) fn reading(ty: &syn::Type, parts: &[Part]) -> Reading {
    let is_nullable = matches!(ty, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == "Nullable"));
    if is_nullable {
        Reading::Nullable
    } else if is_named(ty, "Option") {
        Reading::Optional
    } else if parts.iter().any(|part| part.name == "default") {
        Reading::OrDefault
    } else {
        Reading::Required
    }
}

/// When a member is written, where it has these parts of `#[serde(…)]`.
pub(super) fn writing(parts: &[Part]) -> Writing {
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    let skips = part("skip_serializing_if").and_then(|part| part.value.as_deref());
    let skips = skips.unwrap_or_default();
    if part("serialize_with").is_some() {
        Writing::Number
    } else if skips.ends_with("Option::is_none") {
        Writing::Optional
    } else if skips.ends_with("Nullable::is_absent") {
        Writing::Nullable
    } else if skips.ends_with("::is_empty") {
        Writing::UnlessEmpty
    } else {
        Writing::Always
    }
}

/// Whether a type is a number, which has values that a query cannot carry.
pub(super) fn is_number(ty: &syn::Type) -> bool {
    let is_plain = |ty: &syn::Type| matches!(ty, syn::Type::Path(path) if path.path.is_ident("f64"));
    is_plain(ty) || (is_named(ty, "Option") && is_plain(&within_option(ty)))
}
