//! What is compared once everything is lowered: whether one part of the document says what another does.
//!
//! Reports problems only; nothing of the contract comes from here.

pub(super) mod extensions;
pub(super) mod field_names;
pub(super) mod keys;
pub(super) mod messages;
pub(super) mod responses;
pub(super) mod schema_texts;
pub(super) mod tags;
pub(super) mod texts;
pub(super) mod unraised_codes;
pub(super) mod unused_components;
