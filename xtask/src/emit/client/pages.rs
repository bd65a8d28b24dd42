//! The lists as streams: for each operation with pages a method that reads its pages one after the other, and one
//! for their items.
//!
//! Emits the glue only; when to go on and when to stop is in the client's runtime.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};

use crate::contract::{Contract, Operation, Pages, Parameter, Shape, Type};
use crate::docs;
use crate::emit::rust::{ident, rust_file};
use crate::emit::types::envelope::wrapper;
use crate::names::QUERY;
use crate::progenitor::Lifted;

/// The file, or `None` where nothing is paged through.
pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> Option<String> {
    let methods: Vec<_> = contract
        .operations
        .iter()
        .filter_map(|operation| method(contract, lifted, operation, operation.pages.as_ref()?))
        .collect();
    (!methods.is_empty()).then(|| {
        rust_file(
            "The lists, page by page and item by item.",
            &quote! {
                use progenitor_client::{Items, Pages};

                use crate::{Client, types};

                impl Client {
                    #(#methods)*
                }
            },
        )
    })
}

fn method(contract: &Contract, lifted: &Lifted, operation: &Operation, pages: &Pages) -> Option<TokenStream> {
    let inputs = inputs(lifted, operation)?;
    let query_struct = operation.query_struct()?;
    let count = field(lifted, &query_struct, &pages.count)?;
    let skip = field(lifted, &query_struct, &pages.skip)?;
    let from = format!("from `{skip}` on, with `{count}` items each");
    let pages_docs = docs::attribute(&format!("All pages of `{}`, {from}.", operation.rust));
    let docs = docs::attribute(&format!(
        "All items of `{}`, one after the other.",
        operation.rust
    ));
    let wrapper = wrapper(contract);
    let (name, by_page) = (ident(&pages.rust), ident(&pages.pages));
    let (call, query) = (ident(&operation.rust), ident(QUERY));
    let (client, next, page) = (free("client", &inputs), free("skip", &inputs), ident("page"));
    let (item, taken) = list(contract, lifted, operation, pages, &page)?;
    let page_struct = Type::Named(operation.success.schema.clone()?);
    let page_struct = rust_type(contract, &page_struct, &quote!(progenitor_client));
    let parameters: Vec<_> = inputs
        .iter()
        .map(|Input { name, ty, .. }| quote!(#name: #ty))
        .collect();
    let names = inputs.iter().map(|Input { name, .. }| name);
    let owned = inputs
        .iter()
        .map(|Input { name, own, .. }| own.as_ref().map_or(quote!(#name), |own| quote!(#name.#own)));
    let taken_apart = inputs.iter().map(|Input { name, .. }| {
        let mutable = (*name == query).then(|| quote!(mut));
        quote!(#mutable #name)
    });
    let passed = inputs.iter().map(|Input { name, pass_by, .. }| match pass_by {
        PassBy::Reference => quote!(&#name),
        PassBy::Method(method) => quote!(#name.#method()),
        PassBy::Copy => quote!(#name),
    });
    let is_deprecated = |parameter: &Parameter| {
        parameter.deprecated && [&pages.count, &pages.skip].contains(&&parameter.name)
    };
    let names_deprecated = operation.deprecated || operation.query().any(is_deprecated);
    let expect = names_deprecated
        .then(|| quote!(#[expect(deprecated, reason = "it is offered for as long as the document has it")]));
    let expect_pages = expect.as_ref().filter(|_| operation.deprecated);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    Some(quote! {
        #pages_docs
        #deprecated
        #expect
        pub fn #by_page(
            &self,
            #(#parameters),*
        ) -> Pages<#page_struct, #item, types::#wrapper> {
            Pages::new(
                #query.#skip,
                (self.clone(), #(#owned),*),
                |(#client, #(#taken_apart),*), #next| async move {
                    #query.#skip = #next;
                    #client.#call(#(#passed),*).await
                },
                |#page| #taken,
            )
        }

        #docs
        #deprecated
        #expect_pages
        pub fn #name(&self, #(#parameters),*) -> Items<#item, types::#wrapper> {
            self.#by_page(#(#names),*).items()
        }
    })
}

/// An argument of the method that requests a page, and how to keep it for as long as the stream lives.
struct Input {
    name: Ident,
    ty: syn::Type,
    /// What makes it owned; `None` where it is `Copy`.
    own: Option<TokenStream>,
    pass_by: PassBy,
}

/// How an owned argument becomes an argument again.
enum PassBy {
    Reference,
    Method(Ident),
    Copy,
}

fn inputs(lifted: &Lifted, operation: &Operation) -> Option<Vec<Input>> {
    let signature = lifted.signatures.get(&operation.rust)?;
    let inputs = signature.arguments.iter().map(|argument| {
        let ty = argument.passed.clone();
        let (own, pass_by) = match ty.to_token_stream().to_string().as_str() {
            "& str" => (Some(quote!(to_owned())), PassBy::Reference),
            "Option < & str >" => (
                Some(quote!(map(str::to_owned))),
                PassBy::Method(ident("as_deref")),
            ),
            text if text.starts_with("Option < &") => {
                (Some(quote!(cloned())), PassBy::Method(ident("as_ref")))
            }
            text if text.starts_with('&') => (Some(quote!(clone())), PassBy::Reference),
            _ => (None, PassBy::Copy),
        };
        Input {
            name: argument.ident.clone(),
            ty,
            own,
            pass_by,
        }
    });
    Some(inputs.collect())
}

/// A name for a variable that no argument has.
fn free(name: &str, inputs: &[Input]) -> Ident {
    let mut name = name.to_owned();
    while inputs.iter().any(|input| input.name == name) {
        name.push('_');
    }
    ident(&name)
}

/// The type of an item, and what leads from a page in a variable to its items.
fn list(
    contract: &Contract,
    lifted: &Lifted,
    operation: &Operation,
    pages: &Pages,
    variable: &Ident,
) -> Option<(TokenStream, TokenStream)> {
    let page = contract.schema(operation.success.schema.as_ref()?)?;
    let Shape::Object(object) = &page.shape else {
        return None;
    };
    let member = object.members.iter().find(|member| member.name == pages.items)?;
    let items = field(lifted, &page.rust, &pages.items)?;
    let (item, inner) = match &member.ty {
        Type::Array(item) => (item.as_ref(), None),
        Type::Named(name) => match &contract.schema(name)?.shape {
            Shape::Array(list) => (list.item(), Some(quote!(0))),
            Shape::Object(_) | Shape::Map(_) | Shape::Enum(_) => return None,
        },
        _ => return None,
    };
    let taken = match (member.required, inner) {
        (true, None) => quote!(&mut #variable.#items),
        (true, Some(inner)) => quote!(&mut #variable.#items.#inner),
        (false, None) => quote!(#variable.#items.get_or_insert_default()),
        (false, Some(inner)) => quote!(&mut #variable.#items.get_or_insert_default().#inner),
    };
    Some((rust_type(contract, item, &quote!(progenitor_client)), taken))
}

/// A type, in code that knows a crate or module with the `Value` of any type.
pub(super) fn rust_type(contract: &Contract, ty: &Type, module: &TokenStream) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Integer => quote!(i64),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Any => quote!(#module::Value),
        Type::Array(item) => {
            let item = rust_type(contract, item, module);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = rust_type(contract, value, module);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Named(name) => {
            let rust = contract
                .schema(name)
                .map_or(name.as_str(), |schema| schema.rust.as_str());
            let rust = ident(rust);
            quote!(types::#rust)
        }
    }
}

/// The field of a struct for a member.
fn field(lifted: &Lifted, owner: &str, member: &str) -> Option<Ident> {
    let mut fields = lifted.fields.get(owner)?.iter();
    fields
        .find(|field| field.name == member)
        .map(|field| field.ident.clone())
}
