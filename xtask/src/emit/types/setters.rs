//! `setters.rs`: how values of the types are made, so that code which makes them still compiles when a type gets one
//! more member.
//!
//! Takes the types of fields as they are, and decides only what is convenient to set them from.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Item, PathArguments, Type, parse_quote};

use super::entries;
use crate::contract::{Contract, Shape};
use crate::emit::rust::{ident, items_file, parsed};
use crate::emit::scope::shortened;
use crate::format::Format;
use crate::names;
use crate::progenitor::Lifted;

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let structs = lifted.types.iter().filter_map(|item| match item {
        Item::Struct(found) => Some(found),
        _ => None,
    });
    let items = structs.map(|item| match &item.fields {
        syn::Fields::Unnamed(fields) => collected(&item.ident, fields.unnamed.first().map(|field| &field.ty)),
        fields => {
            let methods = methods(&item.ident, &fields_of(contract, lifted, &item.ident, fields));
            let into_result = entries::into_result(contract, lifted, &item.ident);
            quote!(#methods #into_result)
        }
    });
    items_file(
        "How the objects are made: `new` takes what is required, and a setter has the name of what it sets.",
        shortened(contract, parsed(items.collect())),
    )
}

/// A field, and what sets it.
struct Field<'a> {
    name: &'a syn::Ident,
    required: bool,
    deprecated: bool,
    /// The value before anything sets it.
    unset: TokenStream,
    setting: Setting,
}

/// What a value is set from: the type of an argument, and the value of an argument `value`.
struct Setting {
    argument: TokenStream,
    value: TokenStream,
}

fn fields_of<'a>(
    contract: &Contract,
    lifted: &Lifted,
    owner: &syn::Ident,
    fields: &'a syn::Fields,
) -> Vec<Field<'a>> {
    let known = lifted.fields.get(&owner.to_string());
    let fields = fields.iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        let documented = known.into_iter().flatten().find(|known| known.ident == *name);
        let is_time = documented.is_some_and(|field| field.format == Some(Format::UnixTime));
        let required = documented.is_some_and(|field| field.required);
        let is_option = outer(&field.ty).is_some_and(|(outer, _)| outer == "Option");
        Some(Field {
            name,
            required,
            deprecated: field
                .attrs
                .iter()
                .any(|attribute| attribute.path().is_ident("deprecated")),
            unset: if is_option {
                quote!(None)
            } else {
                quote!(::std::default::Default::default())
            },
            setting: setting(contract, &field.ty, name, is_time, required),
        })
    });
    fields.collect()
}

/// Emits what makes a struct:
/// ```ignore
/// impl Book {
///     /// With what is required.
///     pub fn new(title: impl Into<String>) -> Self { Self { title: title.into(), genre: None } }
///     /// Sets `genre`.
///     pub fn genre(mut self, genre: impl Into<Genre>) -> Self { self.genre = Some(genre.into()); self }
/// }
/// ```
fn methods(owner: &syn::Ident, fields: &[Field<'_>]) -> TokenStream {
    let required = fields.iter().filter(|field| field.required);
    let arguments: Vec<_> = required
        .map(|Field { name, setting, .. }| {
            let argument = &setting.argument;
            quote!(#name: #argument)
        })
        .collect();
    let values = fields.iter().map(|field| {
        let (name, unset, value) = (field.name, &field.unset, &field.setting.value);
        match field.required {
            true if *name == value.to_string() => quote!(#name),
            true => quote!(#name: #value),
            false => quote!(#name: #unset),
        }
    });
    let expect = quote!(#[expect(deprecated, reason = "it is set for as long as the document has it")]);
    let new = (!arguments.is_empty()).then(|| {
        let expect = fields.iter().any(|field| field.deprecated).then_some(&expect);
        quote! {
            /// With what is required.
            #expect
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    });
    let optional = fields.iter().filter(|field| !field.required);
    let setters = optional.map(
        |Field {
             name,
             setting,
             deprecated,
             ..
         }| {
            let deprecated = deprecated.then(|| quote!(#[deprecated] #expect));
            let setter = ident(&names::setter(&name.to_string()));
            let (docs, Setting { argument, value }) = (format!(" Sets `{name}`."), setting);
            quote! {
                #[doc = #docs]
                #deprecated
                #[must_use]
                pub fn #setter(mut self, #name: #argument) -> Self {
                    self.#name = #value;
                    self
                }
            }
        },
    );
    let methods: TokenStream = new.into_iter().chain(setters).collect();
    if methods.is_empty() {
        return methods;
    }
    quote!(impl crate::#owner { #methods })
}

/// Emits how an array or a map is made of its items.
fn collected(owner: &syn::Ident, inner: Option<&Type>) -> TokenStream {
    let arguments = inner.and_then(outer).map(|(_, arguments)| arguments);
    let item: Type = match arguments.as_deref() {
        Some([item]) => item.clone(),
        Some([name, value]) => parse_quote!((#name, #value)),
        _ => return TokenStream::new(),
    };
    quote! {
        impl ::std::iter::FromIterator<#item> for crate::#owner {
            fn from_iter<I: ::std::iter::IntoIterator<Item = #item>>(items: I) -> Self {
                Self(items.into_iter().collect())
            }
        }
    }
}

/// What a field of a type is set from. Where null is a value, that is what `Nullable` converts from; text and enums
/// are set from strings, arrays and maps from anything with items, points in time from those of the system.
fn setting(contract: &Contract, ty: &Type, name: &syn::Ident, is_time: bool, required: bool) -> Setting {
    let from = |target: TokenStream, value: TokenStream| Setting {
        argument: quote!(impl ::std::convert::Into<#target>),
        value,
    };
    match outer(ty) {
        Some((outer, arguments)) if outer == "Option" && !required => {
            let inner = arguments.first().unwrap_or(ty);
            let Setting { argument, value } = setting(contract, inner, name, is_time, true);
            let value = quote!(Some(#value));
            Setting { argument, value }
        }
        Some((outer, arguments)) if outer == "Option" || outer == "Nullable" => {
            let inner = arguments.first().unwrap_or(ty);
            let option = (outer == "Option").then(|| quote!(.into_value()));
            if is_time {
                let target = quote!(::fonedynamics_contract::Nullable<::fonedynamics_contract::UnixTime>);
                from(target, quote!(#name.into().map(i64::from) #option))
            } else {
                let target = quote!(::fonedynamics_contract::Nullable<#inner>);
                from(target, quote!(#name.into() #option))
            }
        }
        Some((outer, arguments)) if outer == "Vec" || outer == "CommaList" => {
            let item = arguments.first().unwrap_or(ty);
            let converted = converts(contract, item);
            let (item, map) = if converted {
                (
                    quote!(impl ::std::convert::Into<#item>),
                    quote!(.map(::std::convert::Into::into)),
                )
            } else {
                (quote!(#item), TokenStream::new())
            };
            Setting {
                argument: quote!(impl ::std::iter::IntoIterator<Item = #item>),
                value: quote!(#name.into_iter() #map .collect()),
            }
        }
        Some((outer, arguments)) if outer == "BTreeMap" || outer == "Map" => {
            let value = arguments.get(1).unwrap_or(ty);
            let (value, into) = if converts(contract, value) {
                (quote!(impl ::std::convert::Into<#value>), quote!(.into()))
            } else {
                (quote!(#value), TokenStream::new())
            };
            let text = quote!(impl ::std::convert::Into<::std::string::String>);
            Setting {
                argument: quote!(impl ::std::iter::IntoIterator<Item = (#text, #value)>),
                value: quote!(#name.into_iter().map(|(name, value)| (name.into(), value #into)).collect()),
            }
        }
        _ if is_time => from(
            quote!(::fonedynamics_contract::UnixTime),
            quote!(#name.into().seconds()),
        ),
        _ if converts(contract, ty) || is_number(ty) => from(quote!(#ty), quote!(#name.into())),
        _ => Setting {
            argument: quote!(#ty),
            value: quote!(#name),
        },
    }
}

/// Whether anything but the type itself converts to it: to text, values of any type, enums, arrays, maps and what
/// refers to itself.
fn converts(contract: &Contract, ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let segments = &path.path.segments;
    let Some(last) = segments.last().map(|last| last.ident.to_string()) else {
        return false;
    };
    if segments.len() > 1 && segments.first().is_some_and(|first| first.ident != "crate") {
        return ["Box", "String", "Value"].contains(&last.as_str());
    }
    let schema = contract.schemas.of_type(&last);
    schema.is_some_and(|schema| match &schema.shape {
        Shape::Object(object) => object.members.is_empty(),
        Shape::Array(_) | Shape::Map(_) | Shape::Enum(_) => true,
    })
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("i64") || path.path.is_ident("f64"))
}

/// The name of a generic type and its arguments. The two of a map of any values are left out in its type.
fn outer(ty: &Type) -> Option<(String, Vec<Type>)> {
    let Type::Path(path) = ty else { return None };
    let first = path.path.segments.first()?;
    let last = path.path.segments.last()?;
    if last.ident == "Map" && first.ident == "serde_json" {
        let arguments = vec![
            parse_quote!(::std::string::String),
            parse_quote!(::serde_json::Value),
        ];
        return Some(("Map".to_owned(), arguments));
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let arguments = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    Some((last.ident.to_string(), arguments.collect()))
}
