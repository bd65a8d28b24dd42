//! `objects.rs`: the structs of progenitor, and what they import.

use crate::contract::Contract;
use crate::emit::rust::items_file;
use crate::emit::scope::shortened;

pub(super) fn emit(contract: &Contract, items: Vec<syn::Item>) -> String {
    items_file(
        "The objects and arrays of the document.",
        shortened(contract, items),
    )
}
