//! `setters.rs`: how values of the types are made, so that code which makes them still compiles when a type gets one
//! more member.
//!
//! Takes the types of fields as they are, and decides only what is convenient to set them from.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, GenericArgument, ImplItem, ImplItemFn, Item, PathArguments, Type, parse_quote};

use super::entries;
use crate::contract::{Contract, Shape};
use crate::docs;
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
    let mut forms = Forms::new(contract, lifted);
    let items = structs.flat_map(|item| match &item.fields {
        syn::Fields::Unnamed(fields) => {
            let inner = fields.unnamed.first().map(|field| &field.ty);
            parsed(collected(&item.ident, inner))
        }
        fields => {
            let methods = forms.methods(&item.ident, fields);
            let into_result = entries::into_result(contract, lifted, &item.ident);
            let into_result = into_result.map(parsed).unwrap_or_default();
            methods.into_iter().chain(into_result).collect()
        }
    });
    let items = items.collect();
    items_file(
        "How the objects are made: `new` takes what is required, and a setter has the name of what it sets.",
        shortened(contract, items),
    )
}

/// A field, and what sets it.
struct Field<'a> {
    name: &'a Ident,
    required: bool,
    deprecated: bool,
    /// The value before anything sets it.
    unset: TokenStream,
    setting: Setting,
}

/// What a value is set from: the type of an argument, and the value of an argument of the name of the field.
#[derive(Clone)]
struct Setting {
    argument: Type,
    value: Expr,
}

/// What is the same for many fields, parsed once: no code is emitted as often.
struct Forms<'c> {
    contract: &'c Contract,
    lifted: &'c Lifted,
    setter: ImplItemFn,
    /// By the type of the field, whether it is a point in time, and whether it is required.
    settings: BTreeMap<(String, bool, bool), Setting>,
}

impl<'c> Forms<'c> {
    fn new(contract: &'c Contract, lifted: &'c Lifted) -> Self {
        let setter = parse_quote! {
            #[must_use]
            pub fn SETTER(mut self, FIELD: ARGUMENT) -> Self {
                self.FIELD = VALUE;
                self
            }
        };
        Self {
            contract,
            lifted,
            setter,
            settings: BTreeMap::new(),
        }
    }

    fn fields<'a>(&mut self, owner: &Ident, fields: &'a syn::Fields) -> Vec<Field<'a>> {
        let known = self.lifted.fields.get(&owner.to_string());
        let fields = fields.iter().filter_map(|field| {
            let name = field.ident.as_ref()?;
            let documented = known.into_iter().flatten().find(|known| known.ident == *name);
            let is_time = documented.is_some_and(|field| field.format == Some(Format::UnixTime));
            let required = documented.is_some_and(|field| field.required);
            let is_option = outer(&field.ty).is_some_and(|(outer, _)| outer == "Option");
            let contract = self.contract;
            let setting = self
                .settings
                .entry((field.ty.to_token_stream().to_string(), is_time, required));
            let form = setting.or_insert_with(|| setting_of(contract, &field.ty, is_time, required));
            let mut setting = form.clone();
            let mut fill = Fill {
                field: name,
                setter: name,
                setting: form,
            };
            fill.visit_expr_mut(&mut setting.value);
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
                setting,
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
    fn methods(&mut self, owner: &Ident, fields: &syn::Fields) -> Option<Item> {
        let fields = self.fields(owner, fields);
        let (required, optional): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.required);
        let new = (!required.is_empty()).then(|| new(&fields));
        let setters = optional.into_iter().map(|field| self.setter(field));
        let methods: Vec<_> = new.into_iter().chain(setters).collect();
        if methods.is_empty() {
            return None;
        }
        let mut block: syn::ItemImpl = parse_quote!(impl crate::#owner {});
        block.items = methods.into_iter().map(ImplItem::Fn).collect();
        Some(Item::Impl(block))
    }

    fn setter(&self, field: &Field<'_>) -> ImplItemFn {
        let mut setter = self.setter.clone();
        let mut fill = Fill {
            field: field.name,
            setter: &ident(&names::setter(&field.name.to_string())),
            setting: &field.setting,
        };
        fill.visit_impl_item_fn_mut(&mut setter);
        let docs = docs::of_lines([format!("Sets `{}`.", field.name).as_str()]);
        let deprecated: Option<[Attribute; 2]> = field
            .deprecated
            .then(|| [parse_quote!(#[deprecated]), expecting_deprecated()]);
        let deprecated = deprecated.into_iter().flatten();
        setter.attrs = docs.into_iter().chain(deprecated).chain(setter.attrs).collect();
        setter
    }
}

fn new(fields: &[Field<'_>]) -> ImplItemFn {
    let required = fields.iter().filter(|field| field.required);
    let arguments = required.map(|Field { name, setting, .. }| {
        let argument = &setting.argument;
        quote!(#name: #argument)
    });
    let values = fields.iter().map(|field| {
        let (name, unset, value) = (field.name, &field.unset, &field.setting.value);
        match field.required {
            true if matches!(value, Expr::Path(path) if path.path.is_ident(name)) => quote!(#name),
            true => quote!(#name: #value),
            false => quote!(#name: #unset),
        }
    });
    let is_deprecated = fields.iter().any(|field| field.deprecated);
    let expect = is_deprecated.then(expecting_deprecated);
    parse_quote! {
        /// With what is required.
        #expect
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn expecting_deprecated() -> Attribute {
    parse_quote!(#[expect(deprecated, reason = "it is set for as long as the document has it")])
}

/// Fills in a form: what stands for something is in capitals, as no name of a document is.
struct Fill<'f> {
    field: &'f Ident,
    setter: &'f Ident,
    setting: &'f Setting,
}

impl VisitMut for Fill<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if ident == "FIELD" {
            ident.clone_from(self.field);
        } else if ident == "SETTER" {
            ident.clone_from(self.setter);
        }
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Path(path) if path.path.is_ident("ARGUMENT") => ty.clone_from(&self.setting.argument),
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Path(path) if path.path.is_ident("VALUE") => expression.clone_from(&self.setting.value),
            _ => visit_mut::visit_expr_mut(self, expression),
        }
    }
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
fn setting_of(contract: &Contract, ty: &Type, is_time: bool, required: bool) -> Setting {
    let from = |target: TokenStream, value: Expr| Setting {
        argument: parse_quote!(impl ::std::convert::Into<#target>),
        value,
    };
    match outer(ty) {
        Some((outer, arguments)) if outer == "Option" && !required => {
            let inner = arguments.first().unwrap_or(ty);
            let Setting { argument, value } = setting_of(contract, inner, is_time, true);
            let value = parse_quote!(Some(#value));
            Setting { argument, value }
        }
        Some((outer, arguments)) if outer == "Option" || outer == "Nullable" => {
            let inner = arguments.first().unwrap_or(ty);
            let option = (outer == "Option").then(|| quote!(.into_value()));
            if is_time {
                let target = quote!(::fonedynamics_contract::Nullable<::fonedynamics_contract::UnixTime>);
                from(target, parse_quote!(FIELD.into().map(i64::from) #option))
            } else {
                let target = quote!(::fonedynamics_contract::Nullable<#inner>);
                from(target, parse_quote!(FIELD.into() #option))
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
                argument: parse_quote!(impl ::std::iter::IntoIterator<Item = #item>),
                value: parse_quote!(FIELD.into_iter() #map .collect()),
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
                argument: parse_quote!(impl ::std::iter::IntoIterator<Item = (#text, #value)>),
                value: parse_quote!(FIELD.into_iter().map(|(name, value)| (name.into(), value #into)).collect()),
            }
        }
        _ if is_time => from(
            quote!(::fonedynamics_contract::UnixTime),
            parse_quote!(FIELD.into().seconds()),
        ),
        _ if converts(contract, ty) || is_number(ty) => from(quote!(#ty), parse_quote!(FIELD.into())),
        _ => Setting {
            argument: parse_quote!(#ty),
            value: parse_quote!(FIELD),
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
