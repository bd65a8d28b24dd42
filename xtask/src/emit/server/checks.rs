//! The checks of request bodies and of parameters: one function for each schema that a request can hold, one
//! for each string or number with a name of its own, and one for each parameter that operations share.
//!
//! They run over parsed JSON and over the texts of parameters, so that one request can show everything that is
//! wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::constraints::{Check, Checks, Coded, Source, coded, component, function, is_strings};
use crate::contract::{Choice, ChoiceKind, Constraints, Contract, Object, Parameter, Schema, Shape, Type};
use crate::emit::rust::{ident, items_file, parsed, roots};
use crate::emit::types::envelope::wrapper;

pub(super) fn emit(contract: &Contract) -> String {
    let checks = Checks {
        contract,
        module: None,
    };
    let reached = Reached::in_requests(contract);
    let scalars = reached.scalars.iter().map(|scalar| {
        let check = checks.check(Source::Body, &scalar.ty, &scalar.constraints);
        check_function(&function(contract, &scalar.component), &check)
    });
    let schemas = reached
        .schemas(contract)
        .map(|schema| check_function(&function(contract, &schema.name), &check_schema(checks, schema)));
    let parameters = shared_parameters(contract).into_iter().map(|(name, parameter)| {
        let check = checks.check(Source::Parameter, &parameter.ty, &parameter.constraints);
        check_function(&name, &check)
    });
    let functions = scalars.chain(schemas).chain(parameters);
    let functions: Vec<_> = functions.flat_map(parsed).collect();
    let wrapper = wrapper(contract);
    let mut items = Vec::new();
    if !functions.is_empty() {
        let roots = roots(&functions);
        let imported = ["Bound", "Pattern", "check"].into_iter();
        let imported = imported.filter(|name| roots.contains(*name)).map(ident);
        items = parsed(quote! {
            use fonedynamics_server_runtime::codegen::{self, #(#imported),*};

            use crate::types;

            type Checked<'a> = codegen::Checked<'a, types::#wrapper>;
        });
        items.extend(functions);
    }
    items_file(
        "The checks of values, of request bodies and of parameters, in the order of the document.",
        items,
    )
}

/// The parameters whose check needs a function, each with its name: those that several operations share, and
/// that neither their type nor a component with a function says all about.
pub(super) fn shared_parameters(contract: &Contract) -> Vec<(Ident, &Parameter)> {
    let all = || {
        contract
            .operations
            .iter()
            .flat_map(|operation| &operation.parameters)
    };
    let Reached { schemas, scalars } = Reached::in_requests(contract);
    let scalars = scalars.iter().map(|scalar| &scalar.component);
    let components = schemas.iter().chain(scalars);
    let mut taken: BTreeSet<Ident> = components.map(|name| function(contract, name)).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in all().filter_map(|parameter| parameter.component.as_deref()) {
        *uses.entry(name).or_default() += 1;
    }
    let mut shared = Vec::new();
    for parameter in all() {
        let Some(name) = &parameter.component else {
            continue;
        };
        let is_shared = uses.get(name.as_str()).is_some_and(|uses| *uses > 1);
        if is_shared && has_closure(contract, parameter) && taken.insert(function(contract, name)) {
            shared.push((function(contract, name), parameter));
        }
    }
    shared
}

/// Whether the check of a parameter would be written out where it is used.
fn has_closure(contract: &Contract, parameter: &Parameter) -> bool {
    let (ty, constraints) = (&parameter.ty, &parameter.constraints);
    match ty {
        Type::Named(_) => coded(contract, ty, constraints).is_some(),
        Type::Array(item) => !is_strings(item, constraints),
        _ => component(ty, constraints).is_none() && !constraints.is_nothing(),
    }
}

/// A string or a number with a name and constraints.
struct Scalar {
    component: String,
    ty: Type,
    constraints: Constraints,
}

/// What requests can hold.
#[derive(Default)]
struct Reached {
    schemas: BTreeSet<String>,
    /// Each once, in the order of first use.
    scalars: Vec<Scalar>,
}

impl Reached {
    fn in_requests(contract: &Contract) -> Self {
        let mut reached = Self::default();
        for operation in &contract.operations {
            if let Some(body) = &operation.body {
                reached.reach(contract, &body.schema);
            }
            for parameter in &operation.parameters {
                reached.reach_type(contract, &parameter.ty, &parameter.constraints);
            }
        }
        reached
    }

    /// The schemas, in the order of the document.
    fn schemas<'c>(&self, contract: &'c Contract) -> impl Iterator<Item = &'c Schema> {
        contract
            .schemas
            .iter()
            .filter(|schema| self.schemas.contains(&schema.name))
    }

    fn reach(&mut self, contract: &Contract, name: &str) {
        let Some(schema) = contract.schema(name) else {
            return;
        };
        if !self.schemas.insert(name.to_owned()) {
            return;
        }
        match &schema.shape {
            Shape::Object(object) => {
                for member in &object.members {
                    self.reach_type(contract, &member.ty, &member.constraints);
                }
            }
            Shape::Array(list) | Shape::Map(list) => {
                self.reach_type(contract, &list.ty, &list.constraints);
            }
            Shape::Enum(_) => {}
        }
    }

    fn reach_type(&mut self, contract: &Contract, ty: &Type, constraints: &Constraints) {
        match (ty, coded(contract, ty, constraints)) {
            (_, Some(Coded::Known(_))) => {}
            (_, Some(Coded::List(list, constraints))) => self.reach_type(contract, &list, &constraints),
            (Type::Named(name), _) => self.reach(contract, name),
            (Type::Array(item) | Type::Map(item), _) => {
                let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
                self.reach_type(contract, item, &of_item);
            }
            (Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any, _) => {
                let known = |name: &str| self.scalars.iter().any(|scalar| scalar.component == name);
                if let Some(component) = component(ty, constraints).filter(|name| !known(name)) {
                    self.scalars.push(Scalar {
                        component: component.to_owned(),
                        ty: ty.clone(),
                        constraints: constraints.clone(),
                    });
                }
            }
        }
    }
}

/// Emits a check:
/// ```ignore
/// pub(crate) fn isbn(value: Checked<'_>) -> Checked<'_> {
///     value.string().length(10..=13)
/// }
/// ```
fn check_function(name: &Ident, check: &Check) -> TokenStream {
    let Check { patterns, chain } = check;
    quote! {
        pub(crate) fn #name(value: Checked<'_>) -> Checked<'_> { #patterns #chain }
    }
}

fn check_schema(checks: Checks<'_>, schema: &Schema) -> Check {
    let value = checks.value(schema.invalid_code.as_deref());
    let chain = match &schema.shape {
        Shape::Array(list) | Shape::Map(list) => {
            return checks.check(Source::Body, &list.ty, &list.constraints);
        }
        Shape::Object(object) => check_object(checks, &value, object),
        Shape::Enum(_) => {
            let rust = ident(&schema.rust);
            quote!(#value.among(types::#rust::ALL))
        }
    };
    Check {
        chain,
        ..Check::default()
    }
}

/// Emits what a function does for an object:
/// ```ignore
/// value
///     .object()
///     .any_of(&[&["Author"], &["Editor"]])
///     .required("Title", check::string)
///     .optional("Isbn", isbn)
/// ```
fn check_object(checks: Checks<'_>, value: &TokenStream, object: &Object) -> TokenStream {
    let choices = object.choices.iter().map(choice);
    let members = object.members.iter().map(|member| {
        let presence = ident(match (member.required, member.nullable) {
            (true, false) => "required",
            (true, true) => "required_nullable",
            (false, false) => "optional",
            (false, true) => "optional_nullable",
        });
        let name = &member.name;
        let check = checks.checker(Source::Body, &member.ty, &member.constraints);
        quote!(.#presence(#name, #check))
    });
    quote!(#value.object() #(#choices)* #(#members)*)
}

/// Emits `.any_of(&[&["To"], &["Numbers"]])`
fn choice(choice: &Choice) -> TokenStream {
    let method = ident(match choice.kind {
        ChoiceKind::AnyOf => "any_of",
        ChoiceKind::OneOf => "one_of",
    });
    let alternatives = choice.alternatives.iter().map(|names| quote!(&[#(#names),*]));
    quote!(.#method(&[#(#alternatives),*]))
}
