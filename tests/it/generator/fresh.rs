//! `generated/` is what the document gives, and giving it again gives the same.

use fonedynamics_contract::{Fault, Violation};

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
    let spelled = |names: &[(&'static str, &'static str)]| -> Vec<(String, String)> {
        names
            .iter()
            .map(|(name, variant)| ((*name).to_owned(), (*variant).to_owned()))
            .collect()
    };
    let faults: Vec<_> = Fault::ALL
        .map(|fault| (fault.name().to_owned(), format!("{fault:?}")))
        .into();
    let violations: Vec<_> = Violation::ALL
        .map(|violation| (violation.name().to_owned(), format!("{violation:?}")))
        .into();
    assert_eq!(spelled(xtask::faults::FAULTS), faults);
    assert_eq!(spelled(xtask::faults::VIOLATIONS), violations);
}
