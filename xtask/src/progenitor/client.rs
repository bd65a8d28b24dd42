//! The client: progenitor's methods, written as a person would.
//!
//! Drops what this client has no use for (constructors, preludes, blanket `allow`s, a header with the
//! document's version) and leaves what a method does as it is, except where it is counted: whatever is not
//! the documented success is read in one way, hooks learn the document's `operationId` and path, and a path
//! parameter drops its documented prefix.

use quote::ToTokens as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ImplItem, Item, Stmt, parse_quote};

use super::rewrite::{Shorten, docs, is, plain};
use crate::contract::{Contract, Location, Operation};
use crate::docs::{operation_docs, package_docs};
use crate::names;

/// Takes the items of progenitor's client.
pub(super) fn take(contract: &Contract, items: Vec<Item>) -> Result<Vec<Item>, String> {
    let types_crate = names::crate_ident(&contract.info.crate_prefix, "types");
    let mut shorten = Shorten {
        types_crate,
        here: Some(parse_quote!(types)),
    };
    let mut taken = Vec::new();
    for mut item in items {
        shorten.visit_item_mut(&mut item);
        match item {
            Item::Use(_) | Item::Mod(_) | Item::Const(_) => {}
            Item::Struct(mut client) => {
                client.attrs = docs(&package_docs(contract))
                    .into_iter()
                    .chain(plain(&client.attrs))
                    .collect();
                taken.push(Item::Struct(client));
            }
            Item::Impl(mut block) if block.trait_.is_some() => {
                block.attrs = plain(&block.attrs);
                taken.push(Item::Impl(block));
            }
            Item::Impl(mut block) => {
                block.attrs = plain(&block.attrs);
                block.items = methods(contract, block.items)?;
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
fn methods(contract: &Contract, items: Vec<ImplItem>) -> Result<Vec<ImplItem>, String> {
    let mut taken = Vec::new();
    for item in items {
        let ImplItem::Fn(mut function) = item else {
            continue;
        };
        if function.sig.asyncness.is_none() {
            continue;
        }
        let name = function.sig.ident.to_string();
        let operation = contract
            .operations
            .iter()
            .find(|operation| operation.rust == name);
        let operation = operation.ok_or_else(|| format!("the method `{name}` belongs to no operation"))?;
        rewrite(operation, &mut function)?;
        taken.push(ImplItem::Fn(function));
    }
    Ok(taken)
}

fn rewrite(operation: &Operation, function: &mut syn::ImplItemFn) -> Result<(), String> {
    function.attrs = docs(&operation_docs(operation));
    let headers = operation
        .parameters
        .iter()
        .any(|parameter| parameter.location == Location::Header);
    let mut method = Method {
        operation,
        headers,
        failures: 0,
        named: 0,
        versions: 0,
        omitted: 0,
    };
    method.visit_impl_item_fn_mut(function);
    let prefixes = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.omit_prefix.is_some())
        .count();
    let once = (method.failures, method.named, method.versions);
    if once != (1, 1, 1) || method.omitted != prefixes {
        return Err(format!(
            "the method of `{}` does not have the form that is expected",
            operation.id
        ));
    }
    Ok(())
}

/// One method, and how often each change was made.
struct Method<'c> {
    operation: &'c Operation,
    /// Whether it sends headers of its own.
    headers: bool,
    failures: usize,
    named: usize,
    versions: usize,
    omitted: usize,
}

impl VisitMut for Method<'_> {
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

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain(|statement| {
            let text = statement.to_token_stream().to_string();
            let version = text.starts_with("header_map . append") && text.contains("\"api-version\"");
            self.versions += usize::from(version);
            !version && (self.headers || !text.starts_with("let mut header_map"))
        });
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        if let Stmt::Local(local) = statement {
            local.attrs.retain(|attribute| !is(attribute, "allow"));
        }
        visit_mut::visit_stmt_mut(self, statement);
    }

    fn visit_macro_mut(&mut self, found: &mut syn::Macro) {
        let parser = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        if let Ok(mut arguments) = found.parse_body_with(parser) {
            for argument in &mut arguments {
                self.visit_expr_mut(argument);
            }
            found.tokens = quote::quote!(#arguments);
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Expr::Match(found) = expression {
            self.answers(found);
        } else if let Some(argument) = single_argument(expression, "encode_path") {
            self.path_argument(expression, &argument);
        } else if let Expr::MethodCall(call) = expression {
            if call.method == "json" {
                call.args.iter_mut().for_each(without_reference);
            } else if call.method == "headers" && !self.headers {
                *expression = (*call.receiver).clone();
            }
        } else if let Expr::Call(call) = expression
            && call.func.to_token_stream().to_string() == "progenitor_client :: QueryParam :: new"
        {
            *call.func = parse_quote!(QueryParam::new);
            call.args.iter_mut().for_each(without_reference);
        } else if let Expr::Struct(found) = expression
            && found.path.is_ident("OperationInfo")
        {
            let (id, path) = (&self.operation.id, &self.operation.path);
            *expression = parse_quote!(OperationInfo { operation_id: #id, path: #path });
            self.named += 1;
        }
    }
}

/// The arguments of a method are references already.
fn without_reference(argument: &mut Expr) {
    if let Expr::Reference(reference) = argument {
        *argument = (*reference.expr).clone();
    }
}

impl Method<'_> {
    /// Of the arms by status, the documented success stays. An envelope is an envelope at any other status,
    /// documented or not, so one arm takes the rest.
    fn answers(&mut self, found: &mut syn::ExprMatch) {
        let by_status = found.expr.to_token_stream().to_string() == "response . status () . as_u16 ()";
        let rest = found
            .arms
            .iter()
            .position(|arm| matches!(arm.pat, syn::Pat::Wild(_)));
        if let (true, Some(_)) = (by_status, rest) {
            found.arms.retain(|arm| {
                arm.pat.to_token_stream().to_string() == format!("{}u16", self.operation.success.status)
            });
            if found.arms.len() == 1 {
                found
                    .arms
                    .push(parse_quote!(_ => Err(Error::from_response(response).await),));
                self.failures += 1;
            }
        }
    }

    /// `encode_path(&number.to_string())`: a text needs no conversion, and a documented prefix goes.
    fn path_argument(&mut self, expression: &mut Expr, argument: &Expr) {
        let Expr::Reference(reference) = argument else {
            return;
        };
        let Expr::MethodCall(call) = reference.expr.as_ref() else {
            return;
        };
        let Expr::Path(path) = call.receiver.as_ref() else {
            return;
        };
        let Some(ident) = path.path.get_ident() else {
            return;
        };
        let is_this = |parameter: &&crate::contract::Parameter| {
            parameter.location == Location::Path && *ident == parameter.rust
        };
        let Some(parameter) = self.operation.parameters.iter().find(is_this) else {
            return;
        };
        let text: Expr = match parameter.ty {
            crate::contract::Type::String => parse_quote!(#ident),
            _ => parse_quote!(&#ident.to_string()),
        };
        *expression = match &parameter.omit_prefix {
            Some(prefix) => {
                self.omitted += 1;
                parse_quote!(encode_path(omit_prefix(#text, #prefix)))
            }
            None => parse_quote!(encode_path(#text)),
        };
    }
}

/// The argument of a call of a function with this path.
fn single_argument(expression: &Expr, path: &str) -> Option<Expr> {
    let Expr::Call(call) = expression else { return None };
    let name = call.func.to_token_stream().to_string();
    match (name == path, call.args.len()) {
        (true, 1) => call.args.first().cloned(),
        _ => None,
    }
}
