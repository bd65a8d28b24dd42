//! The generated client against answers of every kind, over real sockets: what it keeps, when it asks again,
//! how it reads lists, and what it offers.
//!
//! Nothing here reaches another machine, and no port is fixed: the system chooses one for each server.

mod arbitrary;
mod bodies;
mod documents;
mod lists;
mod public_items;
mod raw_calls;
mod repetition;
mod scripted;
mod sockets;
mod traces;
mod values;

/// Compares a text with what was reviewed.
#[track_caller]
fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}
