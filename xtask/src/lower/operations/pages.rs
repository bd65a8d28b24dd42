//! How operations are paged: `x-pages` names an array of the response, and the paging parameters exist.

use crate::contract::{Location, Pages, Parameter, Success, Type};
use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::names;
use crate::rule::Rule;

/// How an operation is paged, or a problem with its `x-pages`.
pub(in crate::lower) fn lower<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    rust: &str,
    parameters: &[Parameter],
    success: &Success,
) -> Option<Pages> {
    let pages = operation.get("x-pages")?;
    let items = pages.string_of("items").unwrap_or_default();
    if !has_list(lowering, success, items) {
        let sentence = format!("the response has no array `{items}` to page through, or it may be null");
        lowering.report(Rule::ExtensionWithoutEffect, &pages.at, sentence);
        return None;
    }
    let by = pages.string_of("by").unwrap_or_default();
    let named = |role: &str| {
        let name = format!("{by}_{role}");
        let mut query = parameters.iter().filter(|parameter| {
            parameter.location == Location::Query && parameter.ty == Type::Integer && !parameter.required
        });
        query
            .find(|parameter| parameter.name.eq_ignore_ascii_case(&name))
            .map(|parameter| parameter.name.clone())
    };
    let (Some(count), Some(skip)) = (named("count"), named("skip")) else {
        let sentence = format!("the query has no optional integers `{by}_count` and `{by}_skip` to page by");
        lowering.report(Rule::ExtensionWithoutEffect, &pages.at, sentence);
        return None;
    };
    Some(Pages {
        rust: names::stream(rust),
        pages: names::pages(rust),
        items: items.to_owned(),
        count,
        skip,
    })
}

/// Whether the response has an array of this name, which is never null.
fn has_list(lowering: &Lowering<'_>, success: &Success, items: &str) -> bool {
    let schemas = lowering.root.at.child("components").child("schemas");
    let response = success
        .schema
        .as_ref()
        .and_then(|name| lowering.root.find(&schemas.child(name)));
    let properties = response
        .map(|schema| schema.members_of("properties"))
        .unwrap_or_default();
    properties
        .into_iter()
        .find(|(name, _)| *name == items)
        .map(|(_, list)| lowering.resolve(list))
        .is_some_and(|list| list.string_of("type") == Some("array") && !list.is_true("nullable"))
}
