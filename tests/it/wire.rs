//! The generated client and the generated server, over real HTTP on the loopback interface.
//!
//! Nothing here reaches another machine, and no port is fixed: the system chooses one for each server.

mod answers;
mod calls;
mod codes;
mod corpus;
mod events;
mod examples;
mod faults;
mod operations;
mod programs;
mod raw;
pub(crate) mod recorder;
mod secrets;
mod served;
mod serving;
mod violations;

/// Compares a text with what was reviewed.
#[track_caller]
fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("wire-{name}"), text);
    });
}
