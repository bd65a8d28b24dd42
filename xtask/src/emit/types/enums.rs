//! `enums.rs`: a variant for each value of the document, and one for every other.
//!
//! The payload of the unknown variant can be neither named nor built, so no code can come to depend on a
//! value being unknown.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::contract::{Contract, EnumValue};
use crate::docs::{self, with_name};
use crate::emit::rust::{self, ident, items_file, parsed};
use crate::emit::scope::shortened;

/// The file with all open enums but the error code.
pub(super) fn emit(contract: &Contract) -> String {
    let mut items = Vec::new();
    for (schema, values) in contract
        .enums()
        .filter(|(schema, _)| schema.name != contract.envelope.code_schema)
    {
        let docs = |value: &EnumValue| format!("`{}`", value.value);
        let about = with_name(&schema.docs, &schema.name, schema.source());
        items.extend(parsed(open_enum(&schema.rust, &about, (values, &[]), docs)));
    }
    items_file(
        "The open enums: strings of sets that may grow.",
        shortened(contract, items),
    )
}

/// Emits an enum and its conversions from and to strings:
/// ```ignore
/// #[non_exhaustive]
/// pub enum NumberType {
///     /// `Local`
///     Local,
///     #[doc(hidden)]
///     Unrecognized(Unrecognized),
/// }
/// impl NumberType { pub const ALL: &[Self] = …; pub fn as_str(&self) -> &str; pub fn is_known(&self) -> bool }
/// impl ::std::convert::From<&str> for NumberType { … }
/// ```
/// Values that the document has retired are variants too, deprecated and not among `ALL`.
pub(super) fn open_enum(
    name: &str,
    docs: &str,
    (values, retired): (&[EnumValue], &[EnumValue]),
    value_docs: impl Fn(&EnumValue) -> String,
) -> TokenStream {
    let docs = docs::attribute(
        &format!(
            "{}\n\nAn open set: a value that is not listed here is kept unchanged; see [`Self::is_known`].",
            docs.trim_end()
        )
        .replace("[`Self::is_known`]", "`is_known`"),
    );
    let ident = ident(name);
    let variants: Vec<_> = values.iter().map(|value| rust::ident(&value.variant)).collect();
    let texts: Vec<_> = values.iter().map(|value| &value.value).collect();
    let variant_docs: Vec<_> = values
        .iter()
        .map(|value| docs::attribute(&value_docs(value)))
        .collect();
    let retired_names: Vec<_> = retired.iter().map(|value| rust::ident(&value.variant)).collect();
    let retired_docs = retired
        .iter()
        .map(|value| docs::attribute(&format!("`{}`\n\nNo server sends it any more.", value.value)));
    let expected = expecting_deprecated(retired);
    let all_variants: Vec<_> = variants.iter().chain(&retired_names).collect();
    let all_texts: Vec<_> = values.iter().chain(retired).map(|value| &value.value).collect();
    let parts = quote! {
        #docs
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum #ident {
            #(#variant_docs #variants,)*
            #(#retired_docs #[deprecated = "no server sends it any more"] #retired_names,)*
            #[doc(hidden)]
            Unrecognized(crate::unrecognized::Unrecognized),
        }

        impl #ident {
            /// Every value of the document, in its order.
            pub const ALL: &[Self] = &[#(Self::#variants),*];

            /// The value on the wire.
            #[must_use]
            #expected
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#all_variants => #all_texts,)*
                    Self::Unrecognized(text) => text.as_str(),
                }
            }

            /// Whether the document lists the value.
            #[must_use]
            #expected
            pub fn is_known(&self) -> bool {
                !matches!(self, #(Self::#retired_names |)* Self::Unrecognized(_))
            }
        }
    };
    let traits = string_traits(&ident, &all_texts, &all_variants, &expected);
    let schema = json_schema(name, &texts);
    quote!(#parts #traits #schema)
}

/// The attribute of a function that names deprecated variants; nothing where there are none.
pub(super) fn expecting_deprecated(retired: &[EnumValue]) -> TokenStream {
    if retired.is_empty() {
        return TokenStream::new();
    }
    quote!(#[expect(deprecated)])
}

fn string_traits(
    ident: &Ident,
    texts: &[&String],
    variants: &[&Ident],
    expected: &TokenStream,
) -> TokenStream {
    quote! {
        impl ::std::convert::From<&str> for #ident {
            #expected
            fn from(text: &str) -> Self {
                match text {
                    #(#texts => Self::#variants,)*
                    other => Self::Unrecognized(crate::unrecognized::Unrecognized::new(other)),
                }
            }
        }

        impl ::std::str::FromStr for #ident {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl std::fmt::Display for #ident {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl ::std::cmp::PartialEq<str> for #ident {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for #ident {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                fonedynamics_contract::open_string(deserializer)
            }
        }
    }
}

fn json_schema(name: &str, texts: &[&String]) -> TokenStream {
    let ident = ident(name);
    quote! {
        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for #ident {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                #name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [#(#texts),*] })
            }
        }
    }
}
