//! The trait that an implementer fills in: one method with a default body for each operation.
//!
//! Decides nothing about what a handler gets; the signatures are those of the client's methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::{credentials, sorted};
use crate::contract::{Contract, Operation};
use crate::docs;
use crate::emit::rust::{ident, rust_file};
use crate::names;
use crate::progenitor::{Lifted, Signature};

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let methods = contract.operations.iter().filter_map(|operation| {
        lifted
            .signatures
            .get(&operation.rust)
            .map(|signature| method(operation, signature))
    });
    let success = contract.has_response_headers().then(|| quote!(, Success));
    let credentials = credentials(contract).first();
    let imported = sorted(credentials.into_iter().chain(&["Context"]));
    let credentials = credentials.map(|name| ident(name));
    let about = docs::attribute(&format!(
        "The operations of {}, as a server offers them.\n\n\
         Each method has a default body that fails with an internal failure and logs that the operation is not\n\
         offered, so a new operation in the document breaks no server. Only `authenticate` must be written.",
        contract.info.title
    ));
    rust_file(
        "The trait that an implementer fills in.",
        &quote! {
            use std::future::Future;

            use fonedynamics_server_runtime::{#(#imported,)* Operation, Refusal #success};

            use crate::{HandlerResult, operations, types};

            #about
            pub trait Api: Send + Sync + 'static {
                /// Who a caller is, once its credentials are accepted.
                type Caller: Clone + Send + Sync + 'static;

                /// Decides whether a caller may use an operation, before anything else of the request is read.
                ///
                /// # Errors
                ///
                /// The credentials are wrong, do not permit the operation, or cannot be checked.
                fn authenticate(
                    &self,
                    credentials: #credentials,
                    operation: &'static Operation,
                ) -> impl Future<Output = Result<Self::Caller, Refusal>> + Send;

                #(#methods)*
            }
        },
    )
}

/// What a handler gives back: the body, with headers where the document has some.
pub(super) fn handled(operation: &Operation, signature: &Signature) -> TokenStream {
    let body = &signature.success;
    if operation.success.headers.is_empty() {
        quote!(#body)
    } else {
        quote!(Success<#body>)
    }
}

/// Emits a method with a default body:
/// ```ignore
/// /// Read one call.
/// fn get_call(&self, context: Context<Self::Caller>, call_sid: String)
///     -> impl Future<Output = HandlerResult<types::Call, operations::GetCall>> + Send {
///     let _ = call_sid;
///     async move { Err(context.not_offered()) }
/// }
/// ```
fn method(operation: &Operation, signature: &Signature) -> TokenStream {
    let docs = docs::attribute(&docs::operation_docs(operation));
    let name = ident(&operation.rust);
    let arguments = signature.arguments.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, &argument.ty);
        quote!(#ident: #ty)
    });
    let unused: Vec<_> = signature
        .arguments
        .iter()
        .map(|argument| &argument.ident)
        .collect();
    let unused = match unused.as_slice() {
        [] => quote!(),
        [one] => quote!(let _ = #one;),
        several => quote!(let _ = (#(#several),*);),
    };
    let success = handled(operation, signature);
    let endpoint = ident(&names::type_name(operation.source()));
    let caller = if operation.secured {
        quote!(Self::Caller)
    } else {
        quote!(())
    };
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        fn #name(
            &self,
            context: Context<#caller>,
            #(#arguments),*
        ) -> impl Future<Output = HandlerResult<#success, operations::#endpoint>> + Send {
            #unused
            async move { Err(context.not_offered()) }
        }
    }
}
