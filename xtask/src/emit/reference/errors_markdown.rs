//! `errors.md`: what `errors.html` has, for a reader of the repository.

use std::fmt::Write as _;

use crate::contract::Contract;
use crate::dictionary::{Dictionary, Entry, RaisedBy, Who, label};
use crate::docs;
use crate::mark::MARK;

pub(super) fn page(contract: &Contract, dictionary: &Dictionary<'_>) -> String {
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
    for entry in dictionary.entries() {
        out.push('\n');
        out.push_str(&section(&entry));
    }
    out
}

fn section(entry: &Entry<'_>) -> String {
    let Entry {
        code,
        origin,
        raised_by,
        example,
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
    if let Some(value) = example {
        let _ = writeln!(out, "\n{}:\n\n```json\n{value:#}\n```", label::EXAMPLE);
    }
    out
}
