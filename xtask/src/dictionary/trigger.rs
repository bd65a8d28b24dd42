//! A request that raises a code: the right one of an operation with one thing wrong, made from the document's examples.
//!
//! Knows no server. What takes state is tried with an identifier that nothing has, or as the document says.

mod curl;
mod request;
mod right;
mod shown;
mod wrong;

use crate::contract::{Contract, ErrorCode, Example, Operation};
use crate::dictionary::ways::words;
use crate::faults::{CREDENTIALS, FORBIDDEN};
use crate::raising::{Check, Constraint, Raised, Way};

pub use curl::variables;
pub use request::{Sender, Trigger};
use shown::Shown;
pub(super) use shown::fields;

/// The trigger of a code: of all operations and ways the one that the code's example is about, and of those the
/// shortest. Nothing where every way takes what no request has.
pub(super) fn of<'c: 'd, 'd>(
    contract: &'c Contract,
    raising: impl Iterator<Item = (&'c Operation, &'d Raised<'c>)>,
    code: &ErrorCode,
    example: Option<&Example>,
) -> Option<Trigger<'c>> {
    let shown = Shown::of(contract, code, example);
    let mut found: Vec<(Fit, Trigger<'c>)> = Vec::new();
    for (operation, raised) in raising {
        for way in &raised.ways {
            let fit = fit(way, &shown, operation);
            // Most ways are further from the example than one that is known, so that no request has to be made.
            if found.first().is_some_and(|(known, _)| *known < fit) {
                continue;
            }
            let trigger = match way {
                Way::Check(check) => wrong::breaking(contract, operation, check, &shown),
                Way::Fault(CREDENTIALS) => Some(sent_by(Sender::Nobody, contract, operation)),
                Way::Fault(FORBIDDEN) => Some(sent_by(Sender::Restricted, contract, operation)),
                Way::Fault(_) => Some(Trigger {
                    told: Some(code.code.clone()),
                    ..right::trigger(contract, operation, None)
                }),
                Way::Handler => wrong::unknown(contract, operation, &shown),
            };
            if let Some(trigger) = trigger {
                found.retain(|(known, _)| *known == fit);
                found.push((fit, trigger));
            }
        }
    }
    let triggers = found.into_iter().map(|(_, trigger)| trigger);
    triggers.min_by_key(|trigger| trigger.curl(contract).len())
}

/// The shortest request that an operation accepts.
pub(super) fn call<'c>(contract: &'c Contract, operation: &'c Operation) -> Trigger<'c> {
    right::trigger(contract, operation, None)
}

fn sent_by<'c>(sender: Sender, contract: &'c Contract, operation: &'c Operation) -> Trigger<'c> {
    Trigger {
        sender,
        ..right::trigger(contract, operation, None)
    }
}

/// How far a way is from the example: whether it is another parameter that is wrong, for another reason, or in a way
/// that no person is.
type Fit = (bool, bool, bool);

fn fit(way: &Way<'_>, shown: &Shown, operation: &Operation) -> Fit {
    match way {
        Way::Check(check) => {
            let names = named(check);
            let is_odd = matches!(check.constraint, Constraint::Type(_) | Constraint::Once);
            let is_whole = names.is_empty() != shown.fields.is_empty();
            (
                is_whole || !names.iter().all(|name| shown.fields.contains(name)),
                !shown.message.contains(&words(check)),
                is_odd,
            )
        }
        Way::Fault(CREDENTIALS) | Way::Handler => (false, false, false),
        // Who may not write may read all the same.
        Way::Fault(FORBIDDEN) => (operation.method == "GET", false, false),
        // What the sandbox has to be told to do.
        Way::Fault(_) => (true, true, true),
    }
}

/// The names that a response has for what breaks a constraint, those of the first item in place of any.
pub(super) fn named(check: &Check<'_>) -> Vec<String> {
    let name = match check.location {
        // An item of a list is named like the list.
        Some(_) => check.name.replace("[]", ""),
        None => check.name.replace("[]", "[0]"),
    };
    match &check.constraint {
        Constraint::AnyOf(alternatives) => {
            let within = |member: &String| match name.as_str() {
                "" => member.clone(),
                name => format!("{name}.{member}"),
            };
            let names: Vec<_> = alternatives.iter().flatten().map(within).collect();
            vec![names.join(",")]
        }
        _ if name.is_empty() => Vec::new(),
        _ => vec![name],
    }
}
