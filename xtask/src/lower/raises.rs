//! Which codes an operation can respond with: those it names, those of its constraints, those of faults.
//!
//! Constraints are those of the contract, which the generated server checks, and not the document's keywords.

use std::collections::BTreeSet;

use super::error_codes::Codes;
use super::lowering::Lowering;
use super::{error_codes, security};
use crate::contract::{Body, Constraints, Location, Parameter, Schema, Shape, Type};
use crate::document::Node;
use crate::faults::{AROUND, CREDENTIALS, FAULTS, FORBIDDEN, INVALID, MISSING, ONE_OF, TOO_LONG, TOO_SHORT};
use crate::problem::Problem;
use crate::rule::Rule;

/// The codes of an operation, in the order of the error codes.
pub(super) fn codes<'a>(
    lowering: &mut Lowering<'a>,
    operation: &Node<'a>,
    parameters: &[Parameter],
    body: Option<&Body>,
    schemas: &[Schema],
    codes: &Codes,
) -> Vec<String> {
    check_raises(lowering, operation, codes);
    let secured = security::is_required(lowering, operation);
    let mut failures = Failures::default();
    for parameter in parameters {
        failures.visit_parameter(schemas, parameter);
    }
    if let Some(body) = body {
        failures.visit_body(schemas, &body.schema);
    }
    let faults = FAULTS.iter().map(|(name, _)| *name);
    let mut possible: BTreeSet<String> = faults
        .filter(|name| !AROUND.contains(name) && (secured || ![CREDENTIALS, FORBIDDEN].contains(name)))
        .chain(failures.violations)
        .filter_map(|name| codes.of(name))
        .map(str::to_owned)
        .collect();
    possible.extend(failures.codes);
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
        let problem = Problem::at(Rule::UnknownErrorCode, &raises.at, sentence);
        lowering.add(problem.with_help(match raises.string() {
            Some(code) => format!("write `x-raises: [{code}]`"),
            None => "write `x-raises: []` if no code takes state to decide".to_owned(),
        }));
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
struct Failures {
    violations: BTreeSet<&'static str>,
    codes: BTreeSet<String>,
    /// The schemas that were visited, each with the code that its values had there.
    seen: BTreeSet<(String, Option<String>)>,
}

impl Failures {
    fn visit_parameter(&mut self, schemas: &[Schema], parameter: &Parameter) {
        if parameter.required && parameter.location != Location::Path {
            self.violations.insert(MISSING);
        }
        self.visit(schemas, &parameter.ty, &parameter.constraints);
    }

    fn visit_body(&mut self, schemas: &[Schema], name: &str) {
        let Some(schema) = schemas.iter().find(|schema| schema.name == name) else {
            return;
        };
        let constraints = match &schema.shape {
            Shape::Array(list) => list.constraints.clone(),
            Shape::Object(_) | Shape::Enum(_) => Constraints {
                invalid_code: schema.invalid_code.clone(),
                ..Constraints::default()
            },
        };
        // A repeated member, or one beside its alternative, is invalid whatever its own code.
        self.violations.insert(INVALID);
        self.visit(schemas, &Type::Named(name.to_owned()), &constraints);
    }

    /// A specific code replaces the codes of all constraints of its value.
    fn visit(&mut self, schemas: &[Schema], ty: &Type, constraints: &Constraints) {
        match &constraints.invalid_code {
            Some(code) => {
                self.codes.insert(code.clone());
            }
            None => {
                self.violations.insert(INVALID);
                self.violations
                    .extend(constraints.minimum_length.map(|_| TOO_SHORT));
                self.violations
                    .extend(constraints.maximum_length.map(|_| TOO_LONG));
            }
        }
        match ty {
            Type::Array(item) => {
                let of_item = constraints.items.as_deref().cloned().unwrap_or_default();
                self.visit(schemas, item, &of_item);
            }
            Type::Named(name) => self.visit_named(schemas, name, constraints.invalid_code.as_ref()),
            Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Any => {}
        }
    }

    fn visit_named(&mut self, schemas: &[Schema], name: &str, code: Option<&String>) {
        let Some(schema) = schemas.iter().find(|schema| schema.name == name) else {
            return;
        };
        if !self.seen.insert((name.to_owned(), code.cloned())) {
            return;
        }
        match &schema.shape {
            Shape::Object(object) => {
                if object.members.iter().any(|member| member.required) {
                    self.violations.insert(MISSING);
                }
                if !object.choices.is_empty() {
                    self.violations.insert(ONE_OF);
                }
                for member in &object.members {
                    self.visit(schemas, &member.ty, &member.constraints);
                }
            }
            // The items of an array with a code of its own raise that code.
            Shape::Array(list) => {
                let of_item = list.constraints.items.as_deref().cloned().unwrap_or_default();
                self.visit(schemas, &list.item, &of_item.or(code));
            }
            Shape::Enum(_) => {}
        }
    }
}
