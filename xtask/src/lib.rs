//! From the document to every file that is derived from it.
//!
//! ```text
//! text ─read─▶ Document ─lower─▶ Contract ─emit─▶ Tree ─diff─▶ Vec<Drift> ─▶ apply | report
//!                                   └─ client view ─▶ progenitor ─▶ Lifted ─┘
//! ```
//!
//! [`plan`] is all of it and does no I/O: only [`tree`] writes files, and only the program reads the document.
//! Depends on no crate that it generates.

pub mod contract;
pub mod dictionary;
pub mod docs;
pub mod document;
pub mod emit;
pub mod faults;
pub mod format;
pub mod html;
pub mod lower;
pub mod mark;
pub mod names;
pub mod pattern;
pub mod pointer;
pub mod problem;
pub mod progenitor;
pub mod raising;
pub mod report;
pub mod review;
pub mod rule;
pub mod timings;
pub mod tree;
mod view;

use contract::Contract;
use document::{Document, Index, Source};
use problem::Problem;
use timings::Timings;
use tree::Tree;

/// The checkout that this is compiled in, for cargo alone: it tells checkouts that share a target folder apart by
/// this variable of `.cargo/config.toml` only, and would run the generator of the one in the other.
const _: Option<&str> = option_env!("XTASK_CHECKOUT");

/// Everything that is derived from a document.
pub struct Plan {
    /// What the document says.
    pub contract: Contract,
    /// Every file, complete.
    pub tree: Tree,
}

/// Derives everything, and notes how long each stage took.
///
/// # Errors
///
/// Every problem of the document, and the positions of its values.
pub fn plan(source: &Source, timings: &mut Timings) -> Result<Plan, Rejected> {
    let (document, index) = timings.measure("read", || Document::read(source));
    let rejected = |problems| Rejected { index, problems };
    let document = match document {
        Ok(document) => document,
        Err(problems) => return Err(rejected(problems)),
    };
    let contract = match timings.measure("lower", || lower::lower(&document)) {
        Ok(contract) => contract,
        Err(problems) => return Err(rejected(problems)),
    };
    let lifted = match timings.measure("progenitor", || progenitor::lift(&contract)) {
        Ok(lifted) => lifted,
        Err(problems) => return Err(rejected(problems)),
    };
    let mut tree = timings.measure("emit", || emit::emit(&document, &contract, lifted));
    timings.measure("pages", || emit::add_pages(&document, &contract, &mut tree));
    Ok(Plan { contract, tree })
}

/// A document that nothing can be derived from.
pub struct Rejected {
    /// The positions of the document's values.
    pub index: Index,
    /// What is wrong with it, in no particular order.
    pub problems: Vec<Problem>,
}
