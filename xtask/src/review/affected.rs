//! A response that the change affects, before and after, out of the examples of both documents.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::review::comparison::Comparison;
use crate::review::side::Side;

/// A response before and after. At least one of both is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Affected {
    /// What the example is called.
    pub name: String,
    /// The response of the base.
    pub base: Option<Shown>,
    /// The response of the head.
    pub head: Option<Shown>,
}

/// An example of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The status.
    pub status: String,
    /// The body.
    pub body: Value,
}

/// The first response that differs: failing ones first, and those that both documents show. What is renamed has its
/// name in the head.
pub(super) fn response(comparison: &Comparison<'_>) -> Option<Affected> {
    let old = examples(
        &comparison.base,
        |code| comparison.code_in_head(code),
        |name| comparison.operation_in_head(name),
    );
    let new = examples(&comparison.head, |code| code, |name| name);
    let names = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    let differing = names.filter(|name| old.get(*name) != new.get(*name));
    let rank = |name: &&(bool, String)| (name.0, !(old.contains_key(*name) && new.contains_key(*name)));
    let name = differing.min_by_key(rank)?;
    Some(Affected {
        name: name.1.clone(),
        base: old.get(name).cloned(),
        head: new.get(name).cloned(),
    })
}

/// The examples of responses by whether they succeed and by their names: that of the code, or that of the operation.
fn examples<'n>(
    side: &'n Side<'_>,
    code: impl Fn(&'n str) -> &'n str,
    operation: impl Fn(&'n str) -> &'n str,
) -> BTreeMap<(bool, String), Shown> {
    let mut found = BTreeMap::new();
    for of in &side.operations {
        for (status, response) in of.node.members_of("responses") {
            let succeeds = status.starts_with('2');
            let bodies = side.resolve(&response).members_of("content");
            for (name, example) in bodies.iter().flat_map(|(_, body)| body.members_of("examples")) {
                let Some(body) = side.resolve(&example).get("value") else {
                    continue;
                };
                let name = match succeeds {
                    true => format!("{name} of {}", operation(&of.name)),
                    false => code(name).to_owned(),
                };
                found.entry((succeeds, name)).or_insert_with(|| Shown {
                    status: status.to_owned(),
                    body: body.value.clone(),
                });
            }
        }
    }
    found
}
