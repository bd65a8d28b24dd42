//! An example of a call of each operation, made from the examples of the document and compiled with the
//! documentation.
//!
//! Shows what is sent; what may come back is the matter of the front page.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{ImplItem, Item, Pat};

use super::expressions::Expressions;
use super::pages;
use crate::contract::{Body, Operation};
use crate::emit::rust::{ident, statements};

/// A call of an operation: what it takes, and its arguments.
pub(super) struct Call {
    pub(super) setup: TokenStream,
    pub(super) arguments: Vec<TokenStream>,
}

/// Adds an example to the documentation of each method.
pub(super) fn add(expressions: &Expressions<'_>, items: &mut [Item]) {
    let methods = items.iter_mut().flat_map(|item| match item {
        Item::Impl(block) => block.items.as_mut_slice(),
        _ => &mut [],
    });
    for item in methods {
        let ImplItem::Fn(method) = item else { continue };
        let mut operations = expressions.contract.operations.iter();
        let operation = operations.find(|operation| method.sig.ident == operation.rust);
        let Some((operation, call)) =
            operation.and_then(|operation| Some((operation, call(expressions, operation)?)))
        else {
            continue;
        };
        let Call { setup, arguments } = call;
        let name = ident(&operation.rust);
        let code = quote!(#setup let response = client.#name(#(#arguments),*).await?;);
        for line in ["", " # Example", ""].into_iter().map(str::to_owned) {
            method.attrs.push(syn::parse_quote!(#[doc = #line]));
        }
        for line in block(expressions, &code) {
            let line = format!(" {line}").trim_end().to_owned();
            method.attrs.push(syn::parse_quote!(#[doc = #line]));
        }
    }
}

/// Code with a client, as the lines of an example that is compiled and not run.
pub(super) fn block(expressions: &Expressions<'_>, code: &TokenStream) -> Vec<String> {
    let client = expressions.client();
    let uses_types = code.to_string().contains("types ::");
    let import = uses_types.then(|| [format!("use {client}::types;"), String::new()]);
    let opening = [
        "```no_run".to_owned(),
        format!("# async fn run(client: {client}::Client) -> Result<(), Box<dyn std::error::Error>> {{"),
    ];
    let closing = ["# Ok(())", "# }", "```"].map(str::to_owned);
    opening
        .into_iter()
        .chain(import.into_iter().flatten())
        .chain(statements(code))
        .chain(closing)
        .collect()
}

/// The call of an operation with the values of the document.
pub(super) fn call(expressions: &Expressions<'_>, operation: &Operation) -> Option<Call> {
    let query = expressions
        .query(operation)
        .map(|query| quote!(let query = #query;));
    let body = match &operation.body {
        Some(body) => {
            let body = request(expressions, operation, body)?;
            Some(quote!(let body = #body;))
        }
        None => None,
    };
    let arguments = pages::parameters(expressions.lifted, operation)?.map(|input| {
        let Pat::Ident(name) = input.pat.as_ref() else {
            return None;
        };
        let ty = input.ty.to_token_stream().to_string();
        let known = operation
            .parameters
            .iter()
            .find(|parameter| name.ident == parameter.rust);
        Some(match (name.ident.to_string().as_str(), known) {
            ("query", _) => quote!(&query),
            ("body", _) if ty.starts_with("Option") => quote!(Some(&body)),
            ("body", _) => quote!(&body),
            (_, Some(_)) if ty.starts_with("Option") => quote!(None),
            (_, parameter) => {
                let parameter = parameter?;
                let value = expressions.argument(&parameter.ty, &parameter.example);
                let reference = (ty.starts_with('&') && ty != "& str").then(|| quote!(&));
                quote!(#reference #value)
            }
        })
    });
    Some(Call {
        arguments: arguments.collect::<Option<_>>()?,
        setup: quote!(#query #body),
    })
}

/// The first example of the body of a request: that of the operation itself, if it has one.
fn request(expressions: &Expressions<'_>, operation: &Operation, body: &Body) -> Option<TokenStream> {
    let own = format!("{}/requestBody/", operation.at);
    let examples = expressions.contract.examples.iter();
    let mut of_schema = examples
        .filter(|example| example.schema == body.schema)
        .peekable();
    let first = of_schema.peek().copied();
    let example = of_schema
        .find(|example| example.at.as_str().starts_with(&own))
        .or(first)?;
    Some(expressions.named(&body.schema, &example.value))
}
