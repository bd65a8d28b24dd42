//! One error code on `errors.html`.

use super::super::html::{Prose, escape, linked_code};
use super::super::page::{kind, preformatted, status};
use super::{breakable, operation_address, response};
use crate::contract::{Contract, FIELD_NAME};
use crate::dictionary::{Entry, RaisedBy, Who, label};
use crate::emit::types::error_code;

/// Emits:
/// ```html
/// <article class="code" id="NO_BOOK"><h3>…</h3><p class="meaning">…</p><dl class="facts">…</dl></article>
/// ```
pub(super) fn article(contract: &Contract, prose: &Prose, entry: &Entry<'_>) -> String {
    let Entry {
        code,
        origin,
        raised_by,
        example,
    } = entry;
    let id = &code.code;
    let causes: String = code
        .causes
        .iter()
        .map(|cause| format!("<li>{}</li>\n", prose.words(cause)))
        .collect();
    let mut facts = vec![
        (
            label::MESSAGE,
            format!("<p class=\"message\">{}</p>", message(&code.message)),
        ),
        (label::CAUSES, format!("<ul>\n{causes}</ul>")),
        (label::REMEDY, format!("<p>{}</p>", prose.words(&code.remedy))),
        (label::RAISED_BY, raised(prose, raised_by)),
    ];
    if let Some(value) = example {
        facts.push((label::EXAMPLE, response(code.status, value)));
    }
    facts.push(("In Rust", preformatted("rust", &arm(contract, &code.variant))));
    facts.push(("Origin", format!("<p>{}.</p>", capitalized(origin))));
    if let Some(reason) = &code.inferred {
        facts.push((label::INFERRED, format!("<p>{}</p>", prose.words(reason))));
    }
    let facts: String = facts
        .iter()
        .map(|(label, content)| format!("<dt>{label}</dt>\n<dd>{content}</dd>\n"))
        .collect();
    format!(
        "<article class=\"code\" id=\"{id}\">\n\
         <header><h3><a href=\"#{id}\"><code>{}</code></a></h3>{}</header>\n\
         <p class=\"meaning\">{}</p>\n\
         <dl class=\"facts\">\n{facts}</dl>\n</article>\n",
        breakable(id),
        status(code.status),
        prose.words(&code.meaning),
    )
}

/// The message, with the place of the names marked.
fn message(text: &str) -> String {
    escape(text).replace(FIELD_NAME, &format!("<var>{FIELD_NAME}</var>"))
}

/// The arm of a `match` on the code of an error.
fn arm(contract: &Contract, variant: &str) -> String {
    format!("Some({}::{variant}) => {{}}", error_code::rust_name(contract))
}

fn raised(prose: &Prose, raised_by: &[RaisedBy<'_>]) -> String {
    let items = raised_by.iter().map(|RaisedBy { who, lines }| {
        let who = match who {
            Who::Every => "Every operation".to_owned(),
            Who::Operations(operations) => {
                let links = operations
                    .iter()
                    .map(|operation| linked_code(&operation_address(&operation.id), &operation.id));
                links.collect::<Vec<_>>().join(", ")
            }
            Who::Layers => "Layers around the operations".to_owned(),
        };
        let lines: String = lines
            .iter()
            .map(|line| format!("<li>{} {}</li>\n", kind(line.kind()), prose.words(&line.text())))
            .collect();
        format!("<li>{who}\n<ul class=\"ways\">\n{lines}</ul></li>\n")
    });
    format!("<ul class=\"raised\">\n{}</ul>", items.collect::<String>())
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
