//! What the example of a code shows of the request that led to it.

use serde_json::Value;

use crate::contract::{Contract, ErrorCode, Example};

/// What the example of a code shows.
pub(super) struct Shown {
    /// The names of the parameters.
    pub(super) fields: Vec<String>,
    /// What the request had in them, where that is known.
    pub(super) sent: Vec<(String, String)>,
    /// The message.
    pub(super) message: String,
    /// Whether the same request would succeed in another state, so that what it names exists.
    pub(super) is_refused: bool,
}

impl Shown {
    pub(super) fn of(contract: &Contract, code: &ErrorCode, example: Option<&Example>) -> Self {
        let envelope = &contract.envelope;
        let status = example.and_then(|example| example.value.get(&envelope.member));
        let message = status.and_then(|status| status.get(&envelope.message)?.as_str());
        Self {
            fields: example
                .map(|example| fields(contract, &example.value))
                .unwrap_or_default(),
            sent: example.map(|example| example.sent.clone()).unwrap_or_default(),
            message: message.unwrap_or_default().to_owned(),
            is_refused: code.status == 403,
        }
    }
}

/// The names of the parameters in an example of a response, those of the first item in place of any.
pub(in crate::dictionary) fn fields(contract: &Contract, value: &Value) -> Vec<String> {
    let envelope = &contract.envelope;
    let status = value.get(&envelope.member);
    let entries = status.and_then(|status| status.get(&envelope.entries)?.as_array());
    let names = entries.into_iter().flatten();
    let names = names.filter_map(|entry| entry.get(&envelope.field)?.as_str());
    names.map(without_indices).collect()
}

/// A path with the first item in place of any.
fn without_indices(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        path + "[0" + part.find(']').and_then(|end| part.get(end..)).unwrap_or_default()
    })
}
