//! Lowers a document to the contract.
//!
//! All rules about what the document says are checked here, so that emitters can trust what they get.
//! Never stops at the first problem, and does no I/O.

mod consistency;
mod envelope;
mod error_codes;
mod examples;
mod info;
mod lowering;
mod merge_patches;
mod operations;
mod parameter_examples;
mod references;
mod retired_codes;
mod rust_names;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use consistency::extensions::KEYS;
pub(crate) use lowering::{INFERRED, with_inference};

use lowering::Lowering;
use operations::LoweredOperation;

use crate::contract::{Contract, Location, Schema, Type};
use crate::document::Document;
use crate::names;
use crate::problem::Problem;

/// Lowers a document.
///
/// # Errors
///
/// Every rule that the document breaks.
pub fn lower(document: &Document) -> Result<Contract, Vec<Problem>> {
    let Lowered { contract, problems } = lower_leniently(document);
    match contract {
        Some(contract) if problems.is_empty() => Ok(contract),
        _ => Err(problems),
    }
}

/// What could be lowered of a document, and what is wrong with it.
pub struct Lowered {
    /// The contract. Without a problem it is complete; with one it may lack operations and members, and it is nothing
    /// where the API itself or the envelope cannot be recognized.
    pub contract: Option<Contract>,
    /// Every rule that the document breaks.
    pub problems: Vec<Problem>,
}

/// Lowers what can be lowered of a document. Nothing is emitted from a contract that comes with problems.
#[must_use]
pub fn lower_leniently(document: &Document) -> Lowered {
    let mut lowering = Lowering {
        root: document.root(),
        problems: Vec::new(),
        by_place: BTreeMap::new(),
        unsound: BTreeSet::new(),
        known_codes: error_codes::known(&document.root()),
        requested: BTreeSet::new(),
    };
    for problem in &document.unsound.problems {
        lowering.add(problem.clone());
    }
    lowering.unsound.clone_from(&document.unsound.places);
    references::check(&mut lowering);
    let info = info::lower(&mut lowering);
    let schemes = operations::security::schemes(&mut lowering);
    let credentials = operations::security::credentials(&mut lowering);
    let codes = error_codes::lower(&mut lowering);
    let mut schemas = schemas::lower(&mut lowering);
    let operations = operations::lower(&mut lowering, &schemas, &codes);
    schemas = merge_patches::lower(&mut lowering, &operations, schemas);
    report_type_collisions(&mut lowering, &schemas, &operations);
    let shared = operations::shared_errors(&mut lowering, &operations, &codes);
    let envelope = envelope::lower(&mut lowering, &shared, &schemas);
    let examples = examples::lower(
        &mut lowering,
        &operations,
        &shared,
        &schemas,
        envelope.as_ref(),
        &codes.error_codes,
    );
    if let Some(envelope) = &envelope {
        consistency::field_names::check(&mut lowering, &operations, &schemas, envelope, &examples);
        consistency::messages::check(&mut lowering, &operations, &schemas, &codes, envelope, &examples);
    }
    consistency::responses::check(&mut lowering, &operations, &shared, &codes);
    consistency::texts::check(&mut lowering, &operations, &codes.error_codes);
    consistency::schema_texts::check(&mut lowering, &operations, &codes.error_codes);
    consistency::tags::check(&mut lowering, &operations);
    consistency::unraised_codes::check(&mut lowering, &codes, &operations);
    consistency::extensions::check(&mut lowering);
    consistency::unused_components::check(&mut lowering);
    examples::check_attached(&mut lowering, &examples);
    consistency::keys::check(&mut lowering);
    let contract = match (envelope, info) {
        (Some(envelope), Some(info)) => {
            let mut operations: Vec<_> = operations.into_iter().map(|found| found.operation).collect();
            parameter_examples::lower(&mut operations, &schemas, &examples);
            Some(Contract {
                info,
                envelope,
                schemes,
                credentials,
                error_codes: codes.error_codes,
                retired_codes: codes.retired,
                faults: codes.faults,
                schemas,
                operations,
                examples,
            })
        }
        _ => None,
    };
    Lowered {
        contract,
        problems: lowering.problems,
    }
}

/// Schemas become types, scalars become functions that check them, query parameters become structs; no two of
/// them may have one name.
fn report_type_collisions(
    lowering: &mut Lowering<'_>,
    schemas: &[Schema],
    operations: &[LoweredOperation<'_>],
) {
    let scalars = schemas::scalars(lowering, schemas);
    let declared = schemas
        .iter()
        .map(|schema| (schema.rust.clone(), schema.name.clone(), schema.at.clone()));
    let queries = operations::distinct(operations).filter_map(|LoweredOperation { operation, .. }| {
        let name = operation.query_struct()?;
        let of = format!("the query parameters of {}", operation.id);
        Some((name, of, operation.at.clone()))
    });
    // Methods call their arguments by the name that the types crate exports.
    let mut headers = operations.iter().flat_map(|found| {
        let parameters = found.operation.parameters.iter();
        parameters.map(move |parameter| (parameter, &found.operation.at))
    });
    let list = headers.find(|(parameter, _)| {
        parameter.location == Location::Header && matches!(parameter.ty, Type::Array(_))
    });
    let list = list.map(|(parameter, at)| {
        let of = format!("the type of {}", parameter.name);
        (names::COMMA_LIST.to_owned(), of, at.clone())
    });
    let names = declared.chain(scalars).chain(queries).chain(list);
    lowering.report_collisions(names.collect::<Vec<_>>());
}
