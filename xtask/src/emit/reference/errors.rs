//! `errors.html`: a place for each error code, what can go wrong where, and what is inferred.
//!
//! The order of the page is the order of this file. Each part has a file of its own.

mod entry;
mod matrix;

use std::collections::BTreeMap;

use super::html::{Prose, escape};
use super::page::{ERRORS, OPERATIONS, Page, preformatted, status, status_words};
use crate::contract::Contract;
use crate::dictionary::{Dictionary, Entry};

pub(super) fn page(contract: &Contract, dictionary: &Dictionary<'_>) -> String {
    let prose = Prose {
        links: links(contract),
    };
    let entries: Vec<_> = dictionary.entries().collect();
    let articles = entries
        .iter()
        .map(|entry| entry::article(contract, &prose, entry));
    let content = [
        anatomy(contract, &entries),
        section("codes", "The codes", &articles.collect::<String>()),
        section("matrix", "What can go wrong where", &matrix::table(dictionary)),
    ];
    Page {
        file: ERRORS,
        lead: lead(contract),
        index: index(&entries),
        content: content.concat(),
        contract,
        prose: &prose,
    }
    .html()
}

/// Where codes and operations are described.
fn links(contract: &Contract) -> BTreeMap<String, String> {
    let codes = contract.error_codes.iter();
    let codes = codes.map(|code| (code.code.clone(), format!("#{}", code.code)));
    let operations = contract.operations.iter();
    let operations = operations.map(|operation| (operation.id.clone(), operation_address(&operation.id)));
    codes.chain(operations).collect()
}

fn operation_address(id: &str) -> String {
    format!("{OPERATIONS}#{id}")
}

fn section(id: &str, title: &str, content: &str) -> String {
    format!(
        "<section class=\"part\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{content}</section>\n"
    )
}

fn lead(contract: &Contract) -> String {
    let codes = contract.error_codes.len();
    let operations = contract.operations.len();
    format!(
        "{codes} codes say what went wrong, whichever of the {operations} operations failed. Each has one status, one meaning and one \
         place on this page."
    )
}

/// The codes by their statuses, and the search box, which a script shows.
fn index(entries: &[Entry<'_>]) -> String {
    let mut statuses: Vec<u16> = entries.iter().map(|entry| entry.code.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let groups = statuses.iter().map(|of| {
        let codes = entries.iter().filter(|entry| entry.code.status == *of);
        let items = codes.map(|entry| {
            let code = &entry.code.code;
            format!(
                "<li><a href=\"#{code}\"><code>{}</code></a></li>\n",
                breakable(code)
            )
        });
        format!(
            "<p class=\"group\">{}</p>\n<ul>\n{}</ul>\n",
            status(*of),
            items.collect::<String>()
        )
    });
    format!(
        "<nav class=\"index\" aria-label=\"Error codes\">\n\
         <search hidden><label for=\"-search\">Search</label>\
         <input id=\"-search\" type=\"search\" placeholder=\"A code, a status, a word, a line of a log\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"-found\">\
         <p id=\"-found\" role=\"status\"></p></search>\n\
         {}<ul class=\"further\">\n<li><a href=\"#matrix\">What can go wrong where</a></li>\n</ul>\n</nav>",
        groups.collect::<String>()
    )
}

/// A code that may go on in the next line after an underscore.
fn breakable(code: &str) -> String {
    escape(code).replace('_', "_<wbr>")
}

/// What a failing response consists of.
fn anatomy(contract: &Contract, entries: &[Entry<'_>]) -> String {
    let envelope = &contract.envelope;
    let shown = entries.iter().find(|entry| entry.code.names_parameter());
    let shown = shown
        .or(entries.first())
        .and_then(|entry| Some((entry.code, entry.example?)));
    let example = shown
        .map(|(code, value)| response(code.status, value))
        .unwrap_or_default();
    let words = format!(
        "<dl class=\"facts\">\n\
         <dt><code>{}</code></dt><dd>What went wrong. Decide by it. Codes can be added at any time, so expect one that is not on this page.</dd>\n\
         <dt><code>{}</code></dt><dd>A sentence for people. It may be reworded at any time.</dd>\n\
         <dt><code>{}</code></dt><dd>The parameters at fault, each under <code>{}</code>. Left out where none can be named.</dd>\n\
         </dl>\n",
        escape(&envelope.code),
        escape(&envelope.message),
        escape(&envelope.entries),
        escape(&envelope.field),
    );
    section("reading", "How to read a failing response", &(example + &words))
}

/// A response: its status line and its body.
fn response(status: u16, body: &serde_json::Value) -> String {
    let head = format!(
        "HTTP/1.1 {}\nContent-Type: application/json\n\n",
        status_words(status)
    );
    preformatted("http", &format!("{head}{body:#}"))
}
