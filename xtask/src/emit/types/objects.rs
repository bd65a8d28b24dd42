//! `objects.rs`: the structs of progenitor, and what they import.

use crate::contract::Contract;
use crate::emit::rust::items_file;
use crate::emit::scope::shortened;
use crate::progenitor::Lifted;

pub(super) fn emit(contract: &Contract, lifted: &Lifted) -> String {
    items_file(
        "The objects and arrays of the document.",
        shortened(contract, lifted.types.clone()),
    )
}
