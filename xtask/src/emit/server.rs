//! The server crate: the trait that an implementer fills in, and what leads a request to it.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::doc_attributes;
use super::{checks, codes, handlers, ident, operations, rust_file, wrapper};
use crate::contract::{Contract, Operation};
use crate::docs;
use crate::lift::{Lifted, Signature};
use crate::names;
use crate::tree::Tree;

pub(super) fn emit(contract: &Contract, lifted: &Lifted, tree: &mut Tree) {
    let source = format!("{}/src", names::crate_name(&contract.info.crate_prefix, "server"));
    tree.insert(format!("{source}/lib.rs"), library(contract));
    tree.insert(format!("{source}/api.rs"), api(contract, lifted));
    tree.insert(format!("{source}/codes.rs"), codes::emit(contract));
    tree.insert(format!("{source}/operations.rs"), operations::emit(contract));
    tree.insert(format!("{source}/router.rs"), handlers::emit(contract, lifted));
    tree.insert(format!("{source}/checks.rs"), checks::emit(contract));
}

fn library(contract: &Contract) -> String {
    let types = ident(&names::crate_ident(&contract.info.crate_prefix, "types"));
    let wrapper = wrapper(contract);
    let about = format!(
        "A server for {}\n\n\
         Implement [`Api`], hand it to [`router`], and pass the router to [`serve`]. Requests reach a handler with\n\
         their parameters read and checked. Every failing answer to a request that could be read as HTTP is the\n\
         error envelope, whoever produced it.",
        docs::wrapped(&docs::package_docs(contract)).join("\n"),
    );
    rust_file(
        &about,
        &quote! {
            mod api;
            mod checks;
            pub mod codes;
            pub mod operations;
            mod router;

            pub use api::Api;
            pub use fonedynamics_server_runtime::{
                Context, Credentials, Endpoint, Listed, Method, NotListed, Operation, Refusal, Routes, serve, serve_until,
            };
            pub use router::{router, routes};
            pub use #types as types;

            /// Why a handler of the operation `O` could not do what it was asked: one of the [`codes`] that the
            /// document lists for the operation. Any error becomes one by `?`: its cause is logged, and the
            /// caller learns nothing of it.
            pub type Failure<O> = fonedynamics_server_runtime::Failure<types::#wrapper, O>;

            /// What a handler of the operation `O` gives back.
            pub type Answer<T, O> = Result<T, Failure<O>>;
        },
    )
}

fn api(contract: &Contract, lifted: &Lifted) -> String {
    let methods = contract.operations.iter().filter_map(|operation| {
        lifted
            .signatures
            .get(&operation.rust)
            .map(|signature| method(operation, signature))
    });
    let about = doc_attributes(&format!(
        "The operations of {}, as a server offers them.\n\n\
         Each method has a default body that answers with an internal failure and logs that the operation is not\n\
         offered, so a new operation in the document breaks no server. Only `authenticate` must be written.",
        contract.info.title
    ));
    rust_file(
        "The trait that an implementer fills in.",
        &quote! {
            use std::future::Future;

            use fonedynamics_server_runtime::{Context, Credentials, Operation, Refusal};

            use crate::{Answer, operations, types};

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
                    credentials: Credentials,
                    operation: &'static Operation,
                ) -> impl Future<Output = Result<Self::Caller, Refusal>> + Send;

                #(#methods)*
            }
        },
    )
}

/// Emits a method with a default body:
/// ```ignore
/// /// Read one call.
/// fn get_call(&self, context: Context<Self::Caller>, call_sid: String)
///     -> impl Future<Output = Answer<types::Call, operations::GetCall>> + Send {
///     let _ = call_sid;
///     async move { Err(context.not_offered()) }
/// }
/// ```
fn method(operation: &Operation, signature: &Signature) -> TokenStream {
    let docs = doc_attributes(&docs::operation_docs(operation));
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
    let success = &signature.success;
    let endpoint = ident(&names::type_name(&operation.id));
    let caller = if operation.secured {
        quote!(Self::Caller)
    } else {
        quote!(())
    };
    quote! {
        #docs
        fn #name(
            &self,
            context: Context<#caller>,
            #(#arguments),*
        ) -> impl Future<Output = Answer<#success, operations::#endpoint>> + Send {
            #unused
            async move { Err(context.not_offered()) }
        }
    }
}
