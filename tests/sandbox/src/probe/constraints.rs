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
