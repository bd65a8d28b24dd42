//! Finds the error codes that no response can have.

use std::collections::BTreeSet;

use super::error_codes::{TABLE, schema};
use super::lowering::Lowering;
use super::operations::LoweredOperation;
use crate::contract::ErrorCode;
use crate::faults::AROUND;
use crate::rule::Rule;

/// Every code is possible somewhere: in an operation, or in a layer around all of them.
pub(super) fn check(
    lowering: &mut Lowering<'_>,
    codes: &[ErrorCode],
    operations: &[LoweredOperation<'_>],
    faults: &[(String, String)],
) {
    let Some((_, schema)) = schema(lowering) else {
        return;
    };
    // What is wrong elsewhere may be the reason that an operation or a code is not seen.
    if !lowering.problems.is_empty() {
        return;
    }
    let around = faults
        .iter()
        .filter(|(name, _)| AROUND.contains(&name.as_str()))
        .map(|(_, code)| code);
    let possible: BTreeSet<_> = operations
        .iter()
        .flat_map(|found| &found.operation.codes)
        .chain(around)
        .collect();
    for code in codes.iter().filter(|code| !possible.contains(&code.code)) {
        let at = schema.at.child(TABLE).child(&code.code);
        let sentence = format!("no operation can respond with `{}`", code.code);
        lowering.report(Rule::CodeNeverRaised, &at, sentence);
    }
}
