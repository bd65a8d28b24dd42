//! Requests with one wrong parameter.

use crate::probe::call::{Call, encoded};
use crate::probe::case::Case;
use crate::probe::document::{Document, Operation, Parameter, Place, Violation, at};
use crate::probe::values::{self, Broken};

pub(super) fn cases(document: &Document, operation: &Operation) -> Vec<Case> {
    let parameters = operation.parameters.iter();
    parameters
        .flat_map(|parameter| of(document, operation, parameter))
        .collect()
}

fn of(document: &Document, operation: &Operation, parameter: &Parameter) -> Vec<Case> {
    // A list is as wrong as one of its entries.
    let schema = match at(&parameter.schema, "type").as_str() {
        Some("array") => document.resolve(at(&parameter.schema, "items")),
        _ => parameter.schema.clone(),
    };
    let name = parameter.name.as_str();
    let own = parameter
        .code
        .as_deref()
        .or(at(&schema, "x-invalid-code").as_str());
    let case = |keyword: &str, violation, call: Call| Case {
        name: format!("{name} {keyword}"),
        operation: operation.id.clone(),
        request: call.request(),
        expected: document.violation(violation, own, &[name]),
    };
    let mut cases = Vec::new();
    if parameter.is_required && parameter.place == Place::Query {
        let call = Call::right(operation).without_query(name);
        cases.push(case("required", Violation::Missing, call));
    }
    let mut broken: Vec<Broken> = values::breaking(&schema);
    // Every text is a string; a number or a boolean has to look like one.
    if at(&schema, "type") != "string" {
        let value = values::of_another_type(&schema);
        broken.extend(value.map(|value| ("type", Violation::Invalid, value)));
    }
    for (keyword, violation, value) in broken {
        let text = encoded(&values::text(&value));
        let call = match parameter.place {
            Place::Path => Call::right(operation).with_path(name, &text),
            Place::Query => Call::right(operation).with_query(name, &text),
        };
        cases.push(case(keyword, violation, call));
    }
    cases
}
