//! An example of a call of each operation, made from the examples of the document and compiled with the
//! documentation.
//!
//! Shows what is sent; what may come back is the matter of the front page.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{ImplItem, Item};

use super::expressions::Expressions;
use crate::contract::Operation;
use crate::docs;
use crate::emit::rust::{ident, statements};

/// A call of an operation: its arguments, of which `&query` and `&body` name variables, and the values of these.
pub(super) struct Call {
    pub(super) query: Option<TokenStream>,
    pub(super) body: Option<TokenStream>,
    pub(super) arguments: Vec<TokenStream>,
}

impl Call {
    /// The variables.
    pub(super) fn setup(&self) -> TokenStream {
        let query = self.query.iter();
        let body = self.body.iter();
        quote!(#(let query = #query;)* #(let body = #body;)*)
    }
}

/// Adds an example to the documentation of each method.
pub(super) fn add(expressions: &Expressions<'_>, items: &mut [Item]) {
    let methods = items.iter_mut().flat_map(|item| match item {
        Item::Impl(block) => block.items.as_mut_slice(),
        _ => &mut [],
    });
    let operations = expressions.contract.operations.iter();
    let operations = operations.map(|operation| (operation.rust.as_str(), operation));
    let operations: BTreeMap<_, _> = operations.collect();
    for item in methods {
        let ImplItem::Fn(method) = item else { continue };
        let operation = operations.get(method.sig.ident.to_string().as_str());
        let Some((operation, call)) =
            operation.and_then(|operation| Some((operation, call(expressions, operation)?)))
        else {
            continue;
        };
        let (setup, arguments, name) = (call.setup(), &call.arguments, ident(&operation.rust));
        let code = quote!(#setup let response = client.#name(#(#arguments),*).await?;);
        let example = block(expressions, Tested::Compiled, &[], &code);
        let lines = docs::of_lines(example.lines().chain([""]));
        let sections = method.attrs.iter().position(begins_section);
        let place = sections.unwrap_or(method.attrs.len());
        method.attrs.splice(place..place, lines);
    }
}

/// What becomes of an example when the documentation is tested.
#[derive(Clone, Copy)]
pub(super) enum Tested {
    /// It is compiled, with a variable `client`.
    Compiled,
    /// It is executed, without a client.
    Executed,
}

/// Code as an example that imports some names of the client crate, and `types` if it needs them.
pub(super) fn block(
    expressions: &Expressions<'_>,
    tested: Tested,
    imports: &[&str],
    code: &TokenStream,
) -> String {
    let client = expressions.client();
    let types = code.to_string().contains("types ::").then_some("types");
    let import = match [imports, types.as_slice()].concat().as_slice() {
        [] => String::new(),
        [name] => format!("use {client}::{name};\n\n"),
        names => format!("use {client}::{{{}}};\n\n", names.join(", ")),
    };
    let lines = statements(code).join("\n");
    match tested {
        Tested::Compiled => format!(
            "```no_run\n\
             # async fn run(client: {client}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
             {import}{lines}\n\
             # Ok(()) }}\n\
             ```"
        ),
        Tested::Executed => {
            format!("```\n{import}{lines}\n# Ok::<(), Box<dyn std::error::Error>>(())\n```")
        }
    }
}

/// Whether a line of documentation is the heading of a section.
fn begins_section(attribute: &syn::Attribute) -> bool {
    let syn::Meta::NameValue(syn::MetaNameValue {
        value: syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(line),
            ..
        }),
        ..
    }) = &attribute.meta
    else {
        return false;
    };
    line.value().starts_with(" # ")
}

/// The call of an operation with the values of the document.
pub(super) fn call(expressions: &Expressions<'_>, operation: &Operation) -> Option<Call> {
    let body = match &operation.body {
        Some(body) => {
            let example = expressions.contract.body_example(operation)?;
            Some(expressions.named(&body.schema, example))
        }
        None => None,
    };
    let signature = expressions.lifted.signatures.get(&operation.rust)?;
    let arguments = signature.arguments.iter().map(|argument| {
        let ty = argument.passed.to_token_stream().to_string();
        let known = operation
            .parameters
            .iter()
            .find(|parameter| argument.ident == parameter.rust);
        Some(match (argument.ident.to_string().as_str(), known) {
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
        query: expressions.query(operation),
        body,
        arguments: arguments.collect::<Option<_>>()?,
    })
}
