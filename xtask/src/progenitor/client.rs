//! The client: progenitor's methods, written as a person would.
//!
//! Drops what this client has no use for (constructors, preludes, blanket `allow`s, a header with the
//! document's version). Of a method, the signature and the request stay, and what every method does with its
//! request is one call of the runtime. Each statement is taken apart in full: one that is not of the expected
//! form is an error, never a guess.

use std::collections::BTreeMap;
use std::slice::Iter;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, ImplItem, Item, Stmt, parse_quote};

use super::headers;
use super::rewrite::{Prelude, Shorten, local, plain, text};
use crate::contract::{Body, Contract, Location, Operation, Parameter, Shape, Type};
use crate::docs;
use crate::names;

/// Takes the items of progenitor's client.
pub(super) fn take(contract: &Contract, items: Vec<Item>) -> Result<Vec<Item>, String> {
    let types_crate = names::crate_ident(&contract.info.crate_prefix, "types");
    let mut shorten = Shorten {
        types_crate,
        here: parse_quote!(types),
        prelude: Prelude::Short,
    };
    let operations = contract.operations.iter();
    let operations = operations.map(|operation| (operation.rust.as_str(), operation));
    let operations = operations.collect();
    let mut taken = Vec::new();
    for mut item in items {
        shorten.visit_item_mut(&mut item);
        match item {
            Item::Use(_) | Item::Mod(_) | Item::Const(_) => {}
            Item::Struct(mut client) => {
                let about = docs::attributes(&docs::package_docs(contract));
                client.attrs = about.into_iter().chain(plain(&client.attrs)).collect();
                taken.push(Item::Struct(client));
            }
            Item::Impl(mut block) if block.trait_.is_some() => {
                block.attrs = plain(&block.attrs);
                taken.push(Item::Impl(block));
            }
            Item::Impl(mut block) => {
                block.attrs = plain(&block.attrs);
                block.items = methods(contract, &operations, block.items)?;
                if !block.items.is_empty() {
                    taken.push(Item::Impl(block));
                }
            }
            _ => return Err("the client holds an item that is not expected".to_owned()),
        }
    }
    Ok(taken)
}

/// The methods of operations; the constructors, which are not async, are replaced by ours.
fn methods(
    contract: &Contract,
    operations: &BTreeMap<&str, &Operation>,
    items: Vec<ImplItem>,
) -> Result<Vec<ImplItem>, String> {
    let mut taken = Vec::new();
    for item in items {
        let ImplItem::Fn(mut function) = item else {
            continue;
        };
        if function.sig.asyncness.is_none() {
            continue;
        }
        let name = function.sig.ident.to_string();
        let operation = operations.get(name.as_str());
        let operation = operation.ok_or_else(|| format!("the method `{name}` belongs to no operation"))?;
        rewrite(contract, operation, &mut function)?;
        taken.push(ImplItem::Fn(function));
    }
    Ok(taken)
}

fn rewrite(contract: &Contract, operation: &Operation, function: &mut syn::ImplItemFn) -> Result<(), String> {
    function.attrs = docs::attributes(&docs::operation_docs(operation));
    if operation.deprecated {
        function.attrs.push(parse_quote!(#[deprecated]));
    }
    let mut plain = PlainSignature { errors: 0 };
    plain.visit_signature_mut(&mut function.sig);
    if optional_body(operation).is_some() {
        make_optional(&mut function.sig);
    }
    let body = body(contract, operation, &function.block).filter(|_| plain.errors == 1);
    let unexpected = || {
        format!(
            "the method of `{}` does not have the form that is expected",
            operation.id
        )
    };
    function.block = body.ok_or_else(unexpected)?;
    Ok(())
}

/// Writes a signature as a person would.
struct PlainSignature {
    /// How often the error has got its short name.
    errors: usize,
}

impl VisitMut for PlainSignature {
    fn visit_signature_mut(&mut self, signature: &mut syn::Signature) {
        // Nothing that is returned borrows, so the lifetimes can go.
        signature.generics = syn::Generics::default();
        visit_mut::visit_signature_mut(self, signature);
    }

    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = None;
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        *receiver = parse_quote!(&self);
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.segments.len() == 1
            && path
                .segments
                .first()
                .is_some_and(|segment| segment.ident == "Error")
        {
            // The crate has a name for the error with its envelope.
            *path = parse_quote!(Error);
            self.errors += 1;
        }
        visit_mut::visit_path_mut(self, path);
    }
}

/// The body of a method: the URL, the headers and the request, and one call of the runtime; or `None` where
/// progenitor's body does not have the expected form.
fn body(contract: &Contract, operation: &Operation, block: &syn::Block) -> Option<syn::Block> {
    let mut statements = block.stmts.iter();
    let (url, url_value) = local(statements.next()?)?;
    let (segments, url_value) = url_of(operation, url_value)?;
    let headers = headers::take(operation, &mut statements)?;
    let (request, request_value) = local(statements.next()?)?;
    let request_value = request_of(operation, request_value)?;
    let attach = optional_body(operation).map(|body| attach(body, &parse_quote!(request)));
    let attach = attach.map(|request| -> Stmt {
        parse_quote! {
            if let Some(body) = body {
                request = #request;
            }
        }
    });
    let mutable = attach.as_ref().map(|_| quote!(mut));
    let send = send(operation, &mut statements)?;
    let (send, items) = reading(contract, operation, send);
    let (id, path) = (&operation.id, &operation.path);
    Some(parse_quote!({
        #(#segments)*
        let #url = #url_value;
        #(#headers)*
        let #mutable #request = #request_value;
        #attach
        let operation = OperationInfo {
            operation_id: #id,
            path: #path,
        };
        self.inner.#send(#request, &operation #items).await
    }))
}

/// `format!("{}/a/{}", self.baseurl, encode_path(&x.to_string()))` names its segments: each is encoded in a
/// statement of its own, and loses its documented prefix before.
fn url_of(operation: &Operation, value: &Expr) -> Option<(Vec<Stmt>, Expr)> {
    let Expr::Macro(value) = value else { return None };
    let arguments = value
        .mac
        .parse_body_with(Punctuated::<Expr, syn::Token![,]>::parse_terminated)
        .ok()?;
    let mut arguments = arguments.iter();
    let Expr::Lit(syn::ExprLit {
        lit: syn::Lit::Str(format),
        ..
    }) = arguments.next()?
    else {
        return None;
    };
    if text(arguments.next()?) != "self . baseurl" {
        return None;
    }
    let format = format.value();
    let mut pieces = format.strip_prefix("{}")?.split("{}");
    let mut named = format!("{{}}{}", pieces.next()?);
    let mut segments = Vec::new();
    for argument in arguments {
        let parameter = path_parameter(operation, argument)?;
        let ident = Ident::new(&parameter.rust, Span::call_site());
        let value: Expr = match parameter.ty {
            Type::String => parse_quote!(#ident),
            _ => parse_quote!(&#ident.to_string()),
        };
        let value: Expr = match &parameter.omit_prefix {
            Some(prefix) => parse_quote!(omit_prefix(#value, #prefix)),
            None => value,
        };
        let name = &parameter.name;
        segments.push(parse_quote!(let #ident = encode_path(#name, #value)?;));
        named.push_str(&format!("{{{ident}}}{}", pieces.next()?));
    }
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path);
    let complete = pieces.next().is_none() && parameters.count() == segments.len();
    complete.then(|| (segments, parse_quote!(format!(#named, self.baseurl))))
}

/// The parameter of `encode_path(&x.to_string())`.
fn path_parameter<'o>(operation: &'o Operation, argument: &Expr) -> Option<&'o Parameter> {
    let mut parameters = operation.parameters.iter();
    let given = text(argument);
    parameters.find(|parameter| {
        parameter.location == Location::Path
            && given == format!("encode_path (& {} . to_string ())", parameter.rust)
    })
}

/// `self.client.get(url)` with the body, the query and the headers; the rest is the runtime's part.
fn request_of(operation: &Operation, value: &Expr) -> Option<Expr> {
    let Expr::Try(value) = value else { return None };
    let (mut steps, mut receiver) = (Vec::new(), value.expr.as_ref());
    while let Expr::MethodCall(call) = receiver {
        steps.push(call);
        receiver = &call.receiver;
    }
    let mut request = receiver.clone();
    let mut steps = steps.into_iter().rev();
    let first = steps.next()?;
    if first.method != operation.method.to_lowercase() {
        return None;
    }
    let (method, url) = (&first.method, &first.args);
    request = parse_quote!(#request.#method(#url));
    let sends_headers = operation
        .parameters
        .iter()
        .any(|parameter| parameter.location == Location::Header);
    for call in steps {
        let argument = call.args.first().map(text);
        match (call.method.to_string().as_str(), argument.as_deref()) {
            ("header", Some("reqwest :: header :: ACCEPT")) | ("build", None) => {}
            ("headers", Some("header_map")) if !sends_headers => {}
            ("headers", Some("header_map")) => request = parse_quote!(#request.headers(header_map)),
            ("query", Some(argument)) if argument.contains("QueryParam :: new (\"query\" , & query)") => {
                request = parse_quote!(#request.query(query));
            }
            ("json", Some("& body")) => {
                let body = operation.body.as_ref()?;
                if body.required {
                    request = attach(body, &request);
                }
            }
            _ => return None,
        }
    }
    Some(request)
}

/// The request with its body.
fn attach(body: &Body, request: &Expr) -> Expr {
    match body.media_type.as_str() {
        "application/json" => parse_quote!(#request.json(body)),
        other => parse_quote!(#request.header("Content-Type", #other).json(body)),
    }
}

fn optional_body(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| !body.required)
}

/// Makes an `Option` of the argument with the body.
fn make_optional(signature: &mut syn::Signature) {
    for input in &mut signature.inputs {
        if let syn::FnArg::Typed(input) = input
            && text(&input.pat) == "body"
        {
            let ty = &input.ty;
            *input.ty = parse_quote!(Option<#ty>);
        }
    }
}

/// The runtime's function that sends the request. Its statements are the same in every method; only the last
/// shows whether the documented success has content.
fn send(operation: &Operation, statements: &mut Iter<'_, Stmt>) -> Option<Ident> {
    for step in [
        "let info = OperationInfo {",
        "self . pre (& mut ",
        " = self . exec (",
        "self . post (& ",
        " ? ;",
    ] {
        if !text(statements.next()?).contains(step) {
            return None;
        }
    }
    let Stmt::Expr(Expr::Match(by_status), None) = statements.next()? else {
        return None;
    };
    let success = format!("{}u16", operation.success.status);
    let arm = by_status.arms.iter().find(|arm| text(&arm.pat) == success)?;
    let read = text(&arm.body);
    match (statements.next(), &operation.success.schema) {
        (None, Some(_)) if read.contains("ResponseValue :: from_response") => {
            Some(parse_quote!(send_for_json))
        }
        (None, None) if read.contains("ResponseValue :: empty") => Some(parse_quote!(send_for_no_content)),
        _ => None,
    }
}

/// Lists are read in more than one form: a page by the name of the member with its items, and an array.
fn reading(contract: &Contract, operation: &Operation, send: Ident) -> (Ident, TokenStream) {
    let schema = operation.success.schema.as_ref();
    let shape = schema
        .and_then(|name| contract.schema(name))
        .map(|schema| &schema.shape);
    match (&operation.pages, shape) {
        (Some(pages), _) => {
            let items = &pages.items;
            (parse_quote!(send_for_page), quote!(, #items))
        }
        (None, Some(Shape::Array(_))) => (parse_quote!(send_for_array), TokenStream::new()),
        _ => (send, TokenStream::new()),
    }
}
