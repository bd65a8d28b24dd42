//! What the server's runtime knows of each operation: one constant and one type for each.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::contract::{Contract, Operation, Shape, Type};
use crate::docs;
use crate::emit::rust::{ident, items_file, parsed};
use crate::names;

pub(super) fn emit(contract: &Contract) -> String {
    let variants = contract.error_codes.iter();
    let variants = variants.map(|known| (known.code.as_str(), known.variant.as_str()));
    let variants = variants.collect();
    let operations = contract.operations.iter();
    let operations = operations.flat_map(|operation| parsed(emit_operation(contract, &variants, operation)));
    let names = contract
        .operations
        .iter()
        .map(|operation| ident(&names::constant_name(operation.source())));
    let all = parsed(quote! {
        use fonedynamics_server_runtime::codegen;

        use crate::codes;

        /// Every operation, in the order of the document.
        pub const ALL: &[&codegen::Operation] = &[#(&#names),*];
    });
    items_file(
        "The operations as data: methods, paths, the error codes that each can fail with, and the fields that its\n\
         failures can name. And as types, which name the operation that a failure belongs to.",
        all.into_iter().chain(operations),
    )
}

/// Emits an operation:
/// ```ignore
/// /// Read one call.
/// pub static GET_CALL: codegen::Operation = codegen::Operation { id: "getCall", …, codes: GetCall::CODES, … };
///
/// /// The operation `getCall` as a type.
/// #[derive(Debug)]
/// pub enum GetCall {}
///
/// codegen::endpoint!(GetCall, GET_CALL, [Forbidden, CallNotFound]);
/// ```
fn emit_operation(
    contract: &Contract,
    variants: &BTreeMap<&str, &str>,
    operation: &Operation,
) -> TokenStream {
    let docs = docs::attribute(&operation.summary);
    let constant = names::constant_name(operation.source());
    let type_docs = docs::attribute(&format!("The operation `{}` as a type.", operation.id));
    let name = ident(&constant);
    let endpoint = ident(&names::type_name(operation.source()));
    let Operation {
        id,
        method,
        path,
        secured,
        ..
    } = operation;
    let method = ident(method);
    let success = proc_macro2::Literal::u16_unsuffixed(operation.success.status);
    let codes = operation
        .codes
        .iter()
        .filter_map(|code| variants.get(code.as_str()).copied())
        .map(ident);
    let fields = fields(contract, operation);
    quote! {
        #docs
        pub static #name: codegen::Operation = codegen::Operation {
            id: #id,
            method: codegen::Method::#method,
            path: #path,
            success: #success,
            secured: #secured,
            codes: #endpoint::CODES,
            fields: &[#(#fields),*],
        };

        #type_docs
        #[derive(Debug)]
        pub enum #endpoint {}

        codegen::endpoint!(#endpoint, #name, [#(#codes),*]);
    }
}

/// The wire names that a failure of the operation can have: of its parameters, and of every member of its body. None
/// where callers choose names too.
fn fields<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<&'c str> {
    let mut fields: Vec<&str> = Vec::new();
    let mut add = |name: &'c str| {
        if !fields.contains(&name) {
            fields.push(name);
        }
    };
    for parameter in &operation.parameters {
        add(&parameter.name);
    }
    let mut schemas: Vec<&str> = operation.body.iter().map(|body| body.schema.as_str()).collect();
    let mut next = 0;
    while let Some(schema) = schemas.get(next).and_then(|name| contract.schema(name)) {
        next += 1;
        let types: Vec<&Type> = match &schema.shape {
            Shape::Object(object) if object.open => return Vec::new(),
            Shape::Object(object) => object
                .members
                .iter()
                .map(|member| {
                    add(&member.name);
                    &member.ty
                })
                .collect(),
            Shape::Array(list) | Shape::Map(list) => vec![&list.ty],
            Shape::Enum(_) => Vec::new(),
        };
        for mut ty in types {
            while let Type::Array(item) = ty {
                ty = item;
            }
            match ty {
                Type::Map(_) | Type::Any => return Vec::new(),
                Type::Named(name) if !schemas.contains(&name.as_str()) => schemas.push(name),
                _ => {}
            }
        }
    }
    fields
}
