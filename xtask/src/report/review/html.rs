//! A review as one HTML page that needs nothing else: no script, no font, no address.

use std::fmt::Write as _;

use super::parts::{Reviewed, affected, changes, finding_values, mark, reach};
use crate::html::escape;
use crate::review::{Finding, Shown};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1b1b1b;background:#fff}table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3rem \
.5rem;text-align:left;vertical-align:top}pre{background:#f4f4f4;padding:.6rem;overflow:auto}code{background:#f4f4f4}\
article{border-left:.3rem solid #999;padding:.1rem .8rem;margin:1rem 0}.fails{border-color:#b00020}.accepted{border-color\
:#2e7d32}.major,.error{color:#b00020}del{color:#b00020;text-decoration:none}ins{color:#1b5e20;text-decoration:none}\
dt{font-weight:600}dd{margin:0 0 .3rem}@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}pre,code\
{background:#262626}del,.major,.error{color:#ff8a80}ins{color:#a5d6a7}}";

/// Renders a review.
#[must_use]
pub fn html(reviewed: &Reviewed<'_>) -> String {
    let review = reviewed.review;
    let verdicts = review.verdicts;
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>Review of {head}</title>\n<style>{STYLE}</style>\n<h1>Review of \
         <code>{head}</code></h1>\n<p>Compared with <code>{base}</code>.</p>\n",
        head = escape(&reviewed.head.source.name),
        base = escape(&reviewed.base.source.name),
    );
    let shown = [
        ("wire", verdicts.wire),
        ("Rust client", verdicts.client),
        ("server trait", verdicts.server),
    ];
    let shown =
        shown.map(|(name, verdict)| format!("{name} <strong class=\"{0}\">{0}</strong>", verdict.name()));
    let _ = writeln!(
        out,
        "<p>{}; {}</p>",
        shown.join(", "),
        escape(&reviewed.version_line())
    );
    codes(reviewed, &mut out);
    let _ = writeln!(out, "<h2>Findings</h2>");
    if review.findings.is_empty() {
        out.push_str("<p>None.</p>\n");
    }
    for finding in &review.findings {
        one(reviewed, finding, &mut out);
    }
    if let Some(response) = &review.affected {
        let _ = writeln!(
            out,
            "<h2>A response before and after: {}</h2>",
            escape(&response.name)
        );
        for (when, shown) in [("Before", &response.base), ("After", &response.head)] {
            let _ = match shown {
                Some(Shown { status, body }) => {
                    writeln!(
                        out,
                        "<p>{when}: {}</p>\n<pre>{}</pre>",
                        escape(status),
                        escape(&format!("{body:#}"))
                    )
                }
                None => writeln!(out, "<p>{when}: none</p>"),
            };
        }
    }
    items(reviewed, &mut out);
    out.push_str("</html>\n");
    out
}

fn codes(reviewed: &Reviewed<'_>, out: &mut String) {
    let table = &reviewed.review.table;
    if table.is_empty() {
        return;
    }
    out.push_str("<h2>Error codes</h2>\n<table>\n<tr><th>code<th><th>before<th>after\n");
    for row in table {
        let mark = mark(row);
        for (name, old, new) in changes(row) {
            let _ = writeln!(
                out,
                "<tr><td><code>{}</code>{mark}<td>{name}<td><del>{}</del><td><ins>{}</ins>",
                escape(&row.code),
                escape(&old),
                escape(&new)
            );
        }
    }
    out.push_str("</table>\n");
}

fn one(reviewed: &Reviewed<'_>, finding: &Finding, out: &mut String) {
    let class = match (finding.fails(), &finding.accepted) {
        (true, _) => "fails",
        (false, Some(_)) => "accepted",
        (false, None) => "passes",
    };
    let level = finding.level().name();
    let _ = writeln!(
        out,
        "<article class=\"{class}\">\n<h3><span class=\"{level}\">{level}</span> <code>{}</code>: {}</h3>\n<dl>",
        finding.rule.id(),
        sentence(&finding.sentence)
    );
    let mut term = |name: &str, text: &str| {
        if !text.is_empty() {
            let _ = writeln!(out, "<dt>{name}<dd>{}", sentence(text));
        }
    };
    term("Where", &reviewed.places(finding).join(" → "));
    for (when, value) in finding_values(finding) {
        term(when, &value);
    }
    term("Reach", &reach(&finding.operations).unwrap_or_default());
    term("Who", &affected(finding));
    term("What to do", finding.rule.explanation().help);
    for problem in &finding.problems {
        term("Problem", &format!("{}: {}", problem.rule.id(), problem.sentence));
    }
    term("Accepted", finding.accepted.as_deref().unwrap_or_default());
    term("Fingerprint", &finding.fingerprint);
    out.push_str("</dl>\n</article>\n");
}

fn items(reviewed: &Reviewed<'_>, out: &mut String) {
    let lines = reviewed.item_lines();
    if lines.is_empty() {
        return;
    }
    out.push_str("<h2>Public items in Rust</h2>\n<pre>");
    for line in lines {
        let text = escape(&line);
        let _ = match line.chars().next() {
            Some('-') => writeln!(out, "<del>{text}</del>"),
            Some('+') => writeln!(out, "<ins>{text}</ins>"),
            _ => writeln!(out, "{text}"),
        };
    }
    out.push_str("</pre>\n");
}

/// A sentence of ours, in which names are between backticks.
fn sentence(text: &str) -> String {
    let parts: Vec<_> = text.split('`').map(escape).collect();
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let parts = parts.iter().enumerate().map(|(at, part)| match at % 2 {
        0 => part.clone(),
        _ => format!("<code>{part}</code>"),
    });
    parts.collect()
}
