//! `members.rs`: how objects are read and written, member by member. serde could derive it, at a price for the compiler
//! that is most of what the types cost.
//!
//! Decides nothing about which value a member takes: that is with its field.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Item, ItemStruct};

use crate::contract::Contract;
use crate::emit::rust::{ident, items_file, parsed};
use crate::emit::scope::shortened;
use crate::progenitor::{Field, Lifted, Reading, Writing};

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let structs = lifted.types.iter().filter_map(|item| match item {
        Item::Struct(found) => Some(found),
        _ => None,
    });
    let items = structs.map(|item| {
        if matches!(item.fields, syn::Fields::Unnamed(_)) {
            return collection(&item.ident);
        }
        let known = lifted.fields.get(&item.ident.to_string());
        object(item, known.map(Vec::as_slice).unwrap_or_default())
    });
    items_file(
        "How the objects are read and written: each member by its name.",
        shortened(contract, parsed(items.collect())),
    )
}

/// Emits what reads and writes an array or a map: as that is.
fn collection(owner: &Ident) -> TokenStream {
    quote! {
        impl<'de> ::serde::Deserialize<'de> for crate::#owner {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        impl ::serde::Serialize for crate::#owner {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }
    }
}

/// Emits what reads a struct:
/// ```ignore
/// impl<'de> Deserialize<'de> for Book {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         fonedynamics_contract::read_object(deserializer)
///     }
/// }
/// impl Object for Book {
///     const MEMBERS: &'static [&'static str] = &["Title"];
///     fn read<'de, A: serde::de::MapAccess<'de>>(mut members: Members<A>) -> Result<Self, A::Error> {
///         let mut title = None;
///         while let Some(member) = members.next()? {
///             match member {
///                 Some("Title") => members.read(&mut title),
///                 _ => members.ignore(),
///             }?;
///         }
///         Ok(Self { title: members.required("Title", title)? })
///     }
/// }
/// ```
/// Where nothing is required, the members are read into the default. What writes it:
/// ```ignore
/// impl Serialize for Book {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         let mut object = ObjectWriter::new(serializer);
///         object.member("Title", &self.title);
///         object.end()
///     }
/// }
/// ```
fn object(item: &ItemStruct, known: &[Field]) -> TokenStream {
    let owner = &item.ident;
    let others = item.fields.iter().find_map(|field| {
        let ident = field.ident.as_ref()?;
        known.iter().all(|known| known.ident != *ident).then_some(ident)
    });
    let names = known.iter().map(|field| &field.name);
    let members = unlike(known, others, "members");
    let body = if known.iter().any(|field| field.required) {
        with_required(known, others, &members)
    } else {
        let object = ident("object");
        let reading = reading(known, others, &members, |name| quote!(&mut #object.#name));
        quote! {
            let mut #object = Self::default();
            #reading
            Ok(#object)
        }
    };
    let is_deprecated = |field: &syn::Field| {
        field
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("deprecated"))
    };
    let expect = item
        .fields
        .iter()
        .any(is_deprecated)
        .then(|| quote!(#[expect(deprecated, reason = "it is sent for as long as the document has it")]));
    let writes = known.iter().map(|field| {
        let (name, ident) = (&field.name, &field.ident);
        match field.writing {
            Writing::Always => quote!(object.member(#name, &self.#ident);),
            Writing::Optional => quote!(object.optional(#name, &self.#ident);),
            Writing::Nullable => quote!(object.nullable(#name, &self.#ident);),
            Writing::UnlessEmpty => quote!(object.unless_empty(#name, &self.#ident);),
            Writing::Number => quote!(object.number(#name, self.#ident);),
        }
    });
    let writes = writes.chain(others.map(|others| quote!(object.others(&self.#others);)));
    quote! {
        impl<'de> ::serde::Deserialize<'de> for crate::#owner {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                fonedynamics_contract::read_object(deserializer)
            }
        }

        impl ::serde::Serialize for crate::#owner {
            #expect
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                let mut object = ::fonedynamics_contract::ObjectWriter::new(serializer);
                #(#writes)*
                object.end()
            }
        }

        impl ::fonedynamics_contract::Object for crate::#owner {
            const MEMBERS: &'static [&'static str] = &[#(#names),*];

            #expect
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                mut #members: ::fonedynamics_contract::Members<A>,
            ) -> ::std::result::Result<Self, A::Error> {
                #body
            }
        }
    }
}

/// Reads into a variable for each field.
fn with_required(known: &[Field], others: Option<&Ident>, members: &Ident) -> TokenStream {
    let fields = known.iter().map(|field| &field.ident).chain(others);
    let starts = known.iter().map(|field| match field.reading {
        Reading::Required | Reading::Optional => quote!(None),
        Reading::Nullable | Reading::OrDefault => quote!(::std::default::Default::default()),
    });
    let starts = starts.chain(others.map(|_| quote!(::std::default::Default::default())));
    let ends = known.iter().map(|field| {
        let (ident, name) = (&field.ident, &field.name);
        match field.reading {
            Reading::Required => quote!(#ident: #members.required(#name, #ident)?),
            Reading::Optional | Reading::Nullable | Reading::OrDefault => quote!(#ident),
        }
    });
    let ends = ends.chain(others.map(|others| quote!(#others)));
    let reading = reading(known, others, members, |name| quote!(&mut #name));
    quote! {
        #(let mut #fields = #starts;)*
        #reading
        Ok(Self { #(#ends),* })
    }
}

fn reading(
    known: &[Field],
    others: Option<&Ident>,
    members: &Ident,
    target: impl Fn(&Ident) -> TokenStream,
) -> TokenStream {
    let member = unlike(known, others, "member");
    let arms = known.iter().map(|field| {
        let (name, target) = (&field.name, target(&field.ident));
        let read = ident(match field.reading {
            Reading::Required => "read",
            Reading::Optional => "optional",
            Reading::Nullable => "nullable",
            Reading::OrDefault => "or_default",
        });
        quote!(Some(#name) => #members.#read(#target),)
    });
    let (next, rest) = match others {
        Some(others) => {
            let target = target(others);
            (quote!(next_or_other), quote!(other(#target)))
        }
        None => (quote!(next), quote!(ignore())),
    };
    quote! {
        while let Some(#member) = #members.#next()? {
            match #member {
                #(#arms)*
                _ => #members.#rest,
            }?;
        }
    }
}

/// A name of a variable that no field has.
fn unlike(known: &[Field], others: Option<&Ident>, name: &str) -> Ident {
    let mut name = name.to_owned();
    while known
        .iter()
        .map(|field| &field.ident)
        .chain(others)
        .any(|field| *field == name)
    {
        name.push('_');
    }
    ident(&name)
}
