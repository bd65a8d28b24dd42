//! Which codes an operation can respond with: those it names, those of its constraints, those of faults.

use std::collections::BTreeSet;

use super::constraints::INVALID_CODE;
use super::error_codes::Codes;
use super::lowering::Lowering;
use super::{constraints, error_codes, security};
use crate::document::Node;
use crate::faults::{AROUND, CREDENTIALS, FAULTS, FORBIDDEN, INVALID, MISSING, ONE_OF, TOO_LONG, TOO_SHORT};
use crate::pointer::Pointer;
use crate::rule::Rule;

/// The codes of an operation, in the order of the error codes.
pub(super) fn codes<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    item: &Node<'a>,
    codes: &Codes,
) -> Vec<String> {
    check_raises(lowering, operation, codes);
    let secured = security::is_required(lowering, operation);
    let mut constraints = Constraints::default();
    constraints.visit_request(lowering, operation, item);
    let faults = FAULTS.iter().map(|(name, _)| *name);
    let mut possible: BTreeSet<String> = faults
        .filter(|name| !AROUND.contains(name) && (secured || ![CREDENTIALS, FORBIDDEN].contains(name)))
        .chain(constraints.violations)
        .filter_map(|name| codes.of(name))
        .map(str::to_owned)
        .collect();
    possible.extend(constraints.codes);
    possible.extend(operation.strings_of("x-raises"));
    let known = codes.error_codes.iter().map(|known| &known.code);
    known.filter(|code| possible.contains(*code)).cloned().collect()
}

/// `x-raises` is for what needs state. A code that only a violation or a fault can mean is not; the code
/// for invalid values is, because it is also the response to an identifier without a `*_NOT_FOUND` of its own.
fn check_raises(lowering: &mut Lowering<'_>, operation: &Node<'_>, codes: &Codes) {
    let Some(raises) = operation.get("x-raises") else {
        return;
    };
    if !raises.value.is_array() {
        let sentence = "`x-raises` must be an array of error codes";
        lowering.report(Rule::UnknownErrorCode, &raises.at, sentence);
    }
    for item in raises.items() {
        error_codes::check_code(lowering, &item);
        let code = item.string().unwrap_or_default();
        let derived = codes.faults.iter().any(|(_, mapped)| mapped == code);
        if derived && codes.of(INVALID) != Some(code) {
            let sentence = format!("`{code}` is derived and not raised by a handler");
            lowering.report_value(Rule::RaisesDerivedCode, &item.at, sentence);
        }
    }
}

/// The violations that a request can commit, and the specific codes that replace them.
#[derive(Default)]
struct Constraints {
    violations: BTreeSet<&'static str>,
    codes: BTreeSet<String>,
    /// The schemas that were visited, each with the code that its values had there.
    seen: BTreeSet<(Pointer, Option<String>)>,
}

impl Constraints {
    fn visit_request<'a>(&mut self, lowering: &mut Lowering<'a>, operation: &Node<'a>, item: &Node<'a>) {
        let shared = item.items_of("parameters").into_iter();
        for node in shared.chain(operation.items_of("parameters")) {
            let parameter = lowering.resolve(node);
            self.visit_parameter(lowering, &parameter);
        }
        if let Some(body) = operation.get("requestBody") {
            // A repeated member, or one beside its alternative, is invalid whatever its own code.
            self.violations.insert(INVALID);
            for (_, content) in lowering.resolve(body).members_of("content") {
                if let Some(schema) = content.get("schema") {
                    self.visit(lowering, schema, None);
                }
            }
        }
    }

    fn visit_parameter<'a>(&mut self, lowering: &mut Lowering<'a>, parameter: &Node<'a>) {
        if parameter.is_true("required") && parameter.string_of("in") != Some("path") {
            self.violations.insert(MISSING);
        }
        let own = self.own_code(lowering, parameter);
        if let Some(schema) = parameter.get("schema") {
            self.visit(lowering, schema, own);
        }
    }

    fn own_code(&mut self, lowering: &mut Lowering<'_>, node: &Node<'_>) -> Option<String> {
        let code = node.get(INVALID_CODE)?;
        error_codes::check_code(lowering, &code);
        code.string().map(str::to_owned)
    }

    /// A specific code replaces the codes of all keywords of its value.
    fn visit<'a>(&mut self, lowering: &mut Lowering<'a>, schema: Node<'a>, inherited: Option<String>) {
        let schema = lowering.resolve(schema);
        if lowering.requested.insert(schema.at.clone()) {
            constraints::refuse_unchecked(lowering, &schema);
        }
        let own = self.own_code(lowering, &schema);
        let specific = inherited.or(own);
        match &specific {
            Some(code) => {
                self.codes.insert(code.clone());
            }
            None => {
                self.violations.insert(INVALID);
                if schema.has("minLength") || schema.has("minItems") {
                    self.violations.insert(TOO_SHORT);
                }
                if schema.has("maxLength") || schema.has("maxItems") {
                    self.violations.insert(TOO_LONG);
                }
            }
        }
        if !self.seen.insert((schema.at.clone(), specific.clone())) {
            return;
        }
        if schema.has("required") {
            self.violations.insert(MISSING);
        }
        if schema.has("anyOf") || schema.has("oneOf") {
            self.violations.insert(ONE_OF);
        }
        for (_, property) in schema.members_of("properties") {
            self.visit(lowering, property, None);
        }
        if let Some(items) = schema.get("items") {
            // The items of an array with a code of its own raise that code.
            self.visit(lowering, items, specific);
        }
    }
}
