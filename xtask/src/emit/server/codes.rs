//! The error codes as types.
//!
//! What a code means and its status stay with its value in the types crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::contract::{Contract, ErrorCode};
use crate::docs;
use crate::emit::rust::{ident, items_file, parsed};
use crate::emit::types::envelope::wrapper;
use crate::emit::types::error_code;

pub(super) fn emit(contract: &Contract) -> String {
    let codes = contract.error_codes.iter();
    let codes = codes.flat_map(|code| parsed(emit_code(contract, code)));
    let imports = parsed(quote! {
        use fonedynamics_server_runtime::codegen;

        use crate::types;
    });
    items_file(
        "The error codes as types. A handler that fails with a code that the document does not list for its\n\
         operation does not compile; the lists are in [`operations`](crate::operations).\n\n\
         A code about a parameter goes into [`Failure::at`](crate::Failure::at), any other into\n\
         [`Failure::new`](crate::Failure::new).",
        imports.into_iter().chain(codes),
    )
}

/// Emits a code:
/// ```ignore
/// /// `CALL_NOT_FOUND`, 400: No call has this identifier.
/// #[derive(Clone, Copy, Debug)]
/// pub struct CallNotFound;
/// impl codegen::Code<types::ErrorResponse> for CallNotFound {
///     const CODE: types::ErrorCode = types::ErrorCode::CallNotFound;
///     const NAME: &'static str = "CALL_NOT_FOUND";
/// }
/// impl codegen::AboutParameter for CallNotFound {}
/// ```
fn emit_code(contract: &Contract, code: &ErrorCode) -> TokenStream {
    let docs = docs::attribute(&format!("`{}`, {}: {}", code.code, code.status, code.meaning));
    let name = ident(&code.variant);
    let wrapper = wrapper(contract);
    let code_type = ident(&error_code::rust_name(contract));
    // A request that must be changed has something in it to name, and so has a message that names it; other
    // failures need not.
    let about = ident(if code.status == 400 || code.names_parameter() {
        "AboutParameter"
    } else {
        "AboutState"
    });
    let text = &code.code;
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name;

        impl codegen::Code<types::#wrapper> for #name {
            const CODE: types::#code_type = types::#code_type::#name;
            const NAME: &'static str = #text;
        }

        impl codegen::#about for #name {}
    }
}
