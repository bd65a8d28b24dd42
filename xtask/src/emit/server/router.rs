//! The router: for each operation a function that reads a request, checks it, and calls the trait.
//!
//! Emits names and calls only; whatever is the same for every operation is in the server's runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::constraints;
use crate::contract::{Constraints, Contract, Location, Operation, Parameter, Type};
use crate::emit::rust::{ident, rust_file, uses};
use crate::emit::types::envelope::wrapper;
use crate::names::{self, QUERY};
use crate::progenitor::{Field, Lifted, Signature};

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let handlers: Vec<_> = contract
        .operations
        .iter()
        .filter_map(|operation| {
            let signature = lifted.signatures.get(&operation.rust)?;
            Some(
                Handler {
                    contract,
                    lifted,
                    operation,
                    signature,
                }
                .emit(),
            )
        })
        .collect();
    let routes = contract.operations.iter().map(|operation| {
        let handler = ident(&operation.rust);
        quote!(.route(#handler::<A>))
    });
    let title = &contract.info.title;
    let wrapper = wrapper(contract);
    let body = quote! {
        /// A server of the operations, ready to be served. Mount it beside routes of your own with
        /// `Router::merge` or `Router::nest`.
        pub fn router<A: Api>(api: A) -> Router {
            routes(api).into_router()
        }

        /// The routes before they become a router, to set the realm, the limit of bodies, or how long a body
        /// or a handler may take.
        pub fn routes<A: Api>(api: A) -> Routes<A, types::#wrapper> {
            Routes::new(api).realm(#title) #(#routes)*
        }

        #(#handlers)*
    };
    let bound = uses(&body, "Bound").then(|| quote!(Bound,));
    let check = uses(&body, "check").then(|| quote!(check,));
    let checks = uses(&body, "checks").then(|| quote!(checks,));
    let pattern = uses(&body, "Pattern").then(|| quote!(Pattern,));
    let violations = uses(&body, "Violations").then(|| quote!(Violations,));
    rust_file(
        "From requests to the trait's methods and back.",
        &quote! {
            use fonedynamics_server_runtime::codegen::{
                self, Arc, #bound Incoming, #pattern Response, Router, Routes, #violations #check
            };

            use crate::{Answer, Api, #checks operations, types};

            #body
        },
    )
}

/// The variable that holds a parameter in a handler, which has variables of its own.
fn local(name: &str) -> proc_macro2::Ident {
    match name {
        "answer" | "api" | "at" | "body" | "context" | "incoming" | "input" | "items" | "number"
        | "query" | "text" | "value" | "violations" => ident(&format!("{name}_")),
        _ => ident(name),
    }
}

struct Handler<'c> {
    contract: &'c Contract,
    lifted: &'c Lifted,
    operation: &'c Operation,
    signature: &'c Signature,
}

impl Handler<'_> {
    /// Emits a handler:
    /// ```ignore
    /// async fn get_call<A: Api>(api: Arc<A>, incoming: Incoming) -> Answer<Response, operations::GetCall> {
    ///     let (context, input) = incoming.admit(|credentials, operation| api.authenticate(credentials, operation)).await?;
    ///     let mut violations = Violations::new();
    ///     let call_sid = input.path("CallSid", None, &mut violations, codegen::unconstrained);
    ///     violations.finish()?;
    ///     let answer = A::get_call(&api, context, call_sid?).await?;
    ///     codegen::json(&answer)
    /// }
    /// ```
    fn emit(&self) -> TokenStream {
        let operation = self.operation;
        let name = ident(&operation.rust);
        let endpoint = ident(&names::type_name(&operation.id));
        let body = operation.body.as_ref();
        let input = match (body, operation.parameters.is_empty()) {
            (Some(_), _) => quote!(mut input),
            (None, false) => quote!(input),
            (None, true) => quote!(_),
        };
        let admit = if operation.secured {
            quote! {
                let (context, #input) =
                    incoming.admit(|credentials, operation| api.authenticate(credentials, operation)).await?;
            }
        } else {
            quote!(let (context, #input) = incoming.open();)
        };
        let read_body = body.map(|body| {
            let media_type = &body.media_type;
            quote!(let body = input.json_body(#media_type).await?;)
        });
        let parameters = operation
            .parameters
            .iter()
            .map(|parameter| self.read_parameter(parameter));
        let decode = body.map(|body| {
            let check = constraints::function(&body.schema);
            quote!(let body = codegen::decode(&body, &mut violations, checks::#check);)
        });
        let checked = !operation.parameters.is_empty() || body.is_some();
        let begin = checked.then(|| quote!(let mut violations = Violations::new();));
        let finish = checked.then(|| quote!(violations.finish()?;));
        let query = operation.query_struct().map(|query| self.assemble_query(&query));
        let arguments = self.signature.arguments.iter().map(|argument| {
            if argument.ident == QUERY {
                return quote!(query);
            }
            let variable = if argument.ident == "body" {
                ident("body")
            } else {
                local(&argument.ident.to_string())
            };
            quote!(#variable?)
        });
        let answer = if operation.success.schema.is_some() {
            quote! {
                let answer = A::#name(&api, context, #(#arguments),*).await?;
                codegen::json(&answer)
            }
        } else {
            quote! {
                A::#name(&api, context, #(#arguments),*).await?;
                codegen::no_content()
            }
        };
        quote! {
            async fn #name<A: Api>(api: Arc<A>, incoming: Incoming) -> Answer<Response, operations::#endpoint> {
                #admit
                #read_body
                #begin
                #(#parameters)*
                #decode
                #finish
                #query
                #answer
            }
        }
    }

    fn fields(&self) -> &[Field] {
        let name = self.operation.query_struct().unwrap_or_default();
        self.lifted.fields.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Emits `let city = input.query("City", None, &mut violations, codegen::unconstrained);`
    fn read_parameter(&self, parameter: &Parameter) -> TokenStream {
        let variable = local(&parameter.rust);
        let name = &parameter.name;
        let code = parameter.constraints.invalid_code.as_deref();
        let invalid = constraints::invalid_code(self.contract, code);
        let check = self.check(parameter);
        let reader = match (parameter.location, parameter.required, &parameter.omit_prefix) {
            (Location::Path, _, Some(_)) => "path_with_prefix",
            (Location::Path, _, None) => "path",
            (Location::Query, true, _) => "required_query",
            (Location::Query, false, _) => "query",
            (Location::Header, true, _) => "required_header",
            (Location::Header, false, _) => "header",
        };
        let reader = ident(reader);
        let prefix = parameter.omit_prefix.as_ref().map(|prefix| quote!(#prefix,));
        quote!(let #variable = input.#reader(#name, #prefix #invalid, &mut violations, #check);)
    }

    /// What a value must be besides readable:
    /// ```ignore
    /// |&number: &i64, at, violations| {
    ///     check::within(number, 0..=200, at, None, violations);
    /// }
    /// ```
    fn check(&self, parameter: &Parameter) -> TokenStream {
        let (contract, constraints) = (self.contract, &parameter.constraints);
        let argument = match &parameter.ty {
            Type::Integer => quote!(&number: &i64),
            Type::Number => quote!(&number: &f64),
            Type::Named(name) => {
                let rust = constraints::rust_type(contract, name);
                quote!(value: &types::#rust)
            }
            Type::Array(item) => {
                let item = self.item_type(item);
                quote!(items: &types::CommaList<#item>)
            }
            Type::String | Type::Boolean | Type::Any => quote!(text: &String),
        };
        let statements = self.statements(&parameter.ty, constraints);
        if statements.is_empty() {
            quote!(codegen::unconstrained)
        } else {
            quote!(|#argument, at, violations| { #statements })
        }
    }

    fn statements(&self, ty: &Type, constraints: &Constraints) -> TokenStream {
        let contract = self.contract;
        let code = constraints::invalid_code(contract, constraints.invalid_code.as_deref());
        match ty {
            Type::Named(name) => constraints::known(contract, name, &quote!(value), &code),
            Type::Number if constraints.range.is_none() => {
                // A text can say numbers that JSON cannot.
                quote!(check::within_real(number, .., at, #code, violations);)
            }
            Type::Array(item) => {
                let mut statements = constraints::statements(contract, ty, constraints);
                if constraints.unique {
                    statements.extend(quote!(check::unique(items, at, #code, violations);));
                }
                let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
                let each = self.statements(item, &of_item);
                if !each.is_empty() {
                    let variable = match item.as_ref() {
                        Type::Integer | Type::Number => quote!(&number),
                        Type::Named(_) => quote!(value),
                        Type::String | Type::Boolean | Type::Any | Type::Array(_) => quote!(text),
                    };
                    statements.extend(quote!(for #variable in items { #each }));
                }
                statements
            }
            Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any => {
                constraints::statements(contract, ty, constraints)
            }
        }
    }

    fn item_type(&self, item: &Type) -> TokenStream {
        match item {
            Type::Integer => quote!(i64),
            Type::Number => quote!(f64),
            Type::Boolean => quote!(bool),
            Type::Named(name) => {
                let rust = constraints::rust_type(self.contract, name);
                quote!(types::#rust)
            }
            Type::String | Type::Any | Type::Array(_) => quote!(String),
        }
    }

    /// Emits `let query = types::ListAddressesQuery { city: city?, … };`
    fn assemble_query(&self, query: &str) -> TokenStream {
        let query_type = ident(query);
        let members = self.operation.query().map(|parameter| {
            let variable = local(&parameter.rust);
            let field = self.fields().iter().find(|field| field.name == parameter.name);
            let field = field.map_or_else(|| ident(&parameter.rust), |field| field.ident.clone());
            quote!(#field: #variable?)
        });
        quote!(let query = types::#query_type { #(#members),* };)
    }
}
