//! The error codes that were removed: their names stay reserved, and their variants stay in Rust.

use crate::contract::EnumValue;
use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::lower::rust_names;
use crate::names;
use crate::pointer::Pointer;
use crate::problem::{Place, Problem};
use crate::rule::Rule;

/// The key of the codes that were removed.
pub(super) const RETIRED: &str = "x-retired-codes";

/// Checks the list itself, and that no code of it is in use.
pub(super) fn check(lowering: &mut Lowering<'_>, schema: &Node<'_>) {
    if let Some(retired) = schema.get(RETIRED).filter(|retired| !retired.value.is_array()) {
        let sentence = format!("`{RETIRED}` must be an array of codes");
        let problem = Problem::at(Rule::ExtensionWithoutEffect, &retired.at, sentence);
        lowering.add(problem.with_help(format!("write `{RETIRED}: […]`")));
    }
    let retired = schema.items_of(RETIRED);
    for item in schema.items_of("enum") {
        let code = item.string().unwrap_or_default();
        if let Some(known) = retired.iter().find(|known| known.string() == Some(code)) {
            let sentence = format!("`{code}` was retired");
            let problem = Problem::at_value(Rule::RetiredCodeListed, &item.at, sentence);
            lowering.add(problem.with_related(Place::Value(known.at.clone()), "it is retired here"));
        }
    }
}

/// The codes that were removed. Their names are names of variants, as those of all codes.
pub(super) fn lower<'a>(lowering: &mut Lowering<'a>, schema: &Node<'a>) -> Vec<EnumValue> {
    let mut retired = Vec::new();
    for item in schema.items_of(RETIRED) {
        let Some(code) = item.string().filter(|code| is_well_formed(code)) else {
            let sentence = format!("{} is not a single upper-case word", item.value);
            lowering.report_value(Rule::ErrorCodeName, &item.at, sentence);
            continue;
        };
        let variant = rust_names::within(lowering, schema, code, names::type_name);
        let value = code.to_owned();
        retired.push(EnumValue { value, variant });
    }
    retired
}

/// The variants of retired codes, each with the code and its place, where a schema of codes lists some that are not in
/// use.
pub(super) fn variants<'a>(
    lowering: &mut Lowering<'a>,
    schema: &Node<'a>,
    used: &[EnumValue],
) -> Vec<(String, String, Pointer)> {
    let mut found = Vec::new();
    for item in schema.items_of(RETIRED) {
        if let Some(code) = item.string()
            && !used.iter().any(|value| value.value == code)
        {
            let variant = rust_names::within(lowering, schema, code, names::type_name);
            found.push((variant, code.to_owned(), item.at));
        }
    }
    found
}

/// Whether a code is a single upper-case word.
pub(super) fn is_well_formed(code: &str) -> bool {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    code.len() <= 63
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(allowed)
        && !code.ends_with('_')
}
