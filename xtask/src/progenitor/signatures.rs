//! The signatures of progenitor's methods: the arguments and types that the server's trait shares.
//!
//! Reads only. The join with the contract is by method name and argument name, and complete.

use std::collections::BTreeMap;

use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Item, Pat, ReturnType, Type};

use crate::contract::{Contract, Location, Operation};
use crate::names::QUERY;

/// The arguments and the result of a method.
pub struct Signature {
    /// The arguments after `&self`, owned, in order.
    pub arguments: Vec<Argument>,
    /// The type of a successful response.
    pub success: Type,
}

/// An argument of a method.
pub struct Argument {
    /// The name.
    pub ident: syn::Ident,
    /// The type, as a caller passes it.
    pub passed: Type,
    /// The owned type, as a handler receives it.
    pub ty: Type,
}

/// Reads the signature of every operation.
pub(super) fn read(contract: &Contract, items: &[Item]) -> Result<BTreeMap<String, Signature>, String> {
    let mut found = BTreeMap::new();
    for function in methods(items) {
        found.insert(function.sig.ident.to_string(), signature(&function.sig)?);
    }
    if found.len() != contract.operations.len() {
        let counts = (contract.operations.len(), found.len());
        return Err(format!("{} operations became {} methods", counts.0, counts.1));
    }
    for operation in &contract.operations {
        let signature = found
            .get(&operation.rust)
            .ok_or_else(|| format!("`{}` has no method `{}`", operation.id, operation.rust))?;
        check(operation, signature)?;
    }
    Ok(found)
}

/// The methods of operations: the async ones of the client.
fn methods(items: &[Item]) -> impl Iterator<Item = &syn::ImplItemFn> {
    let blocks = items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    blocks
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            syn::ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(function),
            _ => None,
        })
}

fn signature(signature: &syn::Signature) -> Result<Signature, String> {
    let name = &signature.ident;
    let mut arguments = Vec::new();
    for input in &signature.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(pattern) = input.pat.as_ref() else {
            return Err(format!("an argument of `{name}` has no name"));
        };
        let mut ty = (*input.ty).clone();
        Own.visit_type_mut(&mut ty);
        arguments.push(Argument {
            ident: pattern.ident.clone(),
            passed: (*input.ty).clone(),
            ty,
        });
    }
    let ReturnType::Type(_, output) = &signature.output else {
        return Err(format!("`{name}` returns nothing"));
    };
    let success = first_argument(output, "Result").and_then(|ty| first_argument(&ty, "ResponseValue"));
    let mut success = success.ok_or_else(|| format!("`{name}` does not return a response value"))?;
    Own.visit_type_mut(&mut success);
    Ok(Signature { arguments, success })
}

fn first_argument(ty: &Type, name: &str) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path
        .path
        .segments
        .last()
        .filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}

fn check(operation: &Operation, signature: &Signature) -> Result<(), String> {
    let mut expected: Vec<&str> = Vec::new();
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location != Location::Query)
    {
        expected.push(&parameter.rust);
    }
    expected.extend(operation.query_struct().map(|_| QUERY));
    expected.extend(operation.body.as_ref().map(|_| "body"));
    let mut actual: Vec<String> = signature
        .arguments
        .iter()
        .map(|argument| argument.ident.to_string())
        .collect();
    expected.sort_unstable();
    actual.sort_unstable();
    if expected == actual {
        Ok(())
    } else {
        Err(format!(
            "`{}` takes {expected:?}, and its method takes {actual:?}",
            operation.id
        ))
    }
}

/// `&'a str` becomes `String`, `&'a T` becomes `T`.
struct Own;

impl VisitMut for Own {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Reference(reference) = ty {
            let inner = (*reference.elem).clone();
            *ty = match &inner {
                Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
                _ => inner,
            };
        }
        visit_mut::visit_type_mut(self, ty);
    }
}
