//! The credentials of operations: HTTP Basic, or none.

use crate::document::Node;
use crate::lower::lowering::Lowering;
use crate::rule::Rule;

/// Whether an operation requires credentials: by HTTP Basic, or not at all.
pub(in crate::lower) fn is_required(lowering: &mut Lowering<'_>, operation: &Node<'_>) -> bool {
    let root = lowering.root.clone();
    let Some(security) = operation.get("security").or_else(|| root.get("security")) else {
        return false;
    };
    let requirements = security.items();
    if requirements.is_empty() {
        return false;
    }
    let schemes = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"));
    // A server checks one kind of credentials, so a second scheme would be no different from the first.
    let basic = schemes
        .map(|schemes| schemes.members())
        .unwrap_or_default()
        .into_iter()
        .find(|(_, scheme)| {
            scheme.string_of("type") == Some("http") && scheme.string_of("scheme") == Some("basic")
        })
        .map(|(name, _)| name);
    let is_basic = match requirements.as_slice() {
        [requirement] => matches!(requirement.members().as_slice(), [(name, _)] if Some(*name) == basic),
        _ => false,
    };
    if !is_basic {
        let sentence = "the requirement is not the document's one scheme of HTTP Basic";
        lowering.report(Rule::SecurityUnsupported, &security.at, sentence);
    }
    true
}
