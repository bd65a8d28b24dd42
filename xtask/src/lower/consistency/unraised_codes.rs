//! Finds the error codes that no response can have.

use std::collections::BTreeSet;

use crate::faults::AROUND;
use crate::lower::error_codes::{Codes, TABLE, schema};
use crate::lower::lowering::Lowering;
use crate::lower::operations::LoweredOperation;
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
    // What is wrong elsewhere may be the reason that an operation or a code is not seen.
    if !lowering.problems.is_empty() {
        return;
    }
    let around = AROUND.iter().filter_map(|name| codes.of(name));
    let possible: BTreeSet<_> = operations
        .iter()
        .flat_map(|found| found.operation.codes.iter().map(String::as_str))
        .chain(around)
        .collect();
    let error_codes = codes.error_codes.iter();
    for code in error_codes.filter(|code| !possible.contains(code.code.as_str())) {
        let at = schema.at.child(TABLE).child(&code.code);
        let sentence = format!("no operation can respond with `{}`", code.code);
        lowering.report(Rule::CodeNeverRaised, &at, sentence);
    }
}
