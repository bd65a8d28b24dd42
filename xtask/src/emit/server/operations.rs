//! What the server's runtime knows of each operation: one constant and one type for each.

use proc_macro2::TokenStream;
use quote::quote;

use crate::contract::{Contract, Operation};
use crate::emit::rust::{doc_attributes, ident, rust_file};
use crate::names;

pub(super) fn emit(contract: &Contract) -> String {
    let operations = contract.operations.iter().map(emit_operation);
    let names = contract
        .operations
        .iter()
        .map(|operation| ident(&names::constant_name(&operation.id)));
    rust_file(
        "The operations as data: methods, paths, and the error codes that each can answer with. And as types,\n\
         which name the operation that a failure belongs to.",
        &quote! {
            use fonedynamics_server_runtime::codegen;

            /// Every operation, in the order of the document.
            pub const ALL: &[&codegen::Operation] = &[#(&#names),*];

            #(#operations)*
        },
    )
}

/// Emits an operation:
/// ```ignore
/// /// Read one call.
/// pub static GET_CALL: codegen::Operation = codegen::Operation { id: "getCall", … };
/// /// The operation [`GET_CALL`] as a type.
/// #[derive(Debug)]
/// pub enum GetCall {}
/// impl codegen::Endpoint for GetCall {
///     const OPERATION: &'static codegen::Operation = &GET_CALL;
/// }
/// ```
fn emit_operation(operation: &Operation) -> TokenStream {
    let docs = doc_attributes(&operation.summary);
    let constant = names::constant_name(&operation.id);
    let type_docs = doc_attributes(&format!("The operation `{}` as a type.", operation.id));
    let name = ident(&constant);
    let endpoint = ident(&names::type_name(&operation.id));
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
        pub static #name: codegen::Operation = codegen::Operation {
            id: #id,
            method: codegen::Method::#method,
            path: #path,
            success: #success,
            secured: #secured,
            codes: &[#(#codes),*],
        };

        #type_docs
        #[derive(Debug)]
        pub enum #endpoint {}

        impl codegen::Endpoint for #endpoint {
            const OPERATION: &'static codegen::Operation = &#name;
        }
    }
}
