//! `errors.html`: a place for each error code, what can go wrong where, and what is inferred.
//!
//! The order of the page is the order of this file. Each part has a file of its own.

mod entry;
mod faults;
mod matrix;

use std::collections::BTreeMap;

use super::html::{Prose, breakable};
use super::inferred::Inferred;
use super::page::{ERRORS, Page, arm, operation_address, preformatted, response, search, status};
use crate::contract::Contract;
use crate::dictionary::{Dictionary, Entry, variables};
use crate::html::escape;
use crate::names;

pub(super) fn page(
    contract: &Contract,
    dictionary: &Dictionary<'_>,
    entries: &[Entry<'_>],
    inferred: &[Inferred],
) -> String {
    let prose = Prose {
        links: links(contract),
    };
    // The names of faults are words, which elsewhere mean something else.
    let ways = Prose {
        links: links(contract).into_iter().chain(fault_links()).collect(),
    };
    let articles = entries
        .iter()
        .map(|entry| entry::article(contract, &prose, &ways, entry));
    let content = [
        anatomy(contract, entries),
        section("trying", "How to meet each code", &trying(contract, entries)),
        section("codes", "The codes", &articles.collect::<String>()),
        section("matrix", MATRIX, &matrix::table(contract, dictionary)),
        section("faults", FAULTS, &faults::table(contract, &prose)),
        section("inferred", INFERRED, &reasons(inferred, &prose)),
        retired(contract),
    ];
    Page {
        file: ERRORS,
        lead: lead(contract),
        index: index(entries),
        content: content.concat(),
        contract,
        prose: &prose,
    }
    .html()
}

const MATRIX: &str = "What can go wrong where";
const FAULTS: &str = "What goes wrong outside the operations";
const INFERRED: &str = "What is inferred";

fn fault_links() -> impl Iterator<Item = (String, String)> {
    let faults = crate::faults::FAULTS.iter();
    faults.map(|fault| (fault.name.to_owned(), format!("#{}", faults::anchor(fault.name))))
}

/// What no public page shows, with the reason why it is believed.
fn reasons(all: &[Inferred], prose: &Prose) -> String {
    let rows = all.iter().map(|found| {
        format!(
            "<dt>{}</dt>\n<dd><p>{}</p></dd>\n",
            prose.words(&found.what),
            prose.words(&found.reason)
        )
    });
    format!(
        "<p class=\"note\">No public page shows these {} things. This is why they are believed.</p>\n\
         <dl class=\"facts inferred\">\n{}</dl>\n",
        all.len(),
        rows.collect::<String>()
    )
}

/// The codes that were removed. Their anchors stay, because links to them do.
fn retired(contract: &Contract) -> String {
    let codes = contract.retired_codes.iter();
    let codes = codes.map(|code| {
        let code = escape(&code.value);
        format!(
            "<dt id=\"{code}\"><code>{code}</code></dt>\n\
             <dd>No response has it any more, and no other code will have its name.</dd>\n"
        )
    });
    match codes.collect::<String>() {
        codes if codes.is_empty() => codes,
        codes => section(
            "retired",
            "Retired codes",
            &format!("<dl class=\"facts inferred\">\n{codes}</dl>\n"),
        ),
    }
}

/// Where codes and operations are described.
fn links(contract: &Contract) -> BTreeMap<String, String> {
    let codes = contract.error_codes.iter();
    let codes = codes.map(|code| (code.code.clone(), format!("#{}", code.code)));
    let operations = contract.operations.iter();
    let operations = operations.map(|operation| (operation.id.clone(), operation_address(&operation.id)));
    codes.chain(operations).collect()
}

fn section(id: &str, title: &str, content: &str) -> String {
    format!("<section class=\"part\">\n<h2 id=\"{id}\">{title}</h2>\n{content}</section>\n")
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
    let further = [("matrix", MATRIX), ("faults", FAULTS), ("inferred", INFERRED)];
    let further = further.map(|(id, title)| format!("<li><a href=\"#{id}\">{title}</a></li>\n"));
    format!(
        "<nav class=\"index\" aria-label=\"Error codes\">\n{}{}<ul class=\"further\">\n{}</ul>\n</nav>",
        search("Code, status, word or log line"),
        groups.collect::<String>(),
        further.concat()
    )
}

/// What a failing response consists of.
fn anatomy(contract: &Contract, entries: &[Entry<'_>]) -> String {
    let envelope = &contract.envelope;
    let shown = entries.iter().find(|entry| entry.code.names_parameter());
    let shown = shown
        .or(entries.first())
        .and_then(|entry| Some((entry.code, entry.example?)));
    let example = shown
        .map(|(code, value)| response(contract, code.status, value))
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
    let rust = shown.map(|(code, _)| {
        let arms = format!("match error.code() {{\n    {}\n    _ => return Err(error),\n}}", arm(contract, &code.variant));
        format!(
            "<p>In Rust, <code>error.fields()</code> has the names and <code>error.help()</code> the place on this page:</p>\n{}",
            preformatted("rust", &arms)
        )
    });
    let content = example + &words + &rust.unwrap_or_default();
    section("reading", "How to read a failing response", &content)
}

/// The sandbox, and the variables that the commands of this page take credentials from.
fn trying(contract: &Contract, entries: &[Entry<'_>]) -> String {
    let triggers = entries.iter().filter_map(|entry| entry.trigger.as_ref());
    let ordinary = triggers.filter(|trigger| trigger.told.is_none()).count();
    let start = format!(
        "cargo run -p {}",
        names::crate_name(&contract.info.crate_prefix, "sandbox")
    );
    let variables = variables(contract);
    format!(
        "<p>The sandbox is a server for trials, with the rules of the API and data of its own. When it starts it prints the lines that set these variables of a shell; with them, {} of the {} codes are a command away.</p>\n{}\n{}",
        ordinary,
        entries.len(),
        preformatted("sh", &start),
        preformatted("sh", &variables),
    )
}
