//! Error codes, operations, statuses and rules as text for a terminal: one of them, or all.
//!
//! All words about the API are those of the contract, and those about rules are those of `rule`.

use std::fmt::Write as _;

use super::terminal::wrap;
use crate::contract::{Contract, ErrorCode, Operation};
use crate::dictionary::{Dictionary, Entry, Line, RaisedBy, Who, label};
use crate::names::{is_same, nearest};
use crate::raising::raised;
use crate::review::{Explanation, ReviewRule};
use crate::rule::Rule;

/// The most names that are proposed in place of an unknown one.
const MAX_PROPOSED: usize = 5;

/// A rule: what it is about, and what to do. Nothing if no rule has this name.
#[must_use]
pub fn rule(name: &str) -> Option<String> {
    let Some(rule) = Rule::ALL.iter().find(|rule| is_same(rule.id(), name)) else {
        return review_rule(name);
    };
    let mut out = format!("{}\n\n", rule.id());
    out.push_str(&wrap(rule.explanation(), "", ""));
    out.push('\n');
    out.push_str(&wrap(rule.help(), "help: ", "      "));
    Some(out)
}

/// A rule of a review: why there is one, a change that it claims, and what to do.
fn review_rule(name: &str) -> Option<String> {
    let mut rules = ReviewRule::ALL.iter();
    let (rule, id) = rules.find(|(_, id)| is_same(id, name))?;
    let Explanation { why, example, help } = rule.explanation();
    let mut out = format!("{id}\n\n");
    out.push_str(&wrap(why, "", ""));
    out.push('\n');
    if !example.is_empty() {
        for line in example.lines() {
            out.push_str(&wrap(line, "  ", "    "));
        }
        out.push('\n');
    }
    out.push_str(&wrap(help, "help: ", "      "));
    Some(out)
}

/// All error codes, with status and message, all rules of documents, and all rules of reviews.
#[must_use]
pub fn overview(contract: &Contract) -> String {
    let mut out = contract.error_codes.iter().map(entry).collect::<String>();
    out.push('\n');
    for rule in Rule::ALL {
        let _ = writeln!(out, "{}", rule.id());
        out.push_str(&wrap(first_sentence(rule.explanation()), "  ", "  "));
    }
    out.push_str("\nin reviews\n\n");
    for (rule, id) in ReviewRule::ALL {
        let _ = writeln!(out, "{id}");
        out.push_str(&wrap(first_sentence(rule.explanation().why), "  ", "  "));
    }
    out
}

/// What the contract has under a name: an error code, an operation or a status.
///
/// # Errors
///
/// The contract has nothing of this name, and neither have the rules: what to say then.
pub fn named(contract: &Contract, name: &str) -> Result<String, String> {
    let mut codes = contract.error_codes.iter();
    if let Some(found) = codes.find(|known| is_same(&known.code, name)) {
        return Ok(code(contract, found));
    }
    let mut operations = contract.operations.iter();
    if let Some(found) = operations.find(|known| is_same(&known.id, name)) {
        return Ok(operation(contract, found));
    }
    if let Ok(status) = name.parse::<u16>() {
        return of_status(contract, status);
    }
    let mut out = wrap(
        &format!("error: `{name}` is no error code, operation, status or rule"),
        "",
        "  ",
    );
    let proposed = proposed(contract, name);
    let help = if proposed.is_empty() {
        "`cargo xtask explain` lists the error codes and the rules".to_owned()
    } else {
        format!("did you mean {}?", proposed.join(" or "))
    };
    out.push_str(&wrap(&help, "  = help: ", "    "));
    Err(out)
}

/// The names that may have been meant: the one that differs least, or those that hold what was given.
fn proposed(contract: &Contract, given: &str) -> Vec<String> {
    let codes = contract.error_codes.iter().map(|code| code.code.as_str());
    let operations = contract.operations.iter().map(|operation| operation.id.as_str());
    let rules = Rule::ALL.iter().map(|rule| rule.id());
    let rules = rules.chain(ReviewRule::ALL.iter().map(|(_, id)| *id));
    let names: Vec<_> = codes.chain(operations).chain(rules).collect();
    let quoted = |name: &str| format!("`{name}`");
    if let Some(name) = nearest(given, names.iter().copied()) {
        return vec![quoted(name)];
    }
    let given = given.to_lowercase();
    let holding = names.into_iter().filter(|name| {
        let has_letters = given.chars().count() > 2;
        has_letters && name.to_lowercase().contains(&given)
    });
    holding.take(MAX_PROPOSED).map(quoted).collect()
}

/// A code with its status, and its message below it.
fn entry(code: &ErrorCode) -> String {
    format!("{}  {}\n", code.code, code.status) + &wrap(&code.message, "  ", "  ")
}

fn of_status(contract: &Contract, status: u16) -> Result<String, String> {
    let codes = contract.error_codes.iter();
    let out: String = codes.filter(|code| code.status == status).map(entry).collect();
    if out.is_empty() {
        let mut known: Vec<_> = contract.error_codes.iter().map(|code| code.status).collect();
        known.sort_unstable();
        known.dedup();
        let known: Vec<_> = known.iter().map(u16::to_string).collect();
        return Err(format!(
            "error: no error code has the status {status}\n  = help: the statuses of error codes are {}\n",
            known.join(", ")
        ));
    }
    Ok(format!("status {status}\n\n{out}"))
}

fn code(contract: &Contract, code: &ErrorCode) -> String {
    let entry = Dictionary::of(contract).entry(code);
    let names = entry.names();
    let Entry {
        code,
        origin,
        raised_by,
        example,
        trigger,
        ..
    } = entry;
    let mut out = wrap(
        &format!("{}  status {}  ({origin})", code.code, code.status),
        "",
        "  ",
    );
    out.push('\n');
    out.push_str(&labelled(label::MESSAGE, &code.message));
    out.push('\n');
    out.push_str(&wrap(&code.meaning, "", ""));
    let _ = writeln!(out, "\n{}:", label::CAUSES);
    for cause in &code.causes {
        out.push_str(&wrap(cause, "  - ", "    "));
    }
    out.push('\n');
    out.push_str(&labelled(label::REMEDY, &code.remedy));
    if let Some(reason) = &code.inferred {
        out.push('\n');
        out.push_str(&labelled(label::INFERRED, reason));
    }
    let _ = writeln!(out, "\n{}", label::RAISED_BY);
    for RaisedBy { who, lines } in raised_by {
        let who = match who {
            Who::Every => "every operation".to_owned(),
            Who::Operations(operations) => {
                let names: Vec<_> = operations.iter().map(|operation| operation.id.as_str()).collect();
                names.join(", ")
            }
            Who::Layers => "layers around the operations".to_owned(),
        };
        out.push_str(&wrap(&who, "  ", "    "));
        out.push_str(&indented(&lines, "    "));
    }
    if let Some(names) = names {
        out.push('\n');
        out.push_str(&labelled(label::FIELDS, &names));
    }
    if let Some(example) = example {
        let _ = writeln!(out, "\n{}:", label::EXAMPLE);
        for line in format!("{example:#}").lines() {
            let indent = line.len() - line.trim_start().len();
            let (first, rest) = (" ".repeat(indent), " ".repeat(indent + 2));
            out.push_str(&wrap(line.trim_start(), &first, &rest));
        }
    }
    if let Some(trigger) = trigger {
        // Wrapped, it would not be a command any more.
        let _ = writeln!(out, "\n{}:\n{}", label::TRIGGER, trigger.curl(contract));
    }
    out
}

fn labelled(label: &str, text: &str) -> String {
    wrap(text, &format!("{label}: "), "  ")
}

fn indented(lines: &[Line<'_>], indent: &str) -> String {
    let lines = lines.iter().map(Line::text);
    lines
        .map(|line| wrap(&line, indent, &format!("{indent}  ")))
        .collect()
}

fn operation(contract: &Contract, operation: &Operation) -> String {
    let Operation { id, method, path, .. } = operation;
    let mut out = wrap(&format!("{id}  {method} {path}"), "", "  ");
    out.push('\n');
    out.push_str(&wrap(&operation.summary, "", ""));
    for raised in raised(contract.into(), operation) {
        let codes = &mut contract.error_codes.iter();
        let status = codes
            .find(|known| known.code == raised.code)
            .map_or(0, |code| code.status);
        let _ = writeln!(
            out,
            "\n{status}  {}\n{}",
            raised.code,
            indented(&raised.lines(), "  ").trim_end()
        );
    }
    out
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").and_then(|end| text.get(..=end)).unwrap_or(text)
}
