//! The checks of request bodies: one function for each schema that a body can hold, and one for each text
//! or number with a name of its own.
//!
//! They run over parsed JSON, so that one request can show everything that is wrong with it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::constraints;
use crate::contract::{Choice, ChoiceKind, Constraints, Contract, Member, Schema, Shape, Type};
use crate::emit::rust::{ident, rust_file, uses};
use crate::emit::types::envelope::wrapper;

pub(super) fn emit(contract: &Contract) -> String {
    let mut reached = BTreeSet::new();
    for body in contract
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref())
    {
        reach(contract, &body.schema, &mut reached);
    }
    let schemas: Vec<_> = contract
        .schemas
        .iter()
        .filter(|schema| reached.contains(&schema.name))
        .collect();
    let scalars = constraints::scalars(&schemas);
    let scalars = scalars.iter().map(|scalar| {
        let check = check_value(contract, &scalar.ty, &scalar.constraints);
        check_function(&scalar.component, &check)
    });
    let functions = schemas.iter().map(|schema| {
        let check = check_schema(contract, schema);
        check_function(&schema.name, &check)
    });
    let functions: TokenStream = scalars.chain(functions).collect();
    let wrapper = wrapper(contract);
    let imports = (!functions.is_empty()).then(|| {
        let bound = uses(&functions, "Bound").then(|| quote!(Bound,));
        let pattern = uses(&functions, "Pattern").then(|| quote!(Pattern,));
        let value = uses(&functions, "Value").then(|| quote!(Value,));
        quote! {
            use fonedynamics_server_runtime::codegen::{#bound Path, #pattern #value check};

            use crate::types;

            type Violations = fonedynamics_server_runtime::codegen::Violations<types::#wrapper>;
        }
    });
    rust_file(
        "The checks of values and of request bodies, in the order of the document.",
        &quote!(#imports #functions),
    )
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
                reach_type(contract, &member.ty, &member.constraints, reached);
            }
        }
        Shape::Array(list) => {
            reach_type(contract, &list.ty(), &list.constraints, reached);
        }
        Shape::Enum(_) => {}
    }
}

fn reach_type(contract: &Contract, ty: &Type, constraints: &Constraints, reached: &mut BTreeSet<String>) {
    match (ty, coded(contract, ty, constraints)) {
        (_, Some(Coded::Known(_))) => {}
        (_, Some(Coded::List(list, constraints))) => reach_type(contract, &list, &constraints, reached),
        (Type::Named(name), _) => reach(contract, name, reached),
        (Type::Array(item), _) => {
            let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
            reach_type(contract, item, &of_item, reached);
        }
        (Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any, _) => {}
    }
}

/// An entry with a name of its own in a list whose code replaces that of its entries, so that the function
/// of the name would raise the wrong one.
enum Coded<'c> {
    /// A value of an enum.
    Known(&'c Schema),
    /// A list, with what is to be checked of it.
    List(Type, Constraints),
    /// An object: what is in it raises codes of its own. So does a list that holds itself.
    Object(&'c Schema),
}

fn coded<'c>(contract: &'c Contract, ty: &Type, constraints: &Constraints) -> Option<Coded<'c>> {
    let Type::Named(name) = ty else {
        return None;
    };
    let schema = contract.schema(name)?;
    if schema.invalid_code == constraints.invalid_code {
        return None;
    }
    Some(match &schema.shape {
        Shape::Enum(_) => Coded::Known(schema),
        Shape::Array(list) if !holds_itself(contract, schema) => Coded::List(
            list.ty(),
            list.constraints.clone().or(constraints.invalid_code.as_ref()),
        ),
        Shape::Array(_) | Shape::Object(_) => Coded::Object(schema),
    })
}

/// Whether there is a way from a list back to it that leads through lists only.
fn holds_itself(contract: &Contract, schema: &Schema) -> bool {
    let mut passed = BTreeSet::new();
    let mut next = Some(schema);
    while let Some(Shape::Array(list)) = next.map(|schema| &schema.shape) {
        let mut item = &list.item;
        while let Type::Array(inner) = item {
            item = inner;
        }
        let Type::Named(name) = item else {
            return false;
        };
        if !passed.insert(name) {
            return true;
        }
        next = contract.schema(name);
    }
    false
}

/// Emits a check:
/// ```ignore
/// pub(crate) fn check_isbn(value: &Value, at: &Path<'_>, violations: &mut Violations) {
///     let Some(text) = check::text(value, at, None, violations) else { return };
///     check::length(text, 10..=13, at, None, violations);
/// }
/// ```
fn check_function(component: &str, check: &TokenStream) -> TokenStream {
    let name = constraints::function(component);
    quote! {
        pub(crate) fn #name(value: &Value, at: &Path<'_>, violations: &mut Violations) { #check }
    }
}

/// Emits what a function does for its schema:
/// ```ignore
/// let Some(members) = check::object(value, at, None, violations) else { return };
/// check::any_of(members, at, &[&["Author"], &["Editor"]], violations);
/// check::required(members, at, "Title", violations, check::is_text);
/// check::optional(members, at, "Isbn", violations, check_isbn);
/// ```
fn check_schema(contract: &Contract, schema: &Schema) -> TokenStream {
    let invalid = constraints::invalid_code(contract, schema.invalid_code.as_deref());
    match &schema.shape {
        Shape::Enum(_) => check_known(contract, schema, &invalid),
        Shape::Array(list) => check_value(contract, &list.ty(), &list.constraints),
        Shape::Object(object) => {
            let choices = object.choices.iter().map(check_choice);
            let members = object.members.iter().map(|member| check_member(contract, member));
            let checks: TokenStream = choices.chain(members).collect();
            if checks.is_empty() {
                quote!(check::object(value, at, #invalid, violations);)
            } else {
                quote! {
                    let Some(members) = check::object(value, at, #invalid, violations) else { return };
                    #checks
                }
            }
        }
    }
}

/// Emits the check of an enum's value:
/// ```ignore
/// let Some(text) = check::text(value, at, None, violations) else { return };
/// let value = types::Genre::from(text);
/// check::known(&value, types::Genre::is_known, at, None, violations);
/// ```
fn check_known(contract: &Contract, schema: &Schema, code: &TokenStream) -> TokenStream {
    let known = constraints::known(contract, &schema.name, &quote!(&value), code);
    let rust = constraints::rust_type(contract, &schema.name);
    quote! {
        let Some(text) = check::text(value, at, #code, violations) else { return };
        let value = types::#rust::from(text);
        #known
    }
}

/// Emits `check::any_of(members, at, &[&["To"], &["Numbers"]], violations);`
fn check_choice(choice: &Choice) -> TokenStream {
    let function = ident(match choice.kind {
        ChoiceKind::AnyOf => "any_of",
        ChoiceKind::OneOf => "one_of",
    });
    let alternatives = choice.alternatives.iter().map(|names| quote!(&[#(#names),*]));
    quote!(check::#function(members, at, &[#(#alternatives),*], violations);)
}

fn check_member(contract: &Contract, member: &Member) -> TokenStream {
    let presence = ident(if member.required { "required" } else { "optional" });
    let name = &member.name;
    let check = checker(contract, &member.ty, &member.constraints);
    quote!(check::#presence(members, at, #name, violations, #check);)
}

/// A function that checks a value: one of its own, one of the runtime, or a closure.
fn checker(contract: &Contract, ty: &Type, constraints: &Constraints) -> TokenStream {
    if let Some(coded) = coded(contract, ty, constraints) {
        let check = check_coded(contract, &coded, constraints);
        return quote!(|value, at, violations| { #check });
    }
    let of = match ty {
        Type::Any => return quote!(check::any),
        Type::Named(schema) => Some(schema.as_str()),
        _ => constraints::component(ty, constraints),
    };
    if let Some(component) = of {
        let function = constraints::function(component);
        return quote!(#function);
    }
    let only_type = match ty {
        Type::String => "is_text",
        Type::Integer => "is_integer",
        Type::Number => "is_number",
        Type::Boolean => "is_boolean",
        Type::Array(_) | Type::Any | Type::Named(_) => "",
    };
    if *constraints == Constraints::default() && !only_type.is_empty() {
        let function = ident(only_type);
        return quote!(check::#function);
    }
    let check = check_value(contract, ty, constraints);
    quote!(|value, at, violations| { #check })
}

fn check_coded(contract: &Contract, coded: &Coded<'_>, constraints: &Constraints) -> TokenStream {
    let code = constraints::invalid_code(contract, constraints.invalid_code.as_deref());
    match coded {
        Coded::Known(schema) => check_known(contract, schema, &code),
        Coded::List(list, constraints) => check_value(contract, list, constraints),
        Coded::Object(schema) => {
            let reader = ident(match &schema.shape {
                Shape::Array(_) => "list",
                Shape::Object(_) | Shape::Enum(_) => "object",
            });
            let function = constraints::function(&schema.name);
            quote! {
                if check::#reader(value, at, #code, violations).is_some() {
                    #function(value, at, violations);
                }
            }
        }
    }
}

/// The check of a JSON value: of its type, and of its constraints if it has any.
fn check_value(contract: &Contract, ty: &Type, constraints: &Constraints) -> TokenStream {
    let code = constraints::invalid_code(contract, constraints.invalid_code.as_deref());
    let (reader, variable) = match ty {
        Type::String => ("text", "text"),
        Type::Integer => ("integer", "number"),
        Type::Number => ("number", "number"),
        Type::Boolean => ("boolean", "value"),
        Type::Array(_) => ("list", "items"),
        Type::Any | Type::Named(_) => {
            let check = checker(contract, ty, constraints);
            return quote!(#check(value, at, violations););
        }
    };
    let mut statements = constraints::statements(contract, ty, constraints);
    if constraints.unique {
        statements.extend(quote!(check::unique_items(items, at, #code, violations);));
    }
    if let Type::Array(item) = ty
        && **item != Type::Any
    {
        let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
        let check = checker(contract, item, &of_item);
        statements.extend(quote!(check::each(items, at, violations, #check);));
    }
    let reader = ident(reader);
    if statements.is_empty() {
        quote!(check::#reader(value, at, #code, violations);)
    } else {
        let variable = ident(variable);
        quote! {
            let Some(#variable) = check::#reader(value, at, #code, violations) else { return };
            #statements
        }
    }
}
