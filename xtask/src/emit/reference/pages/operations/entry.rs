//! One operation on `operations.html`.

use super::super::html::{Prose, linked_code};
use super::super::json;
use super::super::page::{ERRORS, kind, preformatted, status_words};
use super::members;
use crate::contract::{Contract, MERGE_PATCH, Operation};
use crate::dictionary::{Dictionary, Kind, label};
use crate::html::escape;
use crate::raising::Raised;

/// Emits:
/// ```html
/// <article id="getBook"><header><h3>…</h3></header><p class="route">…</p><dl class="facts">…</dl></article>
/// ```
pub(super) fn article<'c>(
    contract: &'c Contract,
    dictionary: &Dictionary<'c>,
    prose: &Prose,
    typed: &Prose,
    operation: &'c Operation,
    raised: &[Raised<'_>],
) -> String {
    let id = escape(&operation.id);
    let mut facts = Vec::new();
    if !operation.parameters.is_empty() {
        facts.push((
            "Parameters",
            members::of_parameters(prose, typed, &operation.parameters),
        ));
    }
    if let Some(body) = &operation.body {
        facts.push((
            "Request body",
            request_body(contract, typed, operation, &body.schema),
        ));
    }
    facts.push(("Response", success(contract, prose, typed, operation)));
    facts.push(("Error codes", codes(raised)));
    let call = dictionary.call(operation).curl(contract);
    facts.push((label::TRIGGER, preformatted("sh", &call)));
    facts.push((
        "In Rust",
        format!("<p><code>Client::{}</code></p>", escape(&operation.rust)),
    ));
    let facts: String = facts
        .iter()
        .map(|(label, content)| format!("<dt>{label}</dt>\n<dd>{content}</dd>\n"))
        .collect();
    let access = if operation.secured {
        ""
    } else {
        "<span class=\"access\">needs no credentials</span>"
    };
    format!(
        "<article id=\"{id}\">\n\
         <header><h3><a href=\"#{id}\"><code>{id}</code></a></h3>{access}</header>\n\
         <p class=\"route\"><code><b>{}</b> {}</code></p>\n\
         <p class=\"meaning\">{}</p>\n<div class=\"prose\">{}</div>\n\
         <dl class=\"facts\">\n{facts}</dl>\n</article>\n",
        operation.method,
        escape(&operation.path).replace('/', "/<wbr>"),
        prose.words(&operation.summary),
        prose.blocks(&operation.description),
    )
}

fn request_body(contract: &Contract, typed: &Prose, operation: &Operation, schema: &str) -> String {
    let body = operation.body.as_ref();
    let form = match body.map(|body| body.media_type.as_str()) {
        Some(MERGE_PATCH) => ", a merge patch: what is left out stays as it is, and null removes",
        _ => "",
    };
    let required = if body.is_some_and(|body| body.required) {
        ""
    } else {
        ", optional"
    };
    let example = contract.body_example(operation);
    let example = example.map(|value| preformatted("json", &json::pretty(value)));
    format!(
        "<p>{}{form}{required}.</p>\n{}",
        typed.words(&format!("`{schema}`")),
        example.unwrap_or_default()
    )
}

fn success(contract: &Contract, prose: &Prose, typed: &Prose, operation: &Operation) -> String {
    let success = &operation.success;
    let ty = success
        .schema
        .as_ref()
        .map(|schema| typed.words(&format!(": `{schema}`")));
    let headers = success.headers.iter().map(|header| {
        let docs = header.docs.split_whitespace().collect::<Vec<_>>().join(" ");
        format!(
            "<p><code>{}</code> {}</p>\n",
            header.name.as_str(),
            prose.words(&docs)
        )
    });
    let mut examples = contract.examples.iter();
    let example = examples.find(|example| Some(&example.schema) == success.schema.as_ref());
    let example = example.map(|example| preformatted("json", &json::pretty(&example.value)));
    format!(
        "<p>{}{}. {}</p>\n{}{}",
        status_words(success.status),
        ty.unwrap_or_default(),
        prose.words(&success.docs),
        headers.collect::<String>(),
        example.unwrap_or_default()
    )
}

/// The codes, each with a mark for each kind of way in which it is raised.
fn codes(raised: &[Raised<'_>]) -> String {
    let items = raised.iter().map(|raised| {
        let kinds = Kind::ALL
            .iter()
            .filter(|of| raised.ways.iter().any(|way| way.kind() == **of));
        let marks: String = kinds.map(|of| kind(*of)).collect();
        let link = linked_code(&format!("{ERRORS}#{}", raised.code), raised.code);
        format!("<li>{link} {marks}</li>\n")
    });
    format!("<ul class=\"codes\">\n{}</ul>", items.collect::<String>())
}
