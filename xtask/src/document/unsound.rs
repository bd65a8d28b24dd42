//! What of a document is not OpenAPI, and where: so that the rest can be read all the same. Finds nothing itself.

use std::collections::BTreeSet;

use crate::pointer::Pointer;
use crate::problem::Problem;

/// What is not OpenAPI.
#[derive(Default)]
pub struct Unsound {
    /// All of it.
    pub problems: Vec<Problem>,
    /// The objects that are read wrong because of it: whatever else is wrong there follows from that.
    pub places: BTreeSet<Pointer>,
}
