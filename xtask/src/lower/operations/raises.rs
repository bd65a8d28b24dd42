//! Checks `x-raises`: which codes of an operation take state to decide.

use std::collections::BTreeMap;

use crate::document::Node;
use crate::faults::{AROUND, INVALID};
use crate::lower::error_codes::{self, Codes};
use crate::lower::lowering::Lowering;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// `x-raises` is for what needs state. A code that only a violation or a fault can mean is not; the code
/// for invalid values is, because it is also the response to an identifier without a `*_NOT_FOUND` of its own.
pub(in crate::lower) fn check(lowering: &mut Lowering<'_>, operation: &Node<'_>, codes: &Codes) {
    let Some(raises) = operation.get("x-raises") else {
        return;
    };
    if !raises.value.is_array() {
        let sentence = "`x-raises` must be an array of error codes";
        let problem = Problem::at(Rule::UnknownErrorCode, &raises.at, sentence);
        lowering.add(problem.with_help(match raises.string() {
            Some(code) => format!("write `x-raises: [{code}]`"),
            None => "write `x-raises: []` if no code takes state to decide".to_owned(),
        }));
    }
    let items = raises.items();
    let mut seen = BTreeMap::new();
    for item in &items {
        error_codes::check_code(lowering, item);
        let code = item.string().unwrap_or_default();
        if let Some(first) = seen.get(code) {
            let problem =
                Problem::at_value(Rule::NamesCollide, &item.at, format!("`{code}` is repeated here"));
            let note = format!("`{code}` is first listed here");
            lowering.add(
                problem
                    .with_related(Place::Value(Pointer::clone(first)), note)
                    .with_help("remove one of the two"),
            );
        }
        seen.entry(code).or_insert_with(|| item.at.clone());
        // What layers raise is not derived: a handler may have the same reason.
        let mut faults = codes
            .faults
            .iter()
            .filter(|(name, _)| !AROUND.contains(&name.as_str()));
        let derived = faults.any(|(_, mapped)| mapped == code);
        if derived && codes.of(INVALID) != Some(code) {
            let sentence = format!("`{code}` is derived and not raised by a handler");
            lowering.report_value(Rule::RaisesDerivedCode, &item.at, sentence);
        }
    }
}
