//! What a value must satisfy beyond its type, as statements: for bodies and for parameters alike.
//!
//! Emits calls of the runtime's functions only; what they check is written there.

use std::fmt::Debug;
use std::ops::Bound;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::contract::{Constraints, Contract, Range, Schema, Shape, Type};
use crate::emit::rust::ident;
use crate::emit::types::error_code;
use crate::names;

/// A text or a number with a name and constraints.
pub(super) struct Scalar {
    pub(super) component: String,
    pub(super) ty: Type,
    pub(super) constraints: Constraints,
}

/// The named texts and numbers in bodies with these schemas, each once, in the order of first use.
pub(super) fn scalars(schemas: &[&Schema]) -> Vec<Scalar> {
    let mut found = Vec::new();
    for schema in schemas {
        match &schema.shape {
            Shape::Object(object) => {
                for member in &object.members {
                    collect(&member.ty, &member.constraints, &mut found);
                }
            }
            Shape::Array(list) => {
                collect(&list.ty(), &list.constraints, &mut found);
            }
            Shape::Enum(_) => {}
        }
    }
    found
}

fn collect(ty: &Type, constraints: &Constraints, found: &mut Vec<Scalar>) {
    match (ty, component(ty, constraints), &constraints.items) {
        (_, Some(component), _) if found.iter().all(|known| known.component != component) => {
            found.push(Scalar {
                component: component.to_owned(),
                ty: ty.clone(),
                constraints: constraints.clone(),
            });
        }
        (Type::Array(item), _, Some(of_item)) => collect(item, of_item, found),
        _ => {}
    }
}

/// The component whose function checks a text or a number, if there is one.
pub(super) fn component<'c>(ty: &Type, constraints: &'c Constraints) -> Option<&'c str> {
    let is_scalar = matches!(ty, Type::String | Type::Integer | Type::Number);
    constraints.component.as_deref().filter(|_| is_scalar)
}

/// `Some(types::ErrorCode::X)` or `None`.
pub(super) fn invalid_code(contract: &Contract, code: Option<&str>) -> TokenStream {
    let Some(variant) = code.and_then(|code| contract.variant_of(code)) else {
        return quote!(None);
    };
    let (code_type, variant) = (ident(&error_code::rust_name(contract)), ident(variant));
    quote!(Some(types::#code_type::#variant))
}

/// The function that checks a component. Named after the document's name: two components of which no two
/// Rust names are equal have no two functions of one name, which would not hold for names of their types.
pub(super) fn function(component: &str) -> Ident {
    format_ident!("check_{}", names::value_name(component))
}

/// The Rust type of a schema.
pub(super) fn rust_type(contract: &Contract, schema: &str) -> Ident {
    ident(
        contract
            .schema(schema)
            .map_or(schema, |schema| schema.rust.as_str()),
    )
}

/// Emits `check::known(value, types::Genre::is_known, at, None, violations);`
pub(super) fn known(
    contract: &Contract,
    schema: &str,
    value: &TokenStream,
    code: &TokenStream,
) -> TokenStream {
    let rust = rust_type(contract, schema);
    quote!(check::known(#value, types::#rust::is_known, at, #code, violations);)
}

/// The checks of a value that has its type: of `text`, `number` or `items`.
///
/// Emits `check::length(text, 1..=16, at, None, violations);`
pub(super) fn statements(contract: &Contract, ty: &Type, constraints: &Constraints) -> TokenStream {
    let code = invalid_code(contract, constraints.invalid_code.as_deref());
    let mut statements = TokenStream::new();
    if let Some(limits) = limits(constraints) {
        statements.extend(match ty {
            Type::Array(_) => quote!(check::count(items.len(), #limits, at, #code, violations);),
            _ => quote!(check::length(text, #limits, at, #code, violations);),
        });
    }
    if let Some(pattern) = &constraints.pattern {
        let pattern = literal(pattern);
        statements.extend(quote! {
            static PATTERN: Pattern = Pattern::new(#pattern);
            check::pattern(text, &PATTERN, at, #code, violations);
        });
    }
    match &constraints.range {
        Some(Range::Integer(least, most)) => {
            let range = range(*least, *most);
            statements.extend(quote!(check::within(number, #range, at, #code, violations);));
        }
        Some(Range::Number(least, most)) => {
            let range = range(*least, *most);
            statements.extend(quote!(check::within_real(number, #range, at, #code, violations);));
        }
        None => {}
    }
    statements
}

/// A text as a person would write it: raw, where it has backslashes.
fn literal(text: &str) -> TokenStream {
    let raw = text.contains('\\') && !text.contains("\"#");
    let written = raw
        .then(|| format!("r#\"{text}\"#").parse::<TokenStream>().ok())
        .flatten();
    written.unwrap_or_else(|| quote!(#text))
}

fn limits(constraints: &Constraints) -> Option<TokenStream> {
    let length = |length: usize| Literal::usize_unsuffixed(length);
    match (constraints.minimum_length, constraints.maximum_length) {
        (None, None) => None,
        (Some(least), None) => {
            let least = length(least);
            Some(quote!(#least..))
        }
        (least, Some(most)) => {
            let (least, most) = (least.map(length), length(most));
            Some(quote!(#least..=#most))
        }
    }
}

/// A range as it is written: `0..=200`, or two bounds where the lower one is excluded.
fn range<T: Copy + Debug>(least: Bound<T>, most: Bound<T>) -> TokenStream {
    let number = |number: T| format!("{number:?}").parse::<TokenStream>().unwrap_or_default();
    match (least, most) {
        (Bound::Excluded(least), most) => {
            let least = number(least);
            let most = match most {
                Bound::Included(most) => wrapped("Included", &number(most)),
                Bound::Excluded(most) => wrapped("Excluded", &number(most)),
                Bound::Unbounded => quote!(Bound::Unbounded),
            };
            quote!((Bound::Excluded(#least), #most))
        }
        (least, most) => {
            let least = match least {
                Bound::Included(least) => number(least),
                Bound::Excluded(_) | Bound::Unbounded => TokenStream::new(),
            };
            match most {
                Bound::Included(most) => {
                    let most = number(most);
                    quote!(#least..=#most)
                }
                Bound::Excluded(most) => {
                    let most = number(most);
                    quote!(#least..#most)
                }
                Bound::Unbounded => quote!(#least..),
            }
        }
    }
}

fn wrapped(variant: &str, number: &TokenStream) -> TokenStream {
    let variant = ident(variant);
    quote!(Bound::#variant(#number))
}
