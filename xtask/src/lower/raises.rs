//! Which codes an operation can respond with: those it names, those of its constraints, those of faults.

use std::collections::BTreeSet;

use super::constraints::INVALID_CODE;
use super::lowering::Lowering;
use super::{constraints, error_codes};
use crate::contract::ErrorCode;
use crate::document::Node;
use crate::faults::{
    AROUND, CREDENTIALS, FAULTS, INVALID, MISSING, ONE_OF, REFUSED, TOO_LONG, TOO_SHORT, VIOLATIONS,
};
use crate::pointer::Pointer;
use crate::problem::Problem;
use crate::rule::Rule;

/// The codes of an operation, in the order of the error codes.
pub(super) fn codes<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    item: &Node<'a>,
    secured: bool,
    codes: &[ErrorCode],
    faults: &[(String, String)],
) -> Vec<String> {
    if let Some(raises) = operation
        .get("x-raises")
        .filter(|raises| !raises.value.is_array())
    {
        let sentence = "`x-raises` must be an array of error codes".to_owned();
        let problem = Problem::at(Rule::UnknownErrorCode, &raises.at, sentence);
        lowering.add(problem.with_help(match raises.string() {
            Some(code) => format!("write `x-raises: [{code}]`"),
            None => "write `x-raises: []` if no code takes state to decide".to_owned(),
        }));
    }
    for item in operation.items_of("x-raises") {
        error_codes::check_code(lowering, &item);
    }
    let code_of = |name: &str| {
        faults
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, code)| code.clone())
    };
    let mut derived: BTreeSet<String> = BTreeSet::new();
    for (name, _) in FAULTS.iter().filter(|(name, _)| !AROUND.contains(name)) {
        if secured || (*name != CREDENTIALS && *name != REFUSED) {
            derived.extend(code_of(name));
        }
    }
    let mut constraints = Constraints::default();
    for node in item
        .items_of("parameters")
        .into_iter()
        .chain(operation.items_of("parameters"))
    {
        let parameter = lowering.resolve(node);
        constraints.visit_parameter(lowering, &parameter);
    }
    if let Some(body) = operation.get("requestBody") {
        // A repeated member, or one beside its alternative, is invalid whatever its own code.
        constraints.violations.insert(INVALID);
        for (_, content) in lowering.resolve(body).members_of("content") {
            if let Some(schema) = content.get("schema") {
                constraints.visit(lowering, schema, None);
            }
        }
    }
    for name in &constraints.violations {
        derived.extend(code_of(name));
    }
    derived.append(&mut constraints.codes);
    check_raises(lowering, operation, faults);
    let raised = operation.strings_of("x-raises");
    let possible = codes.iter().map(|known| &known.code);
    possible
        .filter(|code| derived.contains(*code) || raised.contains(code))
        .cloned()
        .collect()
}

/// `x-raises` is for what needs state. A code that only a violation or a fault can mean is not; the code
/// for invalid values is, because it is also the response to an identifier without a `*_NOT_FOUND` of its own.
fn check_raises(lowering: &mut Lowering<'_>, operation: &Node<'_>, faults: &[(String, String)]) {
    let invalid = faults
        .iter()
        .find(|(name, _)| name == INVALID)
        .map(|(_, code)| code.clone());
    for item in operation.items_of("x-raises") {
        let code = item.string().unwrap_or_default();
        let names = || FAULTS.iter().chain(VIOLATIONS).map(|(name, _)| *name);
        let derived = names().any(|name| {
            faults
                .iter()
                .any(|(known, mapped)| known == name && mapped == code)
        });
        if derived && invalid.as_deref() != Some(code) {
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
