//! The router: for each operation a function that reads a request, checks it, and calls the trait.
//!
//! Emits names and calls only; whatever is the same for every operation is in the server's runtime.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};

use super::api::handled;
use super::checks::shared_parameters;
use super::constraints::{Checks, Source};
use super::schemes;
use crate::contract::{Contract, Location, Operation, Parameter, Type};
use crate::emit::rust::{ident, items_file, parsed, roots};
use crate::emit::types::envelope::wrapper;
use crate::names::{self, QUERY};
use crate::progenitor::{Field, Lifted, Signature};

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    let shared = shared_parameters(contract);
    let handlers = contract
        .operations
        .iter()
        .filter_map(|operation| {
            let signature = lifted.signatures.get(&operation.rust)?;
            let handler = Handler {
                checks: Checks {
                    contract,
                    module: Some("checks"),
                },
                shared: &shared,
                lifted,
                operation,
                signature,
            };
            Some(parsed(handler.emit()))
        })
        .flatten();
    let routes = contract.operations.iter().map(|operation| {
        let handler = ident(&operation.rust);
        // What `routes` calls its argument.
        let module = (handler == "api").then(|| quote!(self::));
        let headers = &operation.success.headers;
        if headers.is_empty() {
            return quote!(.route(#module #handler::<A>));
        }
        let required = headers.iter().filter(|header| header.required);
        let required = required.map(|header| header.name.as_str());
        quote!(.route_with_headers(&[#(#required),*], #module #handler::<A>))
    });
    let title = &contract.info.title;
    let schemes = schemes(contract);
    let wrapper = wrapper(contract);
    let mut body = parsed(quote! {
        type Call<A> = codegen::Call<A, types::#wrapper>;

        /// A server of the operations, ready to be served. Mount it beside routes of your own with
        /// `Router::merge` or `Router::nest`.
        pub fn router<A: Api>(api: A) -> Router {
            routes(api).into_router()
        }

        /// The routes before they become a router, to set the realm, the limit of bodies, or how long a body
        /// or a handler may take.
        pub fn routes<A: Api>(api: A) -> Routes<A, types::#wrapper> {
            Routes::new(api).realm(#title) #schemes #(#routes)*
        }
    });
    body.extend(handlers);
    let roots = roots(&body);
    let imported = |name: &str| {
        let name = roots.contains(name).then(|| ident(name));
        name.map(|name| quote!(#name,))
    };
    let [bound, check, checks, pattern, scheme] =
        ["Bound", "check", "checks", "Pattern", "Scheme"].map(imported);
    let success = contract.has_response_headers().then(|| quote!(Success,));
    let imports = parsed(quote! {
        use fonedynamics_server_runtime::codegen::{self, #bound #pattern Router, Routes, #scheme #check};

        use crate::{Api, HandlerResult, #success #checks operations, types};
    });
    items_file(
        "From requests to the trait's methods.",
        imports.into_iter().chain(body),
    )
}

/// The variable that holds a parameter in a handler, which has variables of its own.
fn local(name: &str) -> Ident {
    match name {
        "body" | "call" | "context" | "input" | "query" | "value" => ident(&format!("{name}_")),
        _ => ident(name),
    }
}

struct Handler<'c> {
    checks: Checks<'c>,
    /// The parameters that have functions.
    shared: &'c [(Ident, &'c Parameter)],
    lifted: &'c Lifted,
    operation: &'c Operation,
    signature: &'c Signature,
}

impl Handler<'_> {
    /// Emits a handler:
    /// ```ignore
    /// async fn get_call<A: Api>(mut call: Call<A>) -> HandlerResult<types::Call, operations::GetCall> {
    ///     let mut input = call.admit(A::authenticate).await?;
    ///     let call_sid = input.path("CallSid", check::string);
    ///     let context = input.finish()?;
    ///     A::get_call(&call.api, context, call_sid?).await
    /// }
    /// ```
    fn emit(&self) -> TokenStream {
        let operation = self.operation;
        let name = ident(&operation.rust);
        let endpoint = ident(&names::type_name(operation.source()));
        let success = handled(operation, self.signature);
        let body = operation.body.as_ref();
        let mutable = (body.is_some() || !operation.parameters.is_empty()).then(|| quote!(mut));
        let admit = if operation.secured {
            quote!(let #mutable input = call.admit(A::authenticate).await?;)
        } else {
            quote!(let #mutable input = call.open();)
        };
        let read_body = body.map(|body| {
            let media_type = &body.media_type;
            if body.required {
                quote!(input.read_json(#media_type).await?;)
            } else {
                quote!(input.read_optional_json(#media_type).await?;)
            }
        });
        let parameters = self.parameters();
        let check_body = body.map(|body| {
            let check = self.checks.path(&body.schema);
            if body.required {
                quote!(let body = input.body(#check);)
            } else {
                quote!(let body = input.optional_body(#check);)
            }
        });
        let arguments = self.signature.arguments.iter().map(|argument| {
            let name = argument.ident.to_string();
            let parameter = operation
                .parameters
                .iter()
                .find(|parameter| parameter.location != Location::Query && parameter.rust == name);
            match parameter {
                Some(parameter) if is_option(parameter) => {
                    let variable = local(&name);
                    quote!(#variable)
                }
                Some(_) => {
                    let variable = local(&name);
                    quote!(#variable?)
                }
                None if argument.ident == QUERY => quote!(query),
                None if body.is_some_and(|body| body.required) => quote!(body?),
                None => quote!(body),
            }
        });
        let late_query = self.has_required_query().then(|| self.query_struct());
        let is_deprecated = operation.deprecated || operation.query().any(|parameter| parameter.deprecated);
        let expect = is_deprecated.then(
            || quote!(#[expect(deprecated, reason = "it is offered for as long as the document has it")]),
        );
        quote! {
            #expect
            async fn #name<A: Api>(mut call: Call<A>) -> HandlerResult<#success, operations::#endpoint> {
                #admit
                #read_body
                #parameters
                #check_body
                let context = input.finish()?;
                #late_query
                A::#name(&call.api, context, #(#arguments),*).await
            }
        }
    }

    /// Emits the reading of all parameters in order of evaluation. Optional ones of the query go straight into
    /// their struct, unless a required one among them must be read first and can fail:
    /// ```ignore
    /// let shelf_id = input.path("ShelfId", check::string);
    /// let mut query = types::ListBooksQuery::default();
    /// query.limit = input.query("Limit", |value| value.integer(1..=100));
    /// ```
    fn parameters(&self) -> TokenStream {
        let read = |parameter: &Parameter| {
            let (variable, read) = (local(&parameter.rust), self.read(parameter));
            quote!(let #variable = #read;)
        };
        let in_location = |location: Location| {
            let parameters = self.operation.parameters.iter();
            parameters.filter(move |parameter| parameter.location == location)
        };
        let path = in_location(Location::Path).map(read);
        let headers = in_location(Location::Header).map(read);
        let query = if self.has_required_query() {
            in_location(Location::Query).map(read).collect()
        } else {
            self.query_struct()
        };
        quote!(#(#path)* #query #(#headers)*)
    }

    fn has_required_query(&self) -> bool {
        self.operation.query().any(|parameter| parameter.required)
    }

    /// Emits `input.query("City", check::string)`, and what a parameter is that is absent and has a default:
    /// `.or(Some(200))`
    fn read(&self, parameter: &Parameter) -> TokenStream {
        let name = &parameter.name;
        let shared = |(_, other): &&(Ident, &Parameter)| other.component == parameter.component;
        let check = match self.shared.iter().find(shared) {
            Some((function, _)) => quote!(checks::#function),
            None => self
                .checks
                .checker(Source::Parameter, &parameter.ty, &parameter.constraints),
        };
        let is_array = matches!(parameter.ty, Type::Array(_));
        let reader = ident(
            match (parameter.location, parameter.required, &parameter.omit_prefix) {
                (Location::Path, _, Some(_)) => "path_with_prefix",
                (Location::Path, _, None) => "path",
                (Location::Query, true, _) if is_array => "required_query_array",
                (Location::Query, true, _) => "required_query",
                (Location::Query, false, _) if is_array => "query_array",
                (Location::Query, false, _) => "query",
                (Location::Header, true, _) if is_array => "required_header_array",
                (Location::Header, true, _) => "required_header",
                (Location::Header, false, _) if is_array => "header_array",
                (Location::Header, false, _) => "header",
            },
        );
        let prefix = parameter.omit_prefix.as_ref().map(|prefix| quote!(#prefix,));
        let default = parameter.default.as_ref().map(|text| {
            let literal: Option<TokenStream> = match parameter.ty {
                Type::Integer | Type::Boolean => text.parse().ok(),
                _ => None,
            };
            match literal {
                Some(literal) => quote!(.or(Some(#literal))),
                None => quote!(.or_else(|| #text.parse().ok())),
            }
        });
        // Their struct takes whatever converts to a required one.
        let of_type = (parameter.location == Location::Query && parameter.required).then(|| {
            let ty = self.rust_type(&parameter.ty);
            quote!(::<#ty>)
        });
        quote!(input.#reader #of_type(#name, #prefix #check) #default)
    }

    fn rust_type(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Integer => quote!(i64),
            Type::Number => quote!(f64),
            Type::Boolean => quote!(bool),
            Type::Array(item) => {
                let item = self.rust_type(item);
                quote!(codegen::CommaList<#item>)
            }
            Type::Named(name) => {
                let schema = self.checks.contract.schema(name);
                let name = ident(schema.map_or(name.as_str(), |schema| schema.rust.as_str()));
                quote!(types::#name)
            }
            Type::String | Type::Any | Type::Map(_) => quote!(String),
        }
    }

    fn fields(&self) -> &[Field] {
        let name = self.operation.query_struct().unwrap_or_default();
        self.lifted.fields.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Emits the struct of query parameters: what is read in place, or the variables that hold it already.
    fn query_struct(&self) -> TokenStream {
        let Some(query) = self.operation.query_struct() else {
            return TokenStream::new();
        };
        let query = ident(&query);
        let is_read = self.has_required_query();
        let (optional, required): (Vec<_>, Vec<_>) =
            self.operation.query().partition(|parameter| is_option(parameter));
        let sets = optional.iter().map(|parameter| {
            let field = self.fields().iter().find(|field| field.name == parameter.name);
            let field = field.map_or_else(|| ident(&parameter.rust), |field| field.ident.clone());
            let value = if is_read {
                local(&parameter.rust).into_token_stream()
            } else {
                self.read(parameter)
            };
            quote!(query.#field = #value;)
        });
        if is_read {
            let arguments = required.iter().map(|parameter| local(&parameter.rust));
            let variable = if optional.is_empty() {
                quote!(query)
            } else {
                quote!(mut query)
            };
            quote!(let #variable = types::#query::new(#(#arguments?),*); #(#sets)*)
        } else {
            quote!(let mut query = types::#query::default(); #(#sets)*)
        }
    }
}

/// Whether a parameter is read as an `Option`, and not as something that fails.
fn is_option(parameter: &Parameter) -> bool {
    !parameter.required && parameter.location != Location::Path
}
