//! The checks of request bodies: one function for each schema that a body can hold.
//!
//! They run over parsed JSON, so that one request can show everything that is wrong with it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{error_code, ident, rust_file, wrapper};
use crate::contract::{Contract, Member, Schema, Shape, Type};
use crate::names;

pub(super) fn emit(contract: &Contract) -> String {
    let mut reached = BTreeSet::new();
    for body in contract
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref())
    {
        reach(contract, &body.schema, &mut reached);
    }
    let schemas = contract
        .schemas
        .iter()
        .filter(|schema| reached.contains(&schema.name));
    let functions: Vec<_> = schemas
        .filter_map(|schema| check_function(contract, schema))
        .collect();
    let wrapper = wrapper(contract);
    let imports = (!functions.is_empty()).then(|| {
        quote! {
            use fonedynamics_server_runtime::codegen::{Path, Value, check};

            use crate::types;

            type Violations = fonedynamics_server_runtime::codegen::Violations<types::#wrapper>;
        }
    });
    rust_file(
        "The checks of request bodies, in the order of the document.",
        &quote!(#imports #(#functions)*),
    )
}

/// The function that checks a schema.
pub(super) fn function(contract: &Contract, schema: &str) -> Ident {
    let rust = contract
        .schema(schema)
        .map_or(schema, |schema| schema.rust.as_str());
    format_ident!("check_{}", names::value_name(rust))
}

/// `Some(types::ErrorCode::X)` or `None`.
pub(super) fn invalid_code(contract: &Contract, code: Option<&str>) -> TokenStream {
    let Some(variant) = code.and_then(|code| contract.variant_of(code)) else {
        return quote!(None);
    };
    let (code_type, variant) = (ident(&error_code::rust_name(contract)), ident(variant));
    quote!(Some(types::#code_type::#variant))
}

fn reach(contract: &Contract, name: &str, reached: &mut BTreeSet<String>) {
    let Some(schema) = contract.schema(name) else {
        return;
    };
    if !reached.insert(name.to_owned()) {
        return;
    }
    match &schema.shape {
        Shape::Object(object) => {
            for member in &object.members {
                reach_type(contract, &member.ty, reached);
            }
        }
        Shape::List(item) => reach_type(contract, item, reached),
        Shape::Enum(_) => {}
    }
}

fn reach_type(contract: &Contract, ty: &Type, reached: &mut BTreeSet<String>) {
    match ty {
        Type::Named(name) => reach(contract, name, reached),
        Type::List(item) => reach_type(contract, item, reached),
        Type::Text | Type::Integer | Type::Number | Type::Boolean | Type::Any => {}
    }
}

/// Emits a check:
/// ```ignore
/// pub(crate) fn check_new_address(value: &Value, at: &Path<'_>, violations: &mut Violations) {
///     let Some(members) = check::object(value, at, None, violations) else { return };
///     check::required(members, at, "Line1", violations, |value, at, violations| {
///         check::string(value, at, None, violations);
///     });
/// }
/// ```
fn check_function(contract: &Contract, schema: &Schema) -> Option<TokenStream> {
    let name = function(contract, &schema.name);
    let invalid = invalid_code(contract, schema.invalid_code.as_deref());
    let body = match &schema.shape {
        Shape::Enum(_) => return None,
        Shape::List(item) => {
            let check = check_value(contract, item, None);
            quote!(check::array(value, at, #invalid, violations, |value, at, violations| { #check });)
        }
        Shape::Object(object) if object.members.is_empty() => quote! {
            check::object(value, at, #invalid, violations);
        },
        Shape::Object(object) => {
            let members = object.members.iter().map(|member| check_member(contract, member));
            quote! {
                let Some(members) = check::object(value, at, #invalid, violations) else { return };
                #(#members)*
            }
        }
    };
    Some(quote! {
        pub(crate) fn #name(value: &Value, at: &Path<'_>, violations: &mut Violations) { #body }
    })
}

fn check_member(contract: &Contract, member: &Member) -> TokenStream {
    let presence = ident(if member.required { "required" } else { "optional" });
    let name = &member.name;
    match &member.ty {
        Type::Any => quote!(check::#presence(members, at, #name, violations, check::any);),
        Type::Named(schema) if !is_enum(contract, schema) => {
            let function = function(contract, schema);
            quote!(check::#presence(members, at, #name, violations, #function);)
        }
        ty => {
            let check = check_value(contract, ty, member.invalid_code.as_deref());
            quote! {
                check::#presence(members, at, #name, violations, |value, at, violations| { #check });
            }
        }
    }
}

fn is_enum(contract: &Contract, schema: &str) -> bool {
    contract
        .schema(schema)
        .is_some_and(|schema| matches!(schema.shape, Shape::Enum(_)))
}

fn check_value(contract: &Contract, ty: &Type, invalid: Option<&str>) -> TokenStream {
    let own = |schema: &str| {
        contract
            .schema(schema)
            .and_then(|schema| schema.invalid_code.as_deref())
    };
    let code = invalid_code(contract, invalid);
    match ty {
        Type::Text => quote!(check::string(value, at, #code, violations);),
        Type::Integer => quote!(check::integer(value, at, #code, violations);),
        Type::Number => quote!(check::number(value, at, #code, violations);),
        Type::Boolean => quote!(check::boolean(value, at, #code, violations);),
        Type::Any => quote!(check::any(value, at, violations);),
        Type::Named(schema) if is_enum(contract, schema) => {
            let code = invalid_code(contract, invalid.or(own(schema)));
            let rust = ident(
                contract
                    .schema(schema)
                    .map_or(schema, |schema| schema.rust.as_str()),
            );
            quote! {
                check::known(value, at, #code, |text| types::#rust::from(text).is_known(), violations);
            }
        }
        Type::Named(schema) => {
            let function = function(contract, schema);
            quote!(#function(value, at, violations);)
        }
        Type::List(item) => {
            let item = check_value(contract, item, invalid);
            quote!(check::array(value, at, #code, violations, |value, at, violations| { #item });)
        }
    }
}
