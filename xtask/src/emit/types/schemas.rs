//! A function that names every schema of the document, for JSON Schemas.

use quote::quote;

use crate::contract::Contract;
use crate::emit::rust::{ident, rust_file};

/// Emits one function that names every schema of the document.
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
