//! The server crate: the trait that an implementer fills in, and what leads a request to it.

mod api;
mod checks;
mod codes;
mod constraints;
mod operations;
mod router;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::rust::{ident, rust_file};
use super::types::entries;
use super::types::envelope::wrapper;
use crate::contract::{Contract, Scheme};
use crate::docs;
use crate::names;
use crate::progenitor::Lifted;
use crate::tree::Tree;

pub(super) fn emit(contract: &Contract, lifted: &Lifted, tree: &mut Tree) {
    let source = format!("{}/src", names::crate_name(&contract.info.crate_prefix, "server"));
    tree.insert(format!("{source}/lib.rs"), library(contract, lifted));
    tree.insert(format!("{source}/api.rs"), api::emit(contract, lifted));
    tree.insert(format!("{source}/codes.rs"), codes::emit(contract));
    tree.insert(format!("{source}/operations.rs"), operations::emit(contract));
    tree.insert(format!("{source}/router.rs"), router::emit(contract, lifted));
    tree.insert(format!("{source}/checks.rs"), checks::emit(contract));
}

/// The type with which `authenticate` is called, and the types that it holds.
fn credentials(contract: &Contract) -> &'static [&'static str] {
    match contract.schemes.as_slice() {
        [Scheme::Bearer] => &["BearerToken"],
        [_] | [] => &["Credentials"],
        _ => &["BasicOrBearer", "BearerToken", "Credentials"],
    }
}

/// Names in the order of an import.
fn sorted<'n>(names: impl IntoIterator<Item = &'n &'n str>) -> Vec<Ident> {
    let mut names: Vec<_> = names.into_iter().map(|name| ident(name)).collect();
    names.sort();
    names
}

/// Emits `.schemes(&[Scheme::Basic, Scheme::Bearer])`, or nothing for the scheme that the runtime takes anyway.
fn schemes(contract: &Contract) -> Option<TokenStream> {
    let schemes = contract.schemes.iter().map(|scheme| match scheme {
        Scheme::Basic => quote!(Scheme::Basic),
        Scheme::Bearer => quote!(Scheme::Bearer),
    });
    (contract.schemes != [Scheme::Basic]).then(|| quote!(.schemes(&[#(#schemes),*])))
}

/// How a failure becomes an entry of a batch, as an example that is compiled; nothing where there is no batch.
fn entries(contract: &Contract, lifted: &Lifted) -> Option<String> {
    let (operation, schema, entry) = entries::batch(contract, lifted)?;
    let fields = lifted.fields.get(&schema.rust)?;
    if fields.iter().any(|field| field.required) {
        return None;
    }
    let server = names::crate_ident(&contract.info.crate_prefix, "server");
    let (name, entry_type) = (names::type_name(operation.source()), &schema.rust);
    let setter = |field: &Ident| names::setter(&field.to_string());
    let message = match &entry.message {
        Some(message) => format!(".{}(message)", setter(message)),
        None => String::new(),
    };
    let code = setter(&entry.code);
    Some(format!(
        "\n\nWhere a success has entries that can fail, a failure becomes one of them; a cause goes to the log:\n\n\
         ```\n\
         use {server}::types::{entry_type};\n\
         use {server}::{{Context, HandlerResult, operations}};\n\n\
         fn entry<C>(context: &Context<C>, outcome: HandlerResult<{entry_type}, operations::{name}>) -> {entry_type} {{\n    \
             outcome.unwrap_or_else(|failure| {{\n        \
                 let (code, message) = context.entry(failure);\n        \
                 {entry_type}::default().{code}(code){message}\n    \
             }})\n\
         }}\n\
         ```\n\n\
         The client gets it back by `into_result`."
    ))
}

fn library(contract: &Contract, lifted: &Lifted) -> String {
    let types = ident(&names::crate_ident(&contract.info.crate_prefix, "types"));
    let wrapper = wrapper(contract);
    let realm = &contract.info.title;
    let success = contract.has_response_headers().then(|| quote!(Success,));
    let imported = sorted(credentials(contract).iter().chain(&["Context"]));
    let schemes = schemes(contract);
    let import = schemes.as_ref().map(|_| {
        quote!(
            use fonedynamics_server_runtime::Scheme;
        )
    });
    let about = format!(
        "A server for {}\n\n\
         Implement [`Api`], hand it to [`router`], and pass the router to [`serve`]. Requests reach a handler with\n\
         their parameters read and checked. Every failing response is the error envelope, whoever produced it.\n\n\
         A router that is not passed to [`serve`] or [`server`] needs a [`boundary`] as its outermost layer if\n\
         routes or layers of your own can fail. It then lacks what is below a router: limits of connections, the access\n\
         log, and the envelope for requests that are no HTTP, break off or have too large a head.{}",
        docs::wrapped(&docs::package_docs(contract)).join("\n"),
        entries(contract, lifted).unwrap_or_default(),
    );
    rust_file(
        &about,
        &quote! {
            #[cfg(feature = "serve")]
            use std::future::Future;
            #[cfg(feature = "serve")]
            use std::io;

            #import
            #[cfg(feature = "serve")]
            use fonedynamics_server_runtime::codegen;

            mod api;
            mod checks;
            pub mod codes;
            pub mod operations;
            mod router;

            pub use api::Api;
            pub use fonedynamics_server_runtime::{
                #(#imported,)* Date, DateTime, Endpoint, Exempt, Lists, MalformedDateTime, MalformedPhoneNumber, Map,
                Method, NotListed, Nullable, Operation, PhoneNumber, Refusal, Routes, #success UnixTime, Value, header,
            };
            pub use router::{router, routes};
            pub use #types as types;

            /// The published document, as JSON of OpenAPI 3.0, for a server that shows its callers what it does, and
            /// for tools that derive something from it. Costs a program that does not name it nothing.
            pub const DOCUMENT: &str = include_str!("../openapi.json");

            /// Why a handler of the operation `O` could not do what it was asked: one of the [`codes`] that the
            /// document lists for the operation. Any error, boxed error or string becomes one by `?`: it is logged,
            /// and the caller learns nothing of it. A failure of another operation is passed on with
            /// `.map_err(Failure::of_another)?`.
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
                Boundary::new().realm(#realm) #schemes
            }

            /// A router within a [`boundary`], to set the limits of connections before it serves.
            #[cfg(feature = "serve")]
            pub fn server(router: codegen::Router) -> Server {
                Server::new(router).boundary(boundary())
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
