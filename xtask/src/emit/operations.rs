//! What the server's runtime knows of each operation: one constant for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::doc_attributes;
use super::{ident, rust_file};
use crate::contract::{Contract, Operation};
use crate::names;

pub(super) fn emit(contract: &Contract) -> String {
    let constants = contract.operations.iter().map(constant);
    let names = contract
        .operations
        .iter()
        .map(|operation| ident(&names::constant_name(&operation.id)));
    rust_file(
        "The operations as data: methods, paths, and the error codes that each can answer with.",
        &quote! {
            use fonedynamics_server_runtime::{Method, Operation};

            /// Every operation, in the order of the document.
            pub const ALL: &[&Operation] = &[#(&#names),*];

            #(#constants)*
        },
    )
}

/// Emits `pub static GET_CALL: Operation = Operation { id: "getCall", … };`
fn constant(operation: &Operation) -> TokenStream {
    let docs = doc_attributes(&operation.summary);
    let name = ident(&names::constant_name(&operation.id));
    let Operation {
        id,
        path,
        codes,
        secured,
        ..
    } = operation;
    let method = ident(&names::type_name(&operation.method.to_lowercase()));
    let success = proc_macro2::Literal::u16_unsuffixed(operation.success.status);
    quote! {
        #docs
        pub static #name: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            success: #success,
            secured: #secured,
            codes: &[#(#codes),*],
        };
    }
}
