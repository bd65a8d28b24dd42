//! The client crate: progenitor's methods and our constructor.

mod connect;
mod examples;
mod expressions;
mod front_page;
mod pages;

use quote::quote;

use expressions::Expressions;

use super::rust::{ident, items_file, parsed, rust_file};
use super::types::envelope::wrapper;
use super::types::error_code;
use crate::contract::Contract;
use crate::docs;
use crate::names;
use crate::progenitor::Lifted;
use crate::tree::Tree;

/// Takes the items of the client out of what was lifted.
pub(super) fn emit(contract: &Contract, lifted: &mut Lifted, tree: &mut Tree) {
    let items = std::mem::take(&mut lifted.client);
    let source = format!("{}/src", names::crate_name(&contract.info.crate_prefix, "client"));
    let pages = pages::emit(contract, lifted);
    let streams = if pages.is_some() {
        Streams::Some
    } else {
        Streams::None
    };
    tree.insert(format!("{source}/lib.rs"), library(contract, lifted, streams));
    tree.insert(format!("{source}/client.rs"), client(contract, lifted, items));
    tree.insert(format!("{source}/connect.rs"), connect::emit(contract));
    if let Some(pages) = pages {
        tree.insert(format!("{source}/pages.rs"), pages);
    }
}

/// Whether lists can be read as streams.
#[derive(Clone, Copy)]
enum Streams {
    Some,
    None,
}

fn library(contract: &Contract, lifted: &Lifted, streams: Streams) -> String {
    let module = match streams {
        Streams::Some => quote!(
            mod pages;
        ),
        Streams::None => quote!(),
    };
    let export = match streams {
        Streams::Some => quote!(Items, Pages,),
        Streams::None => quote!(),
    };
    let types = ident(&names::crate_ident(&contract.info.crate_prefix, "types"));
    let wrapper = wrapper(contract);
    let about = front_page::text(&Expressions { contract, lifted });
    let error_docs = error_docs(contract);
    rust_file(
        &about,
        &quote! {
            mod client;
            mod connect;
            #module

            pub use client::Client;
            #[doc(inline)]
            pub use progenitor_client::{
                Attempt, BuildError, CallOptions, Category, ClientInfo, Credentials, Date, DateTime, Defect, #export
                MalformedDateTime, MalformedPhoneNumber, Misfit, Nullable, Options, PhoneNumber, RawCall,
                ResponseValue, RetryBudget, RetryPolicy, TransportError, TransportFailure, UnexpectedResponse, UnixTime,
            };
            pub use progenitor_client::{Map, Value};
            pub use reqwest;
            pub use reqwest::{Method, StatusCode, header::HeaderMap};
            pub use #types as types;

            #(#error_docs)*
            pub type Error = progenitor_client::Error<types::#wrapper>;
        },
    )
}

/// How errors are matched, as an example that is compiled. A code of a later version is matched by its name:
/// that arm holds on to its code when a version comes that knows it.
fn error_docs(contract: &Contract) -> Vec<syn::Attribute> {
    let client = names::crate_ident(&contract.info.crate_prefix, "client");
    let code_type = error_code::rust_name(contract);
    let known = contract
        .error_codes
        .first()
        .map_or(names::UNRECOGNIZED, |code| code.variant.as_str());
    let envelope = &contract.envelope;
    let (member, code, message) = (&envelope.member, &envelope.code, &envelope.message);
    let body = serde_json::json!({ member: { code: LATER, message: "Not yet." } });
    let text = format!(
        "Whatever can go wrong with a call.\n\n\
         Match the codes that you handle by their variants, and a code that this version does not know by its\n\
         name. Both keep working with a version that knows it:\n\n\
         ```\n\
         use {client}::reqwest::{{StatusCode, header::HeaderMap}};\n\
         use {client}::types::{code_type};\n\
         use {client}::{{Category, Error}};\n\n\
         fn advice(error: &Error) -> &'static str {{\n    \
             match error.code() {{\n        \
                 Some({code_type}::{known}) => \"do what that code asks for\",\n        \
                 Some(code) if *code == \"{LATER}\" => \"do what a later version asks for\",\n        \
                 _ if error.is_retryable() => \"try again later\",\n        \
                 _ if error.category() == Category::Authentication => \"sign in\",\n        \
                 _ => \"report it\",\n    \
             }}\n\
         }}\n\n\
         // The error of a response, as it is read from the wire.\n\
         let body = r#\"{body}\"#;\n\
         let error = Error::from_parts(StatusCode::BAD_REQUEST, HeaderMap::new(), body);\n\
         assert_eq!(advice(&error), \"do what a later version asks for\");\n\
         ```"
    );
    docs::of_lines(text.lines())
}

/// A code that no document has.
const LATER: &str = "CODE_OF_TOMORROW";

fn client(contract: &Contract, lifted: &Lifted, mut items: Vec<syn::Item>) -> String {
    let omit_prefix = contract
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .any(|parameter| parameter.omit_prefix.is_some())
        .then(|| quote!(omit_prefix,));
    let encode_path = contract
        .operations
        .iter()
        .any(|operation| operation.path.contains('{'))
        .then(|| quote!(encode_path,));
    let imports = quote! {
            use progenitor_client::{
                ClientInfo, OperationInfo, ResponseValue, #encode_path #omit_prefix
            };

            use crate::{Error, types};
    };
    examples::add(&Expressions { contract, lifted }, &mut items);
    let mut all = parsed(imports);
    all.extend(items);
    items_file("The operations.", all)
}
