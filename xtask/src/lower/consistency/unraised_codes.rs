//! Finds the error codes that no response can have.

use std::collections::BTreeSet;

use crate::document::{Node, Position};
use crate::faults::AROUND;
use crate::lower::error_codes::{Codes, TABLE, schema};
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
use crate::lower::retired_codes::RETIRED;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// Every code is possible somewhere: in an operation, or in a layer around all of them.
pub(in crate::lower) fn check(
    lowering: &mut Lowering<'_>,
    codes: &Codes,
    operations: &[LoweredOperation<'_>],
) {
    let Some((_, schema)) = schema(lowering) else {
        return;
    };
    // An unknown code that is like none of the document's can have been meant to be any.
    let mut problems = lowering.problems.iter();
    if problems
        .any(|problem| problem.rule == Rule::UnknownErrorCode && !problem.help.starts_with("did you mean"))
    {
        return;
    }
    let around = AROUND.iter().filter_map(|name| codes.of(name));
    let mut possible: BTreeSet<_> = operations
        .iter()
        .flat_map(|found| found.operation.codes.iter().map(String::as_str))
        .chain(around)
        .collect();
    // What is wrong elsewhere may be the reason that an operation is not seen, and the codes that it names.
    if !lowering.problems.is_empty() {
        name(&lowering.root, &mut possible);
    }
    let meant = lowering.meant_codes();
    let error_codes = codes.error_codes.iter();
    for code in error_codes.filter(|code| !possible.contains(code.code.as_str())) {
        let at = schema.at.child(TABLE).child(&code.code);
        let is_meant = meant.contains(&code.code);
        if is_meant || lowering.breaks_at(Rule::ErrorCodesDiffer, &Place::Key(at.clone())) {
            continue;
        }
        let sentence = format!("no operation can respond with `{}`", code.code);
        let mut problem = Problem::at(Rule::CodeNeverRaised, &at, sentence);
        if let Some((fault, _)) = codes.faults.iter().find(|(_, raised)| *raised == code.code) {
            problem = problem.with_help(format!(
                "give `{fault}` of `x-faults`, which no operation meets, another code, and retire this one"
            ));
        }
        lowering.add(problem);
    }
}

/// Notes every string of an `x-` key but those of the codes themselves.
fn name<'a>(node: &Node<'a>, named: &mut BTreeSet<&'a str>) {
    if node.position == Position::Extension {
        named.extend(node.string());
    }
    for (_, child) in node
        .members()
        .into_iter()
        .filter(|(key, _)| ![TABLE, RETIRED].contains(key))
    {
        name(&child, named);
    }
    for item in node.items() {
        name(&item, named);
    }
}
