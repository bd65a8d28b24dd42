//! One error code on `errors.html`.

use super::super::html::{Prose, breakable, linked_code};
use super::super::page::{arm, kind, operation_address, preformatted, response, status};
use super::faults;
use crate::contract::{Contract, FIELD_NAME};
use crate::dictionary::{Entry, RaisedBy, Who, label};
use crate::html::escape;

/// Emits:
/// ```html
/// <article class="code" id="NO_BOOK"><h3>…</h3><p class="meaning">…</p><dl class="facts">…</dl></article>
/// ```
pub(super) fn article(contract: &Contract, prose: &Prose, ways: &Prose, entry: &Entry<'_>) -> String {
    let Entry {
        code,
        origin,
        raised_by,
        example,
        trigger,
        ..
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
        (label::RAISED_BY, raised(ways, raised_by)),
    ];
    let names = entry.names().map(|names| prose.words(&names));
    let names = names.unwrap_or_else(|| {
        format!(
            "None. <code>{}</code> is left out.",
            escape(&contract.envelope.entries)
        )
    });
    facts.push((label::FIELDS, format!("<p>{names}</p>")));
    if let Some(value) = example {
        facts.push((label::EXAMPLE, response(contract, code.status, value)));
    }
    if let Some(trigger) = trigger {
        facts.push((label::TRIGGER, preformatted("sh", &trigger.curl(contract))));
    }
    facts.push(("In Rust", preformatted("rust", &arm(contract, &code.variant))));
    facts.push(("Origin", format!("<p>{}.</p>", capitalized(origin))));
    if let Some(reason) = &code.inferred {
        facts.push((label::INFERRED, format!("<p>{}</p>", prose.words(reason))));
    }
    let also: Vec<_> = faults::elsewhere(contract, id)
        .iter()
        .map(u16::to_string)
        .collect();
    let facts: String = facts
        .iter()
        .map(|(label, content)| format!("<dt>{label}</dt>\n<dd>{content}</dd>\n"))
        .collect();
    format!(
        "<article class=\"code\" id=\"{id}\" data-also=\"{}\" data-messages=\"{}\">\n\
         <header><h3><a href=\"#{id}\"><code>{}</code></a></h3>{}</header>\n\
         <p class=\"meaning\">{}</p>\n\
         <dl class=\"facts\">\n{facts}</dl>\n</article>\n",
        also.join(" "),
        escape(&messages(contract, entry).join("\n")),
        breakable(id),
        status(code.status),
        prose.words(&code.meaning),
    )
}

/// The messages by which the code is found: its own, that of a check in its example, and those of its faults.
fn messages(contract: &Contract, entry: &Entry<'_>) -> Vec<String> {
    let envelope = &contract.envelope;
    let shown = entry.example.and_then(|value| {
        let status = value.get(&envelope.member)?;
        let said = status.get(&envelope.message)?.as_str()?;
        let named = status
            .get(&envelope.entries)?
            .get(0)?
            .get(&envelope.field)?
            .as_str()?;
        Some(format!("{FIELD_NAME}{}", said.strip_prefix(named)?))
    });
    let own = entry.code.message.clone();
    let of_faults = faults::messages(contract, &entry.code.code).map(str::to_owned);
    let mut messages: Vec<_> = std::iter::once(own).chain(shown).chain(of_faults).collect();
    messages.dedup();
    messages
}

/// The message, with the place of the names marked.
fn message(text: &str) -> String {
    escape(text).replace(FIELD_NAME, &format!("<var>{FIELD_NAME}</var>"))
}

fn raised(ways: &Prose, raised_by: &[RaisedBy<'_>]) -> String {
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
            .map(|line| {
                format!(
                    "<li>{} <span>{}</span></li>\n",
                    kind(line.kind()),
                    ways.words(&line.text())
                )
            })
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
