//! The failures that are in no operation: what callers read, and which code they have.

use super::super::html::Prose;
use crate::contract::Contract;
use crate::faults::FAULTS;
use crate::html::escape;

/// The place of a fault on the page. Names of codes have no hyphens, so that this is none of them.
pub(super) fn anchor(name: &str) -> String {
    format!("fault-{name}")
}

/// Emits a row for each fault:
/// ```html
/// <tr id="fault-syntax"><th scope="row"><code>syntax</code></th><td>…</td><td>…</td><td>…</td></tr>
/// ```
pub(super) fn table(contract: &Contract, prose: &Prose) -> String {
    let rows = FAULTS.iter().map(|fault| {
        let statuses: Vec<_> = fault.elsewhere.iter().map(u16::to_string).collect();
        let code = contract.code_of(fault.name).unwrap_or_default();
        format!(
            "<tr id=\"{}\"><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            anchor(fault.name),
            fault.name,
            escape(fault.message),
            statuses.join(", "),
            prose.words(&format!("`{code}`")),
        )
    });
    format!(
        "<p class=\"note\">A fault is a failure outside the handler of an operation. It has the status of its code. \
         Where a layer around the operations, such as a gateway or a rate limit, responds with one of the statuses in \
         the third column, callers get the code instead.</p>\n\
         <div class=\"scroll\" role=\"region\" aria-labelledby=\"faults\" tabindex=\"0\">\n<table class=\"list\">\n\
         <thead><tr><th scope=\"col\">Fault</th><th scope=\"col\">Callers read</th>\
         <th scope=\"col\">Elsewhere</th><th scope=\"col\">Code</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n",
        rows.collect::<String>()
    )
}

/// The statuses with which others report what has this code: those of its faults, and one whose words are in its
/// name.
pub(super) fn elsewhere(contract: &Contract, code: &str) -> Vec<u16> {
    let of_faults = FAULTS
        .iter()
        .filter(|fault| contract.code_of(fault.name) == Some(code));
    let mut statuses: Vec<u16> = of_faults.flat_map(|fault| fault.elsewhere).copied().collect();
    statuses.extend((400..600).filter(|status| {
        let known = http::StatusCode::from_u16(*status).ok();
        let words = known.and_then(|known| known.canonical_reason());
        words.is_some_and(|words| code.ends_with(&words.to_uppercase().replace(' ', "_")))
    }));
    statuses
}

/// The messages of the faults that have this code.
pub(super) fn messages<'c>(contract: &'c Contract, code: &'c str) -> impl Iterator<Item = &'static str> + 'c {
    let of_code = FAULTS
        .iter()
        .filter(move |fault| contract.code_of(fault.name) == Some(code));
    of_code.map(|fault| fault.message)
}
