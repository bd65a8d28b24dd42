//! One failing request per operation and constraint, derived from the document. Each breaks one constraint of a request
//! that is right, so the response is known by construction: nothing here interprets requests.

mod body;
mod parameters;

use super::call::Call;
use super::case::Case;
use super::document::{Document, Operation};

/// The cases of all operations, in the order of the document.
pub(super) fn cases(document: &Document, operations: &[Operation]) -> Vec<Case> {
    operations
        .iter()
        .flat_map(|operation| of(document, operation))
        .collect()
}

fn of(document: &Document, operation: &Operation) -> Vec<Case> {
    let mut cases = Vec::new();
    if operation.is_secured {
        cases.push(Case {
            name: "credentials".to_owned(),
            operation: operation.id.clone(),
            request: Call::right(operation).without_credentials().request(),
            expected: document.fault("credentials", &[]),
        });
    }
    cases.extend(parameters::cases(document, operation));
    cases.extend(body::cases(document, operation));
    cases
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::cases;
    use crate::probe::document::{Document, at};

    /// What a schema can say: keywords each of which a case breaks, and those that permit something or explain.
    const BROKEN: [&str; 12] = [
        "type",
        "enum",
        "pattern",
        "minLength",
        "maxLength",
        "minItems",
        "minimum",
        "maximum",
        "required",
        "oneOf",
        "format",
        "nullable",
    ];
    const OTHER: [&str; 9] = [
        "description",
        "properties",
        "items",
        "additionalProperties",
        "default",
        "example",
        "x-invalid-code",
        "x-expected",
        "x-inferred",
    ];

    fn keywords(document: &Document, node: &Value, found: &mut BTreeSet<String>) {
        let schema = document.resolve(node);
        found.extend(schema.as_object().unwrap().keys().cloned());
        let members = at(&schema, "properties").as_object().into_iter().flatten();
        for (_, member) in members {
            keywords(document, member, found);
        }
        if let Some(items) = schema.get("items") {
            keywords(document, items, found);
        }
    }

    #[test]
    fn no_keyword_of_a_request_is_left_out() {
        let document = Document::read().unwrap();
        let mut found = BTreeSet::new();
        for operation in document.operations() {
            let schemas = operation.parameters.iter().map(|parameter| &parameter.schema);
            for schema in schemas.chain(operation.body.iter().map(|body| &body.schema)) {
                keywords(&document, schema, &mut found);
            }
        }
        found.retain(|keyword| !BROKEN.contains(&keyword.as_str()) && !OTHER.contains(&keyword.as_str()));
        assert_eq!(found, BTreeSet::new());
    }

    #[test]
    fn every_code_of_a_violation_is_expected_somewhere() {
        let document = Document::read().unwrap();
        let cases = cases(&document, &document.operations());
        let codes: BTreeSet<&str> = cases.iter().map(|case| case.expected.code.as_str()).collect();
        assert_eq!(
            codes.into_iter().collect::<Vec<_>>(),
            [
                "INVALID_COUNTRYCODE_FORMAT",
                "INVALID_PHONENUMBER_FORMAT",
                "ONE_OF_SEVERAL_PARAMETERS_REQUIRED",
                "PARAMETER_INVALID",
                "PARAMETER_REQUIRED",
                "PARAMETER_TOO_LONG",
                "PARAMETER_TOO_SHORT",
                "UNAUTHORIZED",
                "UNKNOWN_CAPABILITY",
                "UNKNOWN_DISPOSITION",
                "UNKNOWN_NUMBERTYPE",
                "UNKNOWN_RECORDING_OPTION",
                "UNKNOWN_ROUTING_METHOD",
                "UNKNOWN_TIME_ZONE",
            ]
        );
    }

    #[test]
    fn no_two_cases_of_an_operation_are_alike() {
        let document = Document::read().unwrap();
        let mut seen = BTreeSet::new();
        for case in cases(&document, &document.operations()) {
            assert!(
                seen.insert(format!("{} {:?}", case.operation, case.request)),
                "{case:#?}"
            );
            assert!(
                seen.insert(format!("{} {}", case.operation, case.name)),
                "{case:#?}"
            );
            assert!(!case.request.target.contains('{'), "{case:#?}");
        }
    }
}
