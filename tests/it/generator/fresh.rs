//! `generated/` is what the document gives, and giving it again gives the same.

use fonedynamics_contract::{Fault, Violation};
use xtask::faults::{FAULTS, VIOLATIONS};

use crate::support::{PLAN, assert_fresh, plan};

#[test]
fn generated_files_are_what_the_document_gives() {
    assert_fresh(&PLAN, "generated", |_| true);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(plan(), *PLAN);
}

#[test]
fn the_generator_knows_every_fault_and_violation() {
    let faults: Vec<_> = Fault::ALL
        .map(|fault| (fault.name(), format!("{fault:?}"), fault.message()))
        .into();
    let known: Vec<_> = FAULTS
        .iter()
        .map(|fault| (fault.name, fault.variant.to_owned(), fault.message))
        .collect();
    assert_eq!(known, faults);
    let violations: Vec<_> = Violation::ALL
        .map(|violation| (violation.name(), format!("{violation:?}")))
        .into();
    let known: Vec<_> = VIOLATIONS
        .iter()
        .map(|(name, variant)| (*name, (*variant).to_owned()))
        .collect();
    assert_eq!(known, violations);
}
