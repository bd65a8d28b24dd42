//! The router: for each operation a function that reads a request, checks it, and calls the trait.
//!
//! Emits names and calls only; whatever is the same for every operation is in the server's runtime.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::{checks, ident, rust_file, wrapper};
use crate::contract::{Contract, Location, Operation, Parameter, Type};
use crate::lift::{Field, Lifted, Signature};
use crate::names;
use crate::view::QUERY;

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
        let constant = ident(&names::constant_name(&operation.id));
        let handler = ident(&operation.rust);
        quote!(.route(&operations::#constant, #handler::<A>))
    });
    let title = &contract.info.title;
    let wrapper = wrapper(contract);
    let body = quote! {
        /// A server of the operations, ready to be served. Mount it beside routes of your own with
        /// `Router::merge` or `Router::nest`.
        pub fn router<A: Api>(api: A) -> Router {
            routes(api).into_router()
        }

        /// The routes before they become a router, to set the realm or the limit of bodies.
        pub fn routes<A: Api>(api: A) -> Routes<A, types::#wrapper> {
            Routes::new(api).realm(#title) #(#routes)*
        }

        #(#handlers)*
    };
    let checks = uses(&body, "checks").then(|| quote!(checks,));
    let violations = uses(&body, "Violations").then(|| quote!(Violations));
    rust_file(
        "From requests to the trait's methods and back.",
        &quote! {
            use fonedynamics_server_runtime::codegen::{self, Arc, Incoming, Response, Router, Routes, #violations};

            use crate::{Answer, Api, #checks operations, types};

            #body
        },
    )
}

fn uses(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => uses(&group.stream(), name),
        proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => false,
    })
}

/// The variable that holds a parameter in a handler, which has variables of its own.
fn local(name: &str) -> proc_macro2::Ident {
    match name {
        "answer" | "api" | "body" | "context" | "incoming" | "input" | "query" | "violations" => {
            ident(&format!("{name}_"))
        }
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
    /// async fn get_call<A: Api>(api: Arc<A>, incoming: Incoming) -> Answer<Response> {
    ///     let (context, input) = incoming.admit(|credentials, operation| api.authenticate(credentials, operation)).await?;
    ///     let mut violations = Violations::new();
    ///     let call_sid = input.path("CallSid", None, codegen::always, &mut violations);
    ///     violations.finish()?;
    ///     let answer = A::get_call(&api, context, call_sid?).await?;
    ///     codegen::json(&operations::GET_CALL, &answer)
    /// }
    /// ```
    fn emit(&self) -> TokenStream {
        let operation = self.operation;
        let name = ident(&operation.rust);
        let constant = ident(&names::constant_name(&operation.id));
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
            let check = checks::function(self.contract, &body.schema);
            let argument = self
                .signature
                .arguments
                .iter()
                .find(|argument| argument.ident == "body");
            let ty = argument.map(|argument| argument.ty.to_token_stream());
            quote!(let body = codegen::decode::<#ty, _>(&body, checks::#check, &mut violations);)
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
                codegen::json(&operations::#constant, &answer)
            }
        } else {
            quote! {
                A::#name(&api, context, #(#arguments),*).await?;
                codegen::no_content(&operations::#constant)
            }
        };
        quote! {
            async fn #name<A: Api>(api: Arc<A>, incoming: Incoming) -> Answer<Response> {
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

    /// Emits `let city = input.query::<String, _>("City", None, codegen::always, &mut violations);`
    fn read_parameter(&self, parameter: &Parameter) -> TokenStream {
        let variable = local(&parameter.rust);
        let name = &parameter.name;
        let invalid = checks::invalid_code(self.contract, parameter.invalid_code.as_deref());
        let acceptable = self.acceptable(&parameter.ty);
        let ty = self.parameter_type(parameter);
        let reader = match (parameter.location, parameter.required) {
            (Location::Path, _) => "path",
            (Location::Query, true) => "required_query",
            (Location::Query, false) => "query",
            (Location::Header, true) => "required_header",
            (Location::Header, false) => "header",
        };
        match &parameter.omit_prefix {
            Some(prefix) => quote! {
                let #variable =
                    input.path_with_prefix::<#ty, _>(#name, #prefix, #invalid, #acceptable, &mut violations);
            },
            None => {
                let reader = ident(reader);
                quote!(let #variable = input.#reader::<#ty, _>(#name, #invalid, #acceptable, &mut violations);)
            }
        }
    }

    fn parameter_type(&self, parameter: &Parameter) -> TokenStream {
        match &parameter.ty {
            Type::Text => quote!(String),
            Type::Integer => quote!(i64),
            Type::Number => quote!(f64),
            Type::Boolean => quote!(bool),
            Type::Named(name) => self.named(name),
            Type::List(item) => {
                let item = self.parameter_type(&Parameter {
                    ty: (**item).clone(),
                    ..parameter.clone()
                });
                quote!(types::CommaList<#item>)
            }
            Type::Any => quote!(String),
        }
    }

    fn named(&self, name: &str) -> TokenStream {
        let schema = self.contract.schema(name);
        let rust = ident(schema.map_or(name, |schema| schema.rust.as_str()));
        quote!(types::#rust)
    }

    /// What a parsed value must be besides parsed: a known value of its enum, each one of a list.
    fn acceptable(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Named(name) => {
                let named = self.named(name);
                quote!(#named::is_known)
            }
            Type::List(item) => match item.as_ref() {
                Type::Named(name) => {
                    let named = self.named(name);
                    quote!(|list| list.iter().all(#named::is_known))
                }
                Type::Text | Type::Integer | Type::Number | Type::Boolean | Type::Any | Type::List(_) => {
                    quote!(codegen::always)
                }
            },
            Type::Text | Type::Integer | Type::Number | Type::Boolean | Type::Any => quote!(codegen::always),
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
