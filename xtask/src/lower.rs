//! Lowers a document to the contract.
//!
//! All rules about what the document says are checked here, so that emitters can trust what they get.
//! Never stops at the first problem, and does no I/O.

mod constraints;
mod envelope;
mod error_codes;
mod examples;
mod extensions;
mod info;
mod lowering;
mod operations;
mod pages;
mod parameters;
mod raises;
mod references;
mod responses;
mod schemas;
mod unraised_codes;

use std::collections::BTreeSet;

pub(crate) use extensions::KEYS;
pub(crate) use lowering::{INFERRED, with_inference};

use lowering::Lowering;

use crate::contract::Contract;
use crate::document::Document;
use crate::problem::Problem;

/// Lowers a document.
///
/// # Errors
///
/// Every rule that the document breaks.
pub fn lower(document: &Document) -> Result<Contract, Vec<Problem>> {
    let mut lowering = Lowering {
        root: document.root(),
        problems: Vec::new(),
        requested: BTreeSet::new(),
    };
    references::check(&mut lowering);
    if !lowering.problems.is_empty() {
        // Whatever follows from a dangling reference would be reported as a problem of its own.
        return Err(lowering.problems);
    }
    let info = info::lower(&mut lowering);
    let error_codes = error_codes::lower(&mut lowering);
    let faults = error_codes::lower_faults(&mut lowering);
    let schemas = schemas::lower(&mut lowering);
    let operations = operations::lower(&mut lowering, &error_codes, &faults);
    let scalars = schemas::scalars(&lowering, &schemas);
    let taken = schemas
        .iter()
        .map(|schema| (schema.rust.clone(), schema.name.clone(), schema.at.clone()))
        .chain(scalars);
    let made = operations.iter().filter_map(|found| {
        let name = found.operation.query_struct()?;
        Some((
            name.clone(),
            format!("the query parameters of {}", found.operation.id),
            found.operation.at.clone(),
        ))
    });
    lowering.report_collisions(taken.chain(made).collect::<Vec<_>>());
    let envelope = envelope::lower(&mut lowering, &operations, &schemas);
    let examples = examples::lower(
        &mut lowering,
        &operations,
        &schemas,
        envelope.as_ref(),
        &error_codes,
    );
    responses::check(&mut lowering, &operations);
    unraised_codes::check(&mut lowering, &error_codes, &operations, &faults);
    extensions::check(&mut lowering);
    examples::check_attached(&mut lowering, &examples);
    match (envelope, info) {
        (Some(envelope), Some(info)) if lowering.problems.is_empty() => {
            let operations = operations.into_iter().map(|found| found.operation).collect();
            Ok(Contract {
                info,
                envelope,
                error_codes,
                faults,
                schemas,
                operations,
                examples,
            })
        }
        _ => Err(lowering.problems),
    }
}
