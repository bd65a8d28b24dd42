//! The types crate: the structs of progenitor, and our own open enums.

pub(super) mod entries;
mod enums;
pub(super) mod envelope;
pub(super) mod error_code;
mod examples;
mod members;
mod objects;
mod schemas;
mod setters;
mod unrecognized;

use quote::quote;

use super::rust::{ident, rust_file};
use crate::contract::{Contract, Shape};
use crate::docs;
use crate::names;
use crate::progenitor::Lifted;
use crate::tree::Tree;

/// Takes the items of the types out of what was lifted.
pub(super) fn emit(contract: &Contract, lifted: &mut Lifted, tree: &mut Tree) {
    let source = format!("{}/src", names::crate_name(&contract.info.crate_prefix, "types"));
    tree.insert(format!("{source}/lib.rs"), library(contract));
    tree.insert(format!("{source}/setters.rs"), setters::emit(contract, lifted));
    tree.insert(format!("{source}/members.rs"), members::emit(contract, lifted));
    tree.insert(format!("{source}/error_code.rs"), error_code::emit(contract));
    tree.insert(format!("{source}/enums.rs"), enums::emit(contract));
    tree.insert(format!("{source}/unrecognized.rs"), unrecognized::emit());
    tree.insert(format!("{source}/envelope.rs"), envelope::emit(contract, lifted));
    tree.insert(format!("{source}/examples.rs"), examples::emit(contract));
    tree.insert(format!("{source}/schemas.rs"), schemas::emit(contract));
    let items = std::mem::take(&mut lifted.types);
    tree.insert(format!("{source}/objects.rs"), objects::emit(contract, items));
}

fn library(contract: &Contract) -> String {
    let about = format!(
        "The types of {}\n\n\
         What a server sends is read leniently: unknown members are ignored or kept, unknown values of enums are\n\
         kept, and any part of the error envelope may be missing. Constraints are checked by the server.\n\n\
         A member that may be absent or null is a `Nullable`: in a merge patch, null removes it, and absent leaves it as\n\
         it is.\n\n\
         Types may get more members, so they are made with `new`, which takes what is required, or with `default` where\n\
         nothing is. A setter for each other member has its name, and takes what converts to its value.\n\n\
         Features: `schemars` derives JSON Schemas (see `schemas`); `examples` brings the document's examples, for tests.",
        docs::wrapped(&docs::package_docs(contract)).join("\n"),
    );
    let error_code = ident(&error_code::rust_name(contract));
    let enums: Vec<_> = other_enums(contract);
    let objects: Vec<_> = objects_names(contract);
    let names = [&objects[..], &enums[..], std::slice::from_ref(&error_code)].concat();
    // What the document has a type for is exported by the contract crate alone.
    let ours = [
        "CommaList",
        "Date",
        "DateTime",
        "Envelope",
        "FailedEntry",
        "Nullable",
        "Origin",
    ]
    .map(ident);
    let ours: Vec<_> = ours.iter().filter(|name| !names.contains(name)).collect();
    let export_ours = (!ours.is_empty()).then(|| quote!(pub use fonedynamics_contract::{#(#ours),*};));
    let export_enums = (!enums.is_empty()).then(|| quote!(pub use enums::{#(#enums),*};));
    rust_file(
        &about,
        &quote! {
            mod enums;
            mod envelope;
            mod error_code;
            #[cfg(feature = "examples")]
            pub mod examples;
            mod members;
            mod objects;
            #[cfg(feature = "schemars")]
            pub mod schemas;
            mod setters;
            mod unrecognized;

            pub use error_code::#error_code;
            #export_enums
            #export_ours
            pub use objects::{#(#objects),*};
        },
    )
}

/// The open enums but for the error code, which has a file of its own.
fn other_enums(contract: &Contract) -> Vec<proc_macro2::Ident> {
    let enums = contract
        .enums()
        .filter(|(schema, _)| schema.name != contract.envelope.code_schema);
    let mut names: Vec<_> = enums.map(|(schema, _)| ident(&schema.rust)).collect();
    names.sort();
    names
}

fn objects_names(contract: &Contract) -> Vec<proc_macro2::Ident> {
    let schemas = contract
        .schemas
        .iter()
        .filter(|schema| !matches!(schema.shape, Shape::Enum(_)));
    let queries = contract
        .operations
        .iter()
        .filter_map(crate::contract::Operation::query_struct);
    let mut names: Vec<_> = schemas
        .map(|schema| schema.rust.clone())
        .chain(queries)
        .map(|name| ident(&name))
        .collect();
    names.sort();
    names
}
