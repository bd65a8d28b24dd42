//! What fields of structs say: their attributes of serde, and what their types are. Changes no type.

use quote::ToTokens as _;
use syn::{Meta, parse_quote};

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

/// The parts of a field's `#[serde(…)]`.
pub(super) fn serde_parts(field: &syn::Field) -> Vec<Meta> {
    let mut parts = Vec::new();
    for attribute in field.attrs.iter().filter(|attribute| is(attribute, "serde")) {
        let list =
            attribute.parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated);
        parts.extend(list.into_iter().flatten());
    }
    parts
}

/// What JSON Schemas say of a field: as serde reads and writes it.
pub(super) fn set_serde_parts(field: &mut syn::Field, parts: &[Meta]) {
    field.attrs.retain(|attribute| !is(attribute, "serde"));
    let is_known = |part: &&Meta| !part.path().is_ident("serialize_with");
    let parts: Vec<_> = parts.iter().filter(is_known).collect();
    if !parts.is_empty() {
        field
            .attrs
            .push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(#(#parts),*))]));
    }
}

/// The name on the wire: the rename, or the field's own name. `parts` are those of its `#[serde(…)]`.
pub(super) fn wire_name(field: &syn::Field, parts: &[Meta]) -> Option<String> {
    if parts.iter().any(|part| part.path().is_ident("flatten")) {
        return None;
    }
    let rename = parts.iter().find_map(|part| match part {
        Meta::NameValue(pair) if pair.path.is_ident("rename") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
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
pub(super) fn reading(ty: &syn::Type, parts: &[Meta]) -> Reading {
    let is_nullable = matches!(ty, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == "Nullable"));
    if is_nullable {
        Reading::Nullable
    } else if is_named(ty, "Option") {
        Reading::Optional
    } else if parts.iter().any(|part| part.path().is_ident("default")) {
        Reading::OrDefault
    } else {
        Reading::Required
    }
}

/// When a member is written, where it has these parts of `#[serde(…)]`.
pub(super) fn writing(parts: &[Meta]) -> Writing {
    let value = |name: &str| {
        parts.iter().find_map(|part| match part {
            Meta::NameValue(pair) if pair.path.is_ident(name) => {
                Some(pair.value.to_token_stream().to_string())
            }
            _ => None,
        })
    };
    let skips = value("skip_serializing_if").unwrap_or_default();
    if value("serialize_with").is_some() {
        Writing::Number
    } else if skips.ends_with("Option::is_none\"") {
        Writing::Optional
    } else if skips.ends_with("Nullable::is_absent\"") {
        Writing::Nullable
    } else if skips.ends_with("::is_empty\"") {
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
