//! The credentials of operations: HTTP Basic, or none.

use super::lowering::Lowering;
use crate::document::Node;
use crate::rule::Rule;

/// Whether an operation requires credentials: by HTTP Basic, or not at all.
pub(super) fn is_required(lowering: &mut Lowering<'_>, operation: &Node<'_>) -> bool {
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
    let is_basic = |name: &str| {
        let scheme = schemes.as_ref().and_then(|schemes| schemes.get(name));
        scheme.is_some_and(|scheme| {
            scheme.string_of("type") == Some("http") && scheme.string_of("scheme") == Some("basic")
        })
    };
    let basic = match requirements.as_slice() {
        [requirement] => matches!(requirement.members().as_slice(), [(name, _)] if is_basic(name)),
        _ => false,
    };
    if !basic
        && !lowering
            .problems
            .iter()
            .any(|known| known.rule == Rule::SecurityUnsupported)
    {
        let sentence = "the requirement is not one scheme of HTTP Basic";
        lowering.report(Rule::SecurityUnsupported, &security.at, sentence);
    }
    true
}
