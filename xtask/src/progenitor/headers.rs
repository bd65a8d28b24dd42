//! The header parameters, as progenitor's methods send them: by the names of the API, and lists as one header.
//!
//! Takes statements, and makes none but the one that begins them.

use std::slice::Iter;

use syn::visit_mut::VisitMut;
use syn::{Expr, Stmt, parse_quote};

use super::rewrite::{local, text};
use crate::contract::{Location, Operation, Parameter, Type};

/// The statements that collect the header parameters, without the document's version, which progenitor sends
/// as a header of its own.
pub(super) fn take(operation: &Operation, statements: &mut Iter<'_, Stmt>) -> Option<Vec<Stmt>> {
    let (map, _) = local(statements.next()?)?;
    let version = text(statements.next()?);
    if map != "header_map" || !version.contains("\"api-version\"") {
        return None;
    }
    let mut parameters: Vec<_> = operation.parameters.iter().collect();
    parameters.retain(|parameter| parameter.location == Location::Header);
    let mut headers: Vec<Stmt> = statements.by_ref().take(parameters.len()).cloned().collect();
    for statement in &mut headers {
        let sent = text(statement);
        let is_list = |parameter: &&&Parameter| matches!(parameter.ty, Type::Array(_));
        let mut lists = parameters.iter().filter(is_list);
        if lists.any(|list| sent.contains(&format!("\"{}\"", list.source()))) {
            JoinedLists.visit_stmt_mut(statement);
        }
        WireNames(&parameters).visit_stmt_mut(statement);
    }
    if !headers.is_empty() {
        headers.insert(
            0,
            parse_quote!(let mut header_map = reqwest::header::HeaderMap::new();),
        );
    }
    let known = headers
        .iter()
        .all(|statement| text(statement).contains("header_map"));
    known.then_some(headers)
}

/// `list.joined()?` in place of `list.to_string()`, in which an item with a comma would be two.
struct JoinedLists;

impl VisitMut for JoinedLists {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expression);
        if let Expr::MethodCall(call) = expression
            && call.method == "to_string"
        {
            let list = &call.receiver;
            *expression = parse_quote!(#list.joined()?);
        }
    }
}

/// Writes the names that are sent in place of those that the document chooses for Rust.
struct WireNames<'o>(&'o [&'o Parameter]);

impl VisitMut for WireNames<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut syn::LitStr) {
        let mut parameters = self.0.iter();
        if let Some(parameter) = parameters.find(|parameter| parameter.source() == literal.value()) {
            *literal = syn::LitStr::new(&parameter.name, literal.span());
        }
    }
}
