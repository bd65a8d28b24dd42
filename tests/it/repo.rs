//! The repository: rules that no compiler checks, and whether its pages are true.

mod checkouts;
mod invariants;
mod programs;
mod public_items;
mod readme;
