//! `examples.rs`: the document's examples as data, the vectors of the round trip.

use quote::quote;

use crate::contract::Contract;
use crate::emit::rust::{ident, rust_file};

pub(super) fn emit(contract: &Contract) -> String {
    let rows = contract.examples.iter().filter_map(|example| {
        let schema = contract.schema(&example.schema)?;
        let (pointer, json) = (example.at.to_string(), example.value.to_string());
        let (name, ty) = (&schema.name, ident(&schema.rust));
        Some(quote! {
            Example { pointer: #pointer, schema: #name, json: #json, read: read::<crate::#ty> },
        })
    });
    rust_file(
        "The examples of the document: each fits its type, and comes back from it as it was.",
        &quote! {
            use std::fmt::Debug;

            use serde::Serialize;
            use serde::de::DeserializeOwned;

            /// An example of a request or response body.
            #[derive(Clone, Copy, Debug)]
            pub struct Example {
                /// The JSON Pointer to it in the document.
                pub pointer: &'static str,
                /// The document's name of its schema.
                pub schema: &'static str,
                /// The JSON.
                pub json: &'static str,
                /// Reads JSON as this example's type.
                pub read: fn(&str) -> Result<Read, serde_json::Error>,
            }

            /// A value that was read as its type.
            #[derive(Clone, Debug)]
            pub struct Read {
                /// What the type writes.
                pub json: serde_json::Value,
                /// The typed form, for people.
                pub debug: String,
            }

            fn read<T: DeserializeOwned + Serialize + Debug>(json: &str) -> Result<Read, serde_json::Error> {
                let typed: T = serde_json::from_str(json)?;
                Ok(Read { json: serde_json::to_value(&typed)?, debug: format!("{typed:#?}") })
            }

            /// Every example, in the order of the document.
            pub const ALL: &[Example] = &[#(#rows)*];
        },
    )
}
