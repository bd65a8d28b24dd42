//! The server crate: the trait that an implementer fills in, and what leads a request to it.

mod checks;
mod codes;
mod constraints;
mod operations;
mod router;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{doc_attributes, ident, rust_file};
use super::types::envelope::wrapper;
use crate::contract::{Contract, Operation};
use crate::docs;
use crate::names;
use crate::progenitor::{Lifted, Signature};
use crate::tree::Tree;

pub(super) fn emit(contract: &Contract, lifted: &Lifted, tree: &mut Tree) {
    let source = format!("{}/src", names::crate_name(&contract.info.crate_prefix, "server"));
    tree.insert(format!("{source}/lib.rs"), library(contract));
    tree.insert(format!("{source}/api.rs"), api(contract, lifted));
    tree.insert(format!("{source}/codes.rs"), codes::emit(contract));
    tree.insert(format!("{source}/operations.rs"), operations::emit(contract));
    tree.insert(format!("{source}/router.rs"), router::emit(contract, lifted));
    tree.insert(format!("{source}/checks.rs"), checks::emit(contract));
}

fn library(contract: &Contract) -> String {
    let types = ident(&names::crate_ident(&contract.info.crate_prefix, "types"));
    let wrapper = wrapper(contract);
    let realm = &contract.info.title;
    let about = format!(
        "A server for {}\n\n\
         Implement [`Api`], hand it to [`router`], and pass the router to [`serve`]. Requests reach a handler with\n\
         their parameters read and checked. Every failing response is the error envelope, whoever produced it.\n\n\
         A router that is not passed to [`serve`] or [`server`] needs a [`boundary`] as its outermost layer if\n\
         routes or layers of your own can fail.",
        docs::wrapped(&docs::package_docs(contract)).join("\n"),
    );
    rust_file(
        &about,
        &quote! {
            #[cfg(feature = "serve")]
            use std::future::Future;
            #[cfg(feature = "serve")]
            use std::io;

            #[cfg(feature = "serve")]
            use fonedynamics_server_runtime::codegen;

            mod api;
            mod checks;
            pub mod codes;
            pub mod operations;
            mod router;

            pub use api::Api;
            pub use fonedynamics_server_runtime::{
                Context, Credentials, Endpoint, Exempt, Lists, Method, NotListed, Operation, Refusal, Routes,
            };
            pub use router::{router, routes};
            pub use #types as types;

            /// Why a handler of the operation `O` could not do what it was asked: one of the [`codes`] that the
            /// document lists for the operation. Any error becomes one by `?`: its cause is logged, and the
            /// caller learns nothing of it.
            pub type Failure<O> = fonedynamics_server_runtime::Failure<types::#wrapper, O>;

            /// What a handler of the operation `O` gives back.
            pub type HandlerResult<T, O> = Result<T, Failure<O>>;

            /// A layer that keeps every failing response in the envelope. Made by [`boundary`].
            pub type Boundary = fonedynamics_server_runtime::Boundary<types::#wrapper>;

            /// A router behind a listener. Made by [`server`].
            #[cfg(feature = "serve")]
            pub type Server = fonedynamics_server_runtime::Server<types::#wrapper>;

            /// The layer that goes around a router and all other layers, so that their failing responses
            /// become the envelope too.
            pub fn boundary() -> Boundary {
                Boundary::new().realm(#realm)
            }

            /// A router within a [`boundary`], to set the limits of connections before it serves.
            #[cfg(feature = "serve")]
            pub fn server(router: codegen::Router) -> Server {
                Server::new(router.layer(boundary()))
            }

            /// Serves a router within a [`boundary`] until the process receives a shutdown signal,
            /// SIGTERM or Ctrl-C; then lets the requests in flight finish.
            ///
            /// # Errors
            ///
            /// The listener has no address. What fails later is logged and survived.
            #[cfg(feature = "serve")]
            pub async fn serve(
                listener: codegen::TcpListener,
                router: codegen::Router,
            ) -> io::Result<()> {
                server(router).serve(listener).await
            }

            /// Serves a router within a [`boundary`] until `shutdown` completes, then lets the requests in
            /// flight finish.
            ///
            /// # Errors
            ///
            /// As for [`serve`].
            #[cfg(feature = "serve")]
            pub async fn serve_until(
                listener: codegen::TcpListener,
                router: codegen::Router,
                shutdown: impl Future<Output = ()> + Send,
            ) -> io::Result<()> {
                server(router).serve_until(listener, shutdown).await
            }
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
         Each method has a default body that fails with an internal failure and logs that the operation is not\n\
         offered, so a new operation in the document breaks no server. Only `authenticate` must be written.",
        contract.info.title
    ));
    rust_file(
        "The trait that an implementer fills in.",
        &quote! {
            use std::future::Future;

            use fonedynamics_server_runtime::{Context, Credentials, Operation, Refusal};

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
///     -> impl Future<Output = HandlerResult<types::Call, operations::GetCall>> + Send {
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
        ) -> impl Future<Output = HandlerResult<#success, operations::#endpoint>> + Send {
            #unused
            async move { Err(context.not_offered()) }
        }
    }
}
