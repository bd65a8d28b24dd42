//! Everything that there is to say about an error code: what `explain`, the documentation of its variant and both
//! pages of the reference show of it.
//!
//! Plain data. All words about the API are those of the contract; how they are set is the matter of each reader.

mod trigger;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::contract::{Contract, ErrorCode, Example, Operation, Origin};
use crate::raising::{Raised, Way, around, raised};

pub use trigger::{Sender, Trigger, variables};
pub use ways::{Kind, Line};

/// What the parts of an entry are called, wherever it is shown.
pub mod label {
    /// Before the message.
    pub const MESSAGE: &str = "Callers read";
    /// Before the causes.
    pub const CAUSES: &str = "Likely causes";
    /// Before the remedy.
    pub const REMEDY: &str = "What to do";
    /// Before the reason why something is believed though no public page says so.
    pub const INFERRED: &str = "Inferred";
    /// Before the operations.
    pub const RAISED_BY: &str = "Raised by";
    /// Before an example of a response.
    pub const EXAMPLE: &str = "Example";
    /// Before the names of parameters.
    pub const FIELDS: &str = "Field names";
    /// Before a request that raises the code on the sandbox.
    pub const TRIGGER: &str = "Try it";
}

/// All error codes of a contract, and how its operations raise them.
pub struct Dictionary<'c> {
    contract: &'c Contract,
    /// Each operation with its codes, in the order of the document.
    pub operations: Vec<(&'c Operation, Vec<Raised<'c>>)>,
    /// Where each code is among them: the numbers of the operation and of its code.
    places: BTreeMap<&'c str, Vec<(usize, usize)>>,
    /// The first example of each code.
    examples: BTreeMap<&'c str, &'c Example>,
}

/// An error code.
pub struct Entry<'c> {
    /// What the document says of it.
    pub code: &'c ErrorCode,
    /// Where it is documented, in words.
    pub origin: &'static str,
    /// What raises it, and how.
    pub raised_by: Vec<RaisedBy<'c>>,
    /// The names that its responses have for parameters, as far as they are known, `n` in place of a number.
    pub fields: Vec<String>,
    /// The body of a response with it.
    pub example: Option<&'c Value>,
    /// A request that raises it, if an ordinary one can.
    pub trigger: Option<Trigger<'c>>,
}

/// What raises a code, and how.
pub struct RaisedBy<'c> {
    /// What raises it.
    pub who: Who<'c>,
    /// How, a line for each kind of way.
    pub lines: Vec<Line<'c>>,
}

/// What raises a code.
#[derive(Clone, Debug)]
pub enum Who<'c> {
    /// All operations alike.
    Every,
    /// These, all in the same way.
    Operations(Vec<&'c Operation>),
    /// Layers around the operations.
    Layers,
}

impl<'c> Dictionary<'c> {
    /// The dictionary of a contract.
    #[must_use]
    pub fn of(contract: &'c Contract) -> Self {
        let operations = contract.operations.iter();
        let operations = operations.map(|operation| (operation, raised(contract.into(), operation)));
        let operations: Vec<_> = operations.collect();
        let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (operation, (_, codes)) in operations.iter().enumerate() {
            for (number, raised) in codes.iter().enumerate() {
                places.entry(raised.code).or_default().push((operation, number));
            }
        }
        let envelope = &contract.envelope;
        let examples = contract.examples.iter().rev().filter_map(|example| {
            let status = example.value.get(&envelope.member)?;
            Some((status.get(&envelope.code)?.as_str()?, example))
        });
        Self {
            contract,
            operations,
            places,
            examples: examples.collect(),
        }
    }

    /// The entries, in the order of the document.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'c>> {
        self.contract.error_codes.iter().map(|code| self.entry(code))
    }

    /// The entry of a code.
    #[must_use]
    pub fn entry(&self, code: &'c ErrorCode) -> Entry<'c> {
        let origin = match code.origin {
            Origin::ErrorPage => "the API's page of error codes",
            Origin::OperationPage => "the page of an operation",
            Origin::Extension => "no public page; an extension",
        };
        let example = self.examples.get(code.code.as_str()).copied();
        Entry {
            code,
            origin,
            raised_by: self.raised_by(&code.code),
            fields: self.fields(code, example),
            example: example.map(|example| &example.value),
            trigger: trigger::of(self.contract, self.raising(&code.code), code, example),
        }
    }

    /// The shortest request that an operation accepts.
    #[must_use]
    pub fn call(&self, operation: &'c Operation) -> Trigger<'c> {
        trigger::call(self.contract, operation)
    }

    /// The operations that raise a code, and how.
    fn raising(&self, code: &str) -> impl Iterator<Item = (&'c Operation, &Raised<'c>)> {
        let places = self.places.get(code).into_iter().flatten();
        places.filter_map(|(operation, number)| {
            let (operation, codes) = self.operations.get(*operation)?;
            Some((*operation, codes.get(*number)?))
        })
    }

    /// The names that checks have for what they check, and those of the example.
    fn fields(&self, code: &ErrorCode, example: Option<&Example>) -> Vec<String> {
        let ways = self.raising(&code.code).flat_map(|(_, raised)| &raised.ways);
        let checked = ways.flat_map(|way| match way {
            Way::Check(check) => trigger::named(check),
            Way::Fault(_) | Way::Handler => Vec::new(),
        });
        let shown = example.map(|example| trigger::fields(self.contract, &example.value));
        let names = shown.unwrap_or_default().into_iter().chain(checked);
        let names = names.map(|name| name.replace("[0]", "[n]"));
        let mut known = BTreeSet::new();
        names.filter(|name| known.insert(name.clone())).collect()
    }

    /// What raises a code, and how. What all operations have in common is said once, and so is what several
    /// have alike.
    fn raised_by(&self, code: &'c str) -> Vec<RaisedBy<'c>> {
        let raising = self.raising(code);
        let raising: Vec<_> = raising
            .map(|(operation, raised)| (operation, raised.ways.clone()))
            .collect();
        let mut common = match raising.as_slice() {
            [(_, first), ..] if raising.len() == self.operations.len() => first.clone(),
            _ => Vec::new(),
        };
        common.retain(|way| raising.iter().all(|(_, ways)| ways.contains(way)));
        let mut found = Vec::new();
        if !common.is_empty() {
            let lines = ways::lines(&common);
            found.push(RaisedBy {
                who: Who::Every,
                lines,
            });
        }
        let mut alike: Vec<(Vec<&Operation>, Vec<Line<'_>>)> = Vec::new();
        for (operation, mut ways) in raising {
            ways.retain(|way| !common.contains(way));
            let lines = ways::lines(&ways);
            if lines.is_empty() {
                continue;
            }
            match alike.iter_mut().find(|(_, known)| *known == lines) {
                Some((operations, _)) => operations.push(operation),
                None => alike.push((vec![operation], lines)),
            }
        }
        found.extend(alike.into_iter().map(|(operations, lines)| RaisedBy {
            who: Who::Operations(operations),
            lines,
        }));
        let layers: Vec<_> = around(self.contract, code).collect();
        if !layers.is_empty() {
            let lines = vec![Line::Faults(layers)];
            found.push(RaisedBy {
                who: Who::Layers,
                lines,
            });
        }
        found
    }
}

impl Entry<'_> {
    /// The names of parameters as Markdown, not more of them than a reader takes in. Nothing without any.
    #[must_use]
    pub fn names(&self) -> Option<String> {
        const MOST: usize = 12;
        let shown: Vec<_> = self
            .fields
            .iter()
            .take(MOST)
            .map(|name| format!("`{name}`"))
            .collect();
        let shown = shown.join(", ");
        match self.fields.len() {
            0 => None,
            number if number > MOST => Some(format!("{shown} and {} more, all named above", number - MOST)),
            _ => Some(shown),
        }
    }
}

impl<'c> Raised<'c> {
    /// How the code is raised, a line for each kind of way.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'c>> {
        ways::lines(&self.ways)
    }
}
