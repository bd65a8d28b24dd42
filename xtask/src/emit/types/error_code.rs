//! `error_code.rs`: an open enum of the error codes, with the document's table beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::enums;
use crate::contract::{Contract, EnumValue, ErrorCode, Origin};
use crate::docs;
use crate::emit::rust::{ident, items_file, parsed};
use crate::emit::scope::shortened;
use crate::names;

/// The Rust name of the error code's type.
pub(in crate::emit) fn rust_name(contract: &Contract) -> String {
    let schema = contract.schema(&contract.envelope.code_schema);
    schema.map_or_else(
        || contract.envelope.code_schema.clone(),
        |schema| schema.rust.clone(),
    )
}

pub(super) fn emit(contract: &Contract) -> String {
    let name = rust_name(contract);
    let schema_docs = contract
        .schema(&contract.envelope.code_schema)
        .map(|schema| docs::with_name(&schema.docs, &schema.name, schema.source()));
    let values: Vec<_> = contract
        .error_codes
        .iter()
        .map(|code| EnumValue {
            value: code.code.clone(),
            variant: code.variant.clone(),
        })
        .collect();
    let variant_docs = |value: &EnumValue| {
        let code = contract.error_codes.iter().find(|code| code.code == value.value);
        code.map(docs::error_code_docs).unwrap_or_default()
    };
    let item = enums::open_enum(
        &name,
        &schema_docs.unwrap_or_default(),
        (&values, &contract.retired_codes),
        variant_docs,
    );
    let idiom = idiom(contract, &name);
    let table = table(contract, &name);
    let items = shortened(contract, parsed(quote!(#item #table)));
    let file = items_file("The error codes and what the document says of each.", items);
    // The example follows the description of the type.
    file.replacen("\n#[non_exhaustive]", &format!("\n{idiom}#[non_exhaustive]"), 1)
}

/// An example that compiles: how to match on known codes and on codes of later versions.
fn idiom(contract: &Contract, name: &str) -> String {
    let types_crate = names::crate_ident(&contract.info.crate_prefix, "types");
    let Some(first) = contract.error_codes.first() else {
        return String::new();
    };
    let lines = [
        "".to_owned(),
        "A code that is added to the document later changes from unknown to known. Match it as a string, and the".to_owned(),
        "arm keeps working:".to_owned(),
        "".to_owned(),
        "```".to_owned(),
        format!("use {types_crate}::{name};"),
        "".to_owned(),
        format!("fn advice(code: &{name}) -> &'static str {{"),
        "    match code {".to_owned(),
        format!("        {name}::{} => \"a known code\",", first.variant),
        "        code if *code == \"CODE_OF_TOMORROW\" => \"a later code\",".to_owned(),
        "        _ => \"anything else\",".to_owned(),
        "    }".to_owned(),
        "}".to_owned(),
        "".to_owned(),
        format!("assert_eq!(advice(&{name}::from(\"{}\")), \"a known code\");", first.code),
        format!("assert_eq!(advice(&{name}::from(\"CODE_OF_TOMORROW\")), \"a later code\");"),
        "```".to_owned(),
    ];
    lines
        .iter()
        .map(|line| format!("/// {line}").trim_end().to_owned() + "\n")
        .collect()
}

/// Emits the table and its accessors:
/// ```ignore
/// const fn facts(&self) -> Option<Facts> { match self { Self::Forbidden => Some(Facts { status: 403, … }), … } }
/// pub const fn status(&self) -> Option<u16> { … }
/// ```
fn table(contract: &Contract, name: &str) -> TokenStream {
    let name = ident(name);
    let rows = contract.error_codes.iter().map(row);
    let retired = contract.retired_codes.iter().map(|code| ident(&code.variant));
    let expected = enums::expecting_deprecated(&contract.retired_codes);
    let absent = docs::attribute("The code of a response without one: empty, and therefore not known.");
    quote! {
        #absent
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self::Unrecognized(crate::unrecognized::Unrecognized::new(""))
            }
        }

        /// What the document says of a code.
        struct Facts {
            status: u16,
            origin: ::fonedynamics_contract::Origin,
            message: &'static str,
            meaning: &'static str,
        }

        impl #name {
            /// The status of responses with the code, or `None` for a code that the document does not list.
            #[must_use]
            pub fn status(&self) -> ::std::option::Option<u16> {
                self.facts().map(|facts| facts.status)
            }

            /// Where the code is documented, or `None` for a code that the document does not list.
            #[must_use]
            pub fn origin(&self) -> ::std::option::Option<::fonedynamics_contract::Origin> {
                self.facts().map(|facts| facts.origin)
            }

            /// What a response with the code says, or `None` for a code that the document does not list.
            /// `{FieldName}` stands for the names of the parameters at fault, and a check of the server may
            /// say something more precise instead.
            #[must_use]
            pub fn message(&self) -> ::std::option::Option<&'static str> {
                self.facts().map(|facts| facts.message)
            }

            /// What the code means, or `None` for a code that the document does not list.
            #[must_use]
            pub fn meaning(&self) -> ::std::option::Option<&'static str> {
                self.facts().map(|facts| facts.meaning)
            }

            /// The one table behind the accessors.
            #expected
            const fn facts(&self) -> ::std::option::Option<Facts> {
                match self {
                    #(#rows)*
                    #(Self::#retired |)* Self::Unrecognized(_) => None,
                }
            }
        }
    }
}

fn row(code: &ErrorCode) -> TokenStream {
    let ErrorCode {
        variant,
        status,
        origin,
        message,
        meaning,
        ..
    } = code;
    let variant = ident(variant);
    let origin = match origin {
        Origin::ErrorPage => quote!(::fonedynamics_contract::Origin::ErrorPage),
        Origin::OperationPage => quote!(::fonedynamics_contract::Origin::OperationPage),
        Origin::Extension => quote!(::fonedynamics_contract::Origin::Extension),
    };
    let status = proc_macro2::Literal::u16_unsuffixed(*status);
    let meaning = meaning.replace('\n', " ");
    quote! {
        Self::#variant => Some(Facts { status: #status, origin: #origin, message: #message, meaning: #meaning }),
    }
}
