//! `schemas.rs`: a function that defines the JSON Schema of every type.

use quote::quote;

use crate::contract::Contract;
use crate::emit::rust::{ident, rust_file};

pub(super) fn emit(contract: &Contract) -> String {
    let types = contract.schemas.iter().map(|schema| ident(&schema.rust));
    rust_file(
        "The JSON Schemas of all types.",
        &quote! {
            use schemars::SchemaGenerator;

            /// Adds the definition of every schema of the document to a generator.
            pub fn define_all(generator: &mut SchemaGenerator) {
                #(let _ = generator.subschema_for::<crate::#types>();)*
            }
        },
    )
}
