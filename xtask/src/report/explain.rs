//! One rule or one error code, or all of them, as text for a terminal.
//!
//! All words are those of `rule` and of the contract.

use std::fmt::Write as _;

use super::terminal::wrap;
use crate::contract::{Contract, ErrorCode, Origin};
use crate::rule::Rule;

/// A rule: what it is about, and what to do.
#[must_use]
pub fn rule(rule: Rule) -> String {
    let mut out = format!("{}\n\n", rule.id());
    out.push_str(&wrap(rule.explanation(), "", ""));
    out.push('\n');
    out.push_str(&wrap(rule.help(), "help: ", "      "));
    out
}

/// All rules, a line each.
#[must_use]
pub fn rules() -> String {
    Rule::ALL.iter().map(|rule| format!("{}\n", rule.id())).collect()
}

/// An error code: what the document says of it, and which operations respond with it.
#[must_use]
pub fn code(contract: &Contract, code: &ErrorCode) -> String {
    let origin = match code.origin {
        Origin::ErrorPage => "the API's page of error codes",
        Origin::OperationPage => "the page of an operation",
        Origin::Extension => "no public page; an extension",
    };
    let mut out = format!("{}  status {}  ({origin})\n\n", code.code, code.status);
    out.push_str(&wrap(&code.meaning, "", ""));
    out.push_str("\nLikely causes:\n");
    for cause in &code.causes {
        out.push_str(&wrap(cause, "  - ", "    "));
    }
    out.push('\n');
    out.push_str(&wrap(&code.remedy, "What to do: ", "  "));
    let raising = contract
        .operations
        .iter()
        .filter(|operation| operation.codes.contains(&code.code));
    let raising: Vec<_> = raising.map(|operation| operation.id.as_str()).collect();
    out.push('\n');
    out.push_str(&wrap(&raising.join(", "), "Operations: ", "  "));
    let is_shown = |value: &serde_json::Value| {
        let status = value.get(&contract.envelope.member);
        let shown = status.and_then(|status| status.get(&contract.envelope.code));
        shown.and_then(serde_json::Value::as_str) == Some(code.code.as_str())
    };
    if let Some(example) = contract.examples.iter().find(|example| is_shown(&example.value)) {
        let _ = writeln!(out, "\nExample:\n{:#}", example.value);
    }
    out
}

/// All error codes, a line each.
#[must_use]
pub fn codes(contract: &Contract) -> String {
    let width = contract
        .error_codes
        .iter()
        .map(|code| code.code.len())
        .max()
        .unwrap_or_default();
    let line = |code: &ErrorCode| format!("{:width$}  {}\n", code.code, code.status);
    contract.error_codes.iter().map(line).collect()
}
