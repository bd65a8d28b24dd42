//! `errors.md`: what `errors.html` has, for a reader of the repository.

use std::fmt::Write as _;

use super::inferred::Inferred;
use super::json;
use crate::contract::Contract;
use crate::dictionary::{Dictionary, Entry, Kind, RaisedBy, Who, label};
use crate::docs;
use crate::faults::FAULTS;
use crate::mark::MARK;

pub(super) fn page(
    contract: &Contract,
    dictionary: &Dictionary<'_>,
    entries: &[Entry<'_>],
    inferred: &[Inferred],
) -> String {
    let info = &contract.info;
    let mut out = format!(
        "<!-- {MARK} -->\n\n# Error codes of the {} {}\n",
        info.title, info.version
    );
    out.push_str("\n| Code | Status | Message |\n| --- | --- | --- |\n");
    for code in &contract.error_codes {
        let _ = writeln!(
            out,
            "| [`{0}`](#{1}) | {2} | {3} |",
            code.code,
            code.code.to_lowercase(),
            code.status,
            code.message.replace('|', "\\|")
        );
    }
    for entry in entries {
        out.push('\n');
        out.push_str(&section(contract, entry));
    }
    out.push_str(&matrix(dictionary));
    out.push_str(&faults(contract));
    for code in &contract.retired_codes {
        let _ = writeln!(
            out,
            "\n## {}\n\nRetired: no response has it any more, and no other code will have its name.",
            code.value
        );
    }
    out.push_str("\n## What is inferred\n\n| What | Why it is believed |\n| --- | --- |\n");
    for found in inferred {
        let _ = writeln!(out, "| {} | {} |", cell(&found.what), cell(&found.reason));
    }
    out
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace('|', "\\|")
}

/// The codes of each operation: a table of all pairs would be too wide for a code host.
fn matrix(dictionary: &Dictionary<'_>) -> String {
    let mut out = "\n## What can go wrong where\n\n".to_owned();
    let headings = Kind::ALL.map(|kind| format!(" By {} |", kind.meaning()));
    let _ = writeln!(
        out,
        "| Operation |{}\n| --- | --- | --- | --- |",
        headings.concat()
    );
    for (operation, raised) in &dictionary.operations {
        let columns = Kind::ALL.map(|kind| {
            let of_kind = raised
                .iter()
                .filter(|raised| raised.ways.iter().any(|way| way.kind() == kind));
            let codes: Vec<_> = of_kind.map(|raised| format!("`{}`", raised.code)).collect();
            format!(" {} |", codes.join(", "))
        });
        let _ = writeln!(out, "| `{}` |{}", operation.id, columns.concat());
    }
    out
}

fn faults(contract: &Contract) -> String {
    let mut out = "\n## What goes wrong outside the operations\n\n".to_owned();
    out.push_str("| Fault | Callers read | Elsewhere | Code |\n| --- | --- | --- | --- |\n");
    for fault in FAULTS {
        let statuses: Vec<_> = fault.elsewhere.iter().map(u16::to_string).collect();
        let code = contract.code_of(fault.name).unwrap_or_default();
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | `{code}` |",
            fault.name,
            cell(fault.message),
            statuses.join(", ")
        );
    }
    out
}

fn section(contract: &Contract, entry: &Entry<'_>) -> String {
    let Entry {
        code,
        origin,
        raised_by,
        example,
        trigger,
        ..
    } = entry;
    let mut out = format!("## {}\n\n", code.code);
    for line in docs::wrapped(&docs::error_code_docs(code)) {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "\nOrigin: {origin}.\n\n{}:\n", label::RAISED_BY);
    for RaisedBy { who, lines } in raised_by {
        let who = match who {
            Who::Every => "every operation".to_owned(),
            Who::Operations(operations) => {
                let names: Vec<_> = operations
                    .iter()
                    .map(|operation| format!("`{}`", operation.id))
                    .collect();
                names.join(", ")
            }
            Who::Layers => "layers around the operations".to_owned(),
        };
        let _ = writeln!(out, "- {who}");
        for line in lines {
            let _ = writeln!(out, "  - {}", line.text());
        }
    }
    if let Some(names) = entry.names() {
        let _ = writeln!(out, "\n{}: {names}.", label::FIELDS);
    }
    if let Some(value) = example {
        let _ = writeln!(
            out,
            "\n{}:\n\n```json\n{}\n```",
            label::EXAMPLE,
            json::pretty(value)
        );
    }
    if let Some(trigger) = trigger {
        let _ = writeln!(
            out,
            "\n{}:\n\n```sh\n{}\n```",
            label::TRIGGER,
            trigger.curl(contract)
        );
    }
    out
}
