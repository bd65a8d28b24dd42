//! Operations and codes: what can go wrong where, at a glance.

use std::collections::BTreeMap;

use super::super::html::linked_code;
use super::super::page::{kind, operation_address};
use crate::contract::Contract;
use crate::dictionary::{Dictionary, Kind};
use crate::raising::Raised;

/// Emits a row for each operation, with a mark for each kind of way in which it raises a code:
/// ```html
/// <tr><th scope="row">…</th><td>…</td></tr>
/// ```
pub(super) fn table(contract: &Contract, dictionary: &Dictionary<'_>) -> String {
    let codes: Vec<_> = contract
        .error_codes
        .iter()
        .map(|code| code.code.as_str())
        .collect();
    let columns: String = codes
        .iter()
        .map(|code| {
            format!(
                "<th scope=\"col\">{}</th>",
                linked_code(&format!("#{code}"), code)
            )
        })
        .collect();
    let rows: String = dictionary
        .operations
        .iter()
        .map(|(operation, raised)| {
            let id = &operation.id;
            let name = linked_code(&operation_address(id), id);
            // There are as many cells as operations times codes, and most of them are empty.
            let raised: BTreeMap<_, _> = raised.iter().map(|raised| (raised.code, cell(raised))).collect();
            let cells = codes
                .iter()
                .map(|code| raised.get(code).map_or("<td></td>", String::as_str));
            let cells: String = cells.collect();
            format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
        })
        .collect();
    let legend: String = Kind::ALL
        .iter()
        .map(|of| format!("<li>{} {}</li>\n", kind(*of), of.meaning()))
        .collect();
    format!(
        "<ul class=\"legend\">\n{legend}</ul>\n\
         <div class=\"matrix\" role=\"region\" aria-labelledby=\"matrix\" tabindex=\"0\">\n<table>\n\
         <thead><tr><td></td>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

/// The marks of one operation and one code.
fn cell(raised: &Raised<'_>) -> String {
    let present = Kind::ALL
        .iter()
        .filter(|of| raised.ways.iter().any(|way| way.kind() == **of));
    let marks: String = present.map(|of| kind(*of)).collect();
    format!("<td>{marks}</td>")
}
